const COOKIE = 'member';
const LIFETIME_SECONDS = 8 * 60 * 60;

/** Who is logged in, kept in the viewer's own browser and signed, so that no one can write it. */
export interface Sessions {
  /** The value of `Set-Cookie` that logs a member in. */
  start(member: string, isSecure: boolean): Promise<string>;
  /** The value of `Set-Cookie` that logs out. */
  end(): string;
  /** The member a request comes from, `undefined` where nobody is logged in. */
  read(request: Request): Promise<string | undefined>;
}

export interface SessionOptions {
  /** Signs the cookies; whoever has it can log in as anybody. */
  readonly secret: string;
  readonly now?: () => number;
}

/** Sessions by Web Crypto alone, the same on Workers and on Node. */
export function createSessions({ secret, now = () => Date.now() }: SessionOptions): Sessions {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const importKey = (usage: 'sign' | 'verify'): Promise<CryptoKey> =>
    crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, [usage]);

  return {
    async start(member, isSecure) {
      const untilMs = now() + LIFETIME_SECONDS * 1000;
      const payload = toBase64Url(encoder.encode(JSON.stringify({ member, untilMs })));
      const key = await importKey('sign');
      const signature = await crypto.subtle.sign(algorithm, key, encoder.encode(payload));
      const value = `${payload}.${toBase64Url(new Uint8Array(signature))}`;
      const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${LIFETIME_SECONDS}`;
      return `${COOKIE}=${value}; ${attributes}${isSecure ? '; Secure' : ''}`;
    },

    end: () => `${COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`,

    async read(request) {
      const [payload, signature] = readCookie(request)?.split('.') ?? [];
      const bytes = signature === undefined ? undefined : fromBase64Url(signature);
      if (payload === undefined || bytes === undefined) return undefined;
      const key = await importKey('verify');
      const isOurs = await crypto.subtle.verify(algorithm, key, bytes, encoder.encode(payload));
      if (!isOurs) return undefined;
      const session = parseSession(new TextDecoder().decode(fromBase64Url(payload)));
      return session && session.untilMs > now() ? session.member : undefined;
    },
  };
}

function readCookie(request: Request): string | undefined {
  const cookies = request.headers.get('Cookie')?.split(/; */) ?? [];
  return cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
}

function parseSession(text: string): { member: string; untilMs: number } | undefined {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('member' in value) || typeof value.member !== 'string') return undefined;
  if (!('untilMs' in value) || typeof value.untilMs !== 'number') return undefined;
  return { member: value.member, untilMs: value.untilMs };
}

function toBase64Url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
