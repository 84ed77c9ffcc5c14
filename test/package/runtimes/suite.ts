import type * as Issuer from '../../../src/issuer/index.js';

/** A signing key in the forms it may be given in, and its public half. */
export interface SuiteKey {
  readonly keyId: string;
  readonly jwk: string;
  readonly pem: string;
  readonly pkcs8: string;
  readonly publicJwk: JsonWebKey;
}

/** What became of one assertion; `error` is absent where it holds. */
export interface SuiteResult {
  readonly name: string;
  readonly error?: string;
}

const VIDEO = '5d5bc37ffcf54c9b82e996823bffbb81';
const NOW = 1_604_416_038;
const ENDPOINT = `https://api.example.com/stream-token?video-id=${VIDEO}`;
const PAGE = 'https://www.example.com';

/**
 * The same assertions for every runtime. They use what all of them have, and no test runner: none runs
 * everywhere. The issuer is handed in, so that it is the one the runtime itself has resolved.
 */
export async function runSuite(issuer: typeof Issuer, key: SuiteKey): Promise<SuiteResult[]> {
  const results: SuiteResult[] = [];
  for (const [name, assertion] of Object.entries(createAssertions(issuer, key))) {
    try {
      await assertion();
      results.push({ name });
    } catch (error) {
      results.push({ name, error: error instanceof Error ? (error.stack ?? '') : String(error) });
    }
  }
  return results;
}

