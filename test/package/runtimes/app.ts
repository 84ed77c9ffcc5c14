import type * as Issuer from '../../../src/issuer/index.js';
import { runSuite, type SuiteKey } from './suite.js';

/**
 * What each runtime serves: `POST /suite` runs the assertions with the key it is sent, and
 * `POST /key` makes `/api/stream-token` an endpoint that signs with it.
 */
export function createApp(issuer: typeof Issuer): (request: Request) => Promise<Response> {
  let endpoint: Issuer.TokenHandler | undefined;
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/suite') return Response.json(await runSuite(issuer, await readKey(request)));
    if (pathname === '/key') {
      const { keyId, pem } = await readKey(request);
      endpoint = issuer.createTokenHandler({
        issuer: issuer.createSigningKeyIssuer({ keyId, pem }),
        authorize: (asked) => asked.headers.get('Cookie') === 'member=1',
        cors: ['https://www.example.com'],
      });
      return new Response(null, { status: 204 });
    }
    return endpoint ? endpoint(request) : new Response(null, { status: 404 });
  };
}

async function readKey(request: Request): Promise<SuiteKey> {
  const key: SuiteKey = await request.json();
  return key;
}
