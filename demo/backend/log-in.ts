import type { Sessions } from './sessions.js';

export interface LogInOptions {
  readonly sessions: Sessions;
  /** What every member knows. A real site asks its own accounts here. */
  readonly password: string;
  /** Origins of pages that may be returned to. */
  readonly pageOrigins: readonly string[];
}

/** `GET` shows a form, `POST` takes it and sets the cookie; `?next=` says where to go then. */
export async function logIn(request: Request, options: LogInOptions): Promise<Response> {
  const next = readNext(request, options.pageOrigins);
  if (request.method === 'GET') return showForm(200, next);
  if (request.method !== 'POST') return new Response(null, { status: 405 });
  const form = await request.formData().catch(() => new FormData());
  const member = form.get('member');
  const password = form.get('password');
  const isKnown =
    typeof member === 'string' &&
    /^[\w.@-]{1,64}$/.test(member) &&
    typeof password === 'string' &&
    (await isSame(password, options.password));
  if (!isKnown) return showForm(401, next, 'That name or password is not known.');
  const cookie = await options.sessions.start(member, needsSecureCookie(request.url));
  return new Response(null, { status: 303, headers: { Location: next, 'Set-Cookie': cookie } });
}

/** Forgets who was logged in. Only by `POST`: a link or an image elsewhere shall not do it. */
export function logOut(request: Request, { sessions, pageOrigins }: LogInOptions): Response {
  if (request.method !== 'POST') return new Response(null, { status: 405 });
  const headers = { Location: readNext(request, pageOrigins), 'Set-Cookie': sessions.end() };
  return new Response(null, { status: 303, headers });
}

/** Where to go afterwards: to a page that is named, never to any address somebody wrote into a link. */
function readNext(request: Request, pageOrigins: readonly string[]): string {
  const next = new URL(request.url).searchParams.get('next') ?? '';
  if (URL.canParse(next) && pageOrigins.includes(new URL(next).origin)) return new URL(next).href;
  return pageOrigins[0] ?? '/login';
}

/** On a developer's own machine there is no TLS, and some browsers then drop a `Secure` cookie. */
function needsSecureCookie(url: string): boolean {
  return !['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}

/** Compares in a time that does not tell how much of it was right. */
async function isSame(given: string, expected: string): Promise<boolean> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const random = crypto.getRandomValues(new Uint8Array(32));
  const key = await crypto.subtle.importKey('raw', random, algorithm, false, ['sign', 'verify']);
  const signature = await crypto.subtle.sign(algorithm, key, encoder.encode(expected));
  return crypto.subtle.verify(algorithm, key, signature, encoder.encode(given));
}

function showForm(status: number, next: string, message = ''): Response {
  const html = `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>Log in</title>
  <style>
    body { font: 1rem/1.5 system-ui; max-width: 20rem; margin: 4rem auto; padding: 0 1rem }
    label, input, button { display: block; width: 100%; box-sizing: border-box; font: inherit }
    input, button { margin-bottom: 1rem; padding: 0.5rem }
  </style>
  <h1>Log in</h1>
  <p role="alert">${message}</p>
  <form method="post" action="/login?next=${encodeURIComponent(next)}">
    <label>Name <input name="member" autocomplete="username" required></label>
    <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
    <button>Log in</button>
  </form>
</html>
`;
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  };
  return new Response(html, { status, headers });
}
