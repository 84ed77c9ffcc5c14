import { EPOCH_MS } from './fake-time.js';

export const VIDEO_ID = '5d5bc37ffcf54c9b82e996823bffbb81';

/** Claims in any form, also in forms that no token should have. */
export type FakeClaims = Readonly<Record<string, unknown>>;

let count = 0;

/** A token with the form of a real one, and a signature that nobody has to believe. */
export function fakeToken(claims: FakeClaims = {}, header: FakeClaims = { alg: 'RS256' }): string {
  count += 1;
  return [encode(header), encode(claims), `signature-${count}`].join('.');
}

/** A token as an issuer makes it: for the test's video, from now on, for so long. */
export function tokenFor(lifetimeMs: number, nowMs: number, claims: FakeClaims = {}): string {
  const exp = Math.floor((nowMs + lifetimeMs) / 1000);
  return fakeToken({ sub: VIDEO_ID, kid: 'key', exp, ...claims });
}

/** Seconds since the epoch, so many after the beginning of the test. */
export function secondsFromStart(seconds: number): number {
  return EPOCH_MS / 1000 + seconds;
}

function encode(part: FakeClaims): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
