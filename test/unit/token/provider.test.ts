import { describe, expect, it } from 'vitest';
import { SignedStreamError } from '../../../src/errors.js';
import { createProviderFetcher } from '../../../src/token/provider.js';
import type { TokenProvider, TokenRequest } from '../../../src/token/token-fetcher.js';
import { fakeToken, VIDEO_ID } from '../../support/fake-token.js';
import { rejectionOf } from '../../support/thrown.js';

const TOKEN = fakeToken({ sub: VIDEO_ID });
const REQUEST: TokenRequest = {
  videoId: VIDEO_ID,
  reason: 'scheduled',
  signal: new AbortController().signal,
};

const answering = (answer: unknown): TokenProvider => {
  // A page without types may answer with anything.
  const provider = (): unknown => answer;
  return provider as TokenProvider;
};

describe('createProviderFetcher', () => {
  it.each([
    ['a token', TOKEN],
    ['a promise of a token', Promise.resolve(TOKEN)],
    ["the API's answer as text", JSON.stringify({ result: { token: TOKEN }, success: true })],
  ])('takes %s', async (_, answer) => {
    expect(await createProviderFetcher(answering(answer))(REQUEST)).toEqual({ text: TOKEN });
  });

  it('tells the function what is wanted and why', async () => {
    const seen: TokenRequest[] = [];
    await createProviderFetcher((request) => {
      seen.push(request);
      return TOKEN;
    })(REQUEST);
    expect(seen).toEqual([REQUEST]);
  });

  it.each([undefined, null, 5, { token: TOKEN }])('calls %j malformed', async (answer) => {
    const error = await rejectionOf(createProviderFetcher(answering(answer))(REQUEST));
    expect(error.code).toBe('endpoint-malformed');
  });

  it('calls a text that is no token malformed', async () => {
    const error = await rejectionOf(createProviderFetcher(answering('no'))(REQUEST));
    expect(error.code).toBe('endpoint-malformed');
  });

  it.each([
    ['throws', () => fail()],
    ['rejects', () => Promise.reject(new Error(`no ${TOKEN}`))],
    ['rejects with nothing', () => Promise.reject(undefined)],
  ])('calls a function that %s unreachable, and quotes nothing', async (_, provider) => {
    const error = await rejectionOf(createProviderFetcher(provider)(REQUEST));
    expect([error.code, error.retryable]).toEqual(['endpoint-unreachable', true]);
    expect([error.message, error.cause]).toEqual([expect.not.stringContaining('eyJ'), undefined]);
  });

  it("passes on the page's own typed error", async () => {
    const own = new SignedStreamError('endpoint-refused', 'signed out', { status: 401 });
    const asking = createProviderFetcher(() => Promise.reject(own))(REQUEST);
    expect(await rejectionOf(asking)).toBe(own);
  });
});

function fail(): never {
  throw new Error(`no ${TOKEN}`);
}
