import type { TestRunnerConfig } from '@web/test-runner';
import { createTokenEndpoint } from '../../demo/server/token-endpoint.js';
import { createLocalIssuer } from '../../demo/server/token-issuer.js';
import { ENDPOINT_FAULTS, NO_FAULTS } from '../../demo/shared/faults.js';
import type { LocalStream } from '../../demo/stream/start.js';
import {
  LOCAL_STREAM_ELEMENT_ID,
  type LocalStreamInfo,
} from '../browser/support/local-stream-info.js';

const TOKEN_PATH = '/stream-token';

/** The page that browser tests run in, and its token endpoint, for a local Stream. */
export function createTestPage(
  stream: LocalStream,
): Required<Pick<TestRunnerConfig, 'testRunnerHtml' | 'middleware'>> {
  const { origins, accountId, apiToken, sdkUrl } = stream;
  const info: LocalStreamInfo = {
    origins,
    accountId,
    apiToken,
    sdkUrl,
    controlUrl: `${origins.api}/__control/`,
    tokenEndpoint: TOKEN_PATH,
  };
  const issuer = createLocalIssuer(stream);
  const endpoints = new Map(
    [null, ...ENDPOINT_FAULTS].map((fault) => [
      fault,
      createTokenEndpoint({ issuer, stream, faults: () => ({ ...NO_FAULTS, endpoint: fault }) }),
    ]),
  );
  return {
    testRunnerHtml: (testFramework) => `<!doctype html>
      <html lang="en">
        <head><meta charset="utf-8"><title>Browser tests</title></head>
        <body>
          <script type="application/json" id="${LOCAL_STREAM_ELEMENT_ID}">${JSON.stringify(info)}</script>
          <script type="module" src="${testFramework}"></script>
        </body>
      </html>`,
    middleware: [
      async (context, next) => {
        if (context.path !== TOKEN_PATH) return next();
        const named = context.URL.searchParams.get('fault');
        const fault = ENDPOINT_FAULTS.find((name) => name === named) ?? null;
        context.respond = false;
        context.res.statusCode = 200;
        return endpoints.get(fault)?.(context.req, context.res);
      },
    ],
  };
}
