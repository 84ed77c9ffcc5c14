import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTokenShaped } from '../../../src/token/token-shape.js';
import { createEndpointFetcher } from '../../../src/token/endpoint.js';
import { parseTokenResponse } from '../../../src/token/response.js';
import { FakeNetwork } from '../../support/fake-fetch.js';
import { EPOCH_MS } from '../../support/fake-time.js';
import { VIDEO_ID } from '../../support/fake-token.js';
import { anyBody, check, checkTold } from '../../support/fuzz.js';

const DAY_MS = 86_400_000;
const PATIENCE_MS = 180_000;

const header = fc.oneof(
  fc.constantFrom('', '5', 'soon', '-1', '99999999999', '1.5'),
  fc.integer({ min: -DAY_MS, max: DAY_MS }).map((ms) => new Date(EPOCH_MS + ms).toUTCString()),
);

describe('any answer of a token endpoint', () => {
  it(
    'is a token, or a failure that is told: 80,000 bodies',
    () => {
      let tokens = 0;
      const property = fc.property(anyBody, (body) => {
        try {
          check(isTokenShaped(parseTokenResponse(body)), 'what is taken has the form of a token');
          tokens += 1;
        } catch (error) {
          checkTold(error);
        }
      });
      fc.assert(property, { numRuns: 80_000 });
      expect(tokens).toBeGreaterThan(10_000);
    },
    PATIENCE_MS,
  );

  it(
    'comes from the endpoint and nowhere else: 20,000 responses',
    async () => {
      const property = fc.asyncProperty(
        anyBody,
        fc.integer({ min: 200, max: 599 }),
        fc.record({ date: header, 'retry-after': header }, { requiredKeys: [] }),
        fc.constantFrom('answer', 'answer', 'fail', 'break'),
        fc.constantFrom('get' as const, 'post' as const),
        fc.oneof(fc.constant(VIDEO_ID), fc.string({ unit: 'binary' }), fc.webUrl()),
        async (body, status, headers, how, method, videoId) => {
          const network = new FakeNetwork(() => {
            if (how === 'fail') throw new TypeError(`Failed to fetch ${body}`);
            if (how === 'answer') return respond(body, status, headers);
            return new Response(
              new ReadableStream({ start: (pipe) => pipe.error(new Error(body)) }),
            );
          });
          const fetchToken = createEndpointFetcher(
            { url: 'https://page.test/token/{video-id}', method, credentials: 'omit', headers: {} },
            network.fetch,
            () => EPOCH_MS,
          );
          const { signal } = new AbortController();
          try {
            const answer = await fetchToken({ videoId, reason: 'initial', signal });
            check(isTokenShaped(answer.text), 'what is taken has the form of a token');
            check(!Number.isNaN(answer.serverDateMs), 'a time is a number');
          } catch (error) {
            checkTold(error);
          }
          for (const { url } of network.requests) {
            check(url.startsWith('https://page.test/token/'), `somebody else is asked: ${url}`);
            check(new URL(url).origin === 'https://page.test', `somebody else is asked: ${url}`);
          }
        },
      );
      await fc.assert(property, { numRuns: 20_000 });
    },
    PATIENCE_MS,
  );
});

function respond(body: string, status: number, headers: Record<string, string>): Response {
  const isEmpty = [204, 205, 304].includes(status);
  return new Response(isEmpty ? null : body, { status, headers });
}
