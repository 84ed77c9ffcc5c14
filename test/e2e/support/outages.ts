import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';
import type { TestSite, TokenEndpoint } from '../../support/test-site.js';

/** A way in which an endpoint fails while somebody watches. */
export interface Outage {
  readonly name: string;
  /** What it answers instead of a token. */
  readonly answer: (site: TestSite) => TokenEndpoint;
  /** What the page is told. */
  readonly code: string;
}

export const OUTAGES: readonly Outage[] = [
  {
    name: '500',
    answer:
      () =>
      ({ send }) =>
        send(500, ''),
    code: 'endpoint-refused',
  },
  {
    name: '429',
    answer:
      () =>
      ({ send }) =>
        send(429, '', { 'retry-after': '3' }),
    code: 'endpoint-refused',
  },
  { name: 'no answer', answer: () => () => {}, code: 'endpoint-unreachable' },
  {
    name: 'a broken connection',
    answer:
      () =>
      ({ response }) =>
        void response.destroy(),
    code: 'endpoint-unreachable',
  },
  {
    name: 'a web page',
    answer:
      () =>
      ({ send }) =>
        send(200, '<!doctype html><title>Log in</title>'),
    code: 'endpoint-malformed',
  },
  {
    name: 'a token for another video',
    answer:
      () =>
      async ({ sign, answer }) =>
        answer(await sign({ sub: SAMPLE_UIDS.ownSignature })),
    code: 'token-wrong-video',
  },
  {
    name: 'a token that is over',
    answer:
      (site) =>
      async ({ sign, answer }) =>
        answer(await sign({ exp: Math.floor(site.stream.serverClock.nowSeconds()) - 60 })),
    code: 'token-expired',
  },
  {
    name: 'the same old token',
    answer: () => {
      let token: string | undefined;
      return async ({ sign, answer }) => answer((token ??= await sign()));
    },
    code: 'endpoint-stale',
  },
];