function createAssertions(
  {
    allowCountries,
    allowRanges,
    blockAll,
    checkRestrictions,
    createApiIssuer,
    createSigningKeyIssuer,
    createTokenHandler,
    decideAccess,
    IssuerError,
  }: typeof Issuer,
  { keyId, jwk, pem, pkcs8, publicJwk }: SuiteKey,
): Record<string, () => Promise<void> | void> {
  const now = (): number => NOW * 1000;
  const accessRules = [
    allowCountries('US', 'MX'),
    allowRanges('93.184.216.0/24', '2400:cb00::/32'),
    blockAll(),
  ];
  const signed = async (form: Issuer.SigningKey): Promise<void> => {
    const token = await createSigningKeyIssuer({ ...form, now }).issue(VIDEO, { accessRules });
    assert(await isSignedBy(token, publicJwk), 'The signature is not the key’s');
    const [header, claims] = token.split('.').slice(0, 2).map(readPart);
    equal(header, { alg: 'RS256', kid: keyId });
    equal(claims, { sub: VIDEO, kid: keyId, exp: NOW + 3600, accessRules });
  };
  const handler = createTokenHandler({
    issuer: { issue: async (videoId) => `token.for.${videoId}` },
    authorize: (request) => request.headers.get('Authorization') === 'yes',
    cors: [PAGE],
  });
  const allowed = { Authorization: 'yes', Origin: PAGE };

  return {
    'signs with the base64 jwk of the API': () => signed({ keyId, jwk }),
    'signs with the base64 PKCS#1 pem of the API': () => signed({ keyId, pem }),
    'signs with a PKCS#1 pem as text': () => signed({ keyId, pem: atob(pem) }),
    'signs with a PKCS#8 pem': () => signed({ keyId, pem: pkcs8 }),
    'signs with a jwk as JSON': () => signed({ keyId, jwk: atob(jwk) }),
    'signs many tokens at once': async () => {
      const issuer = createSigningKeyIssuer({ keyId, pem, now });
      const tokens = await Promise.all(Array.from({ length: 20 }, () => issuer.issue(VIDEO)));
      equal(new Set(tokens).size, 1);
    },
    'refuses a broken key without showing it': async () => {
      const broken = `${pem.slice(0, 400)}${pem.slice(500)}`;
      const error = await failureOf(async () =>
        createSigningKeyIssuer({ keyId, pem: broken }).issue(VIDEO),
      );
      assert(error instanceof IssuerError, 'It is no IssuerError');
      equal(error.code, 'key-invalid');
      assert(!String(error.stack).includes(pem.slice(100, 130)), 'It shows the key');
    },
    'names all faults of restrictions': () => {
      const input = {
        expiresIn: '25h',
        accessRules: [allowCountries('UK'), allowRanges('::1/129')],
      };
      const paths = checkRestrictions(input, NOW).faults.map(({ path }) => path);
      equal(paths, ['expiresIn', 'accessRules[0].country[0]', 'accessRules[1].ip[0]']);
    },
    'evaluates rules': () => {
      equal(decideAccess(accessRules, { country: 'GB', ip: '93.184.216.9' }).ruleIndex, 1);
      equal(decideAccess(accessRules, { country: 'GB', ip: '2400:cb01::' }).action, 'block');
    },
    'asks the API': async () => {
      const asked: unknown[] = [];
      const fetch = async (url: string, init: RequestInit): Promise<Response> => {
        const request = new Request(url, init);
        asked.push(request.url, request.method, await request.json());
        return Response.json({ result: { token: 'a.b.c' }, success: true });
      };
      const issuer = createApiIssuer({ accountId: 'a', apiToken: 't', fetch, now });
      equal(await issuer.issue(VIDEO, { expiresIn: '12h' }), 'a.b.c');
      const url = `https://api.cloudflare.com/client/v4/accounts/a/stream/${VIDEO}/token`;
      equal(asked, [url, 'POST', { exp: NOW + 43_200 }]);
    },
    'says that the API cannot be reached': async () => {
      const fetch = (): Promise<Response> => Promise.reject(new TypeError('no network'));
      const issuer = createApiIssuer({ accountId: 'a', apiToken: 't', fetch });
      const error = await failureOf(() => issuer.issue(VIDEO));
      equal(error instanceof IssuerError && error.code, 'api-unreachable');
    },
    'answers GET': async () => {
      const response = await handler(new Request(ENDPOINT, { headers: allowed }));
      equal(response.status, 200);
      equal(response.headers.get('Access-Control-Allow-Origin'), PAGE);
      equal(response.headers.get('Cache-Control'), 'private, no-store');
      equal(await response.json(), {
        result: { token: `token.for.${VIDEO}` },
        success: true,
        errors: [],
        messages: [],
      });
    },
    'answers POST': async () => {
      const body = JSON.stringify({ videoId: VIDEO });
      const headers = { ...allowed, 'Content-Type': 'application/json' };
      const response = await handler(new Request(ENDPOINT, { method: 'POST', headers, body }));
      equal(response.status, 200);
    },
    'answers a preflight': async () => {
      const headers = { Origin: PAGE, 'Access-Control-Request-Method': 'POST' };
      const response = await handler(new Request(ENDPOINT, { method: 'OPTIONS', headers }));
      equal([response.status, response.headers.get('Access-Control-Max-Age')], [204, '600']);
    },
    'gives nobody else a token': async () => {
      equal((await handler(new Request(ENDPOINT))).status, 403);
    },
    'reads no long body': async () => {
      const body = JSON.stringify({ videoId: VIDEO, more: 'x'.repeat(10_000) });
      const init = { method: 'POST', headers: allowed, body };
      equal((await handler(new Request(ENDPOINT, init))).status, 413);
    },
  };
}

async function isSignedBy(token: string, publicJwk: JsonWebKey): Promise<boolean> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('jwk', publicJwk, algorithm, false, ['verify']);
  const end = token.lastIndexOf('.');
  const signature = Uint8Array.from(decode(token.slice(end + 1)), (text) => text.charCodeAt(0));
  const input = new TextEncoder().encode(token.slice(0, end));
  return crypto.subtle.verify(algorithm, key, signature, input);
}

function readPart(part: string): unknown {
  return JSON.parse(decode(part));
}

function decode(base64Url: string): string {
  return atob(base64Url.replaceAll('-', '+').replaceAll('_', '/'));
}

async function failureOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('It was expected to fail');
}

function equal(actual: unknown, expected: unknown): void {
  const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)];
  assert(one === other, `${one} is not ${other}`);
}

function assert(holds: boolean, message: string): asserts holds {
  if (!holds) throw new Error(message);
}
