import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TokenClaims } from '../../../demo/stream/api/sign-token.js';
import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';
import { DAY_SECONDS, HOUR_SECONDS, StreamClient } from './stream-client.js';

const UID = SAMPLE_UIDS.pathToken;
let client: StreamClient;

beforeAll(async () => {
  client = await StreamClient.start();
});
afterEach(() => client.reset());
afterAll(() => client.stream.close());

describe('the token of a private video', () => {
  it.each<[string, TokenClaims, number]>([
    ['a good token', {}, 200],
    ['no exp', { exp: undefined }, 200],
    ['exp as a string', { exp: String(inSeconds(60)) }, 200],
    ['exp passed', { exp: inSeconds(-1) }, 401],
    ['exp passed, as a string', { exp: String(inSeconds(-1)) }, 401],
    ['exp more than a day ahead', { exp: inSeconds(DAY_SECONDS + 60) }, 401],
    ['exp no number', { exp: 'tomorrow' }, 401],
    ['exp null', { exp: null }, 401],
    ['nbf passed', { nbf: inSeconds(-60) }, 200],
    ['nbf ahead', { nbf: inSeconds(60) }, 401],
    ['nbf ahead, as a string', { nbf: String(inSeconds(60)) }, 401],
    ['no sub', { sub: undefined }, 401],
    ['sub of no video', { sub: 'f'.repeat(32) }, 404],
    ['rules that block', { accessRules: [{ type: 'any', action: 'block' }] }, 403],
    ['rules of an unknown type', { accessRules: [{ type: 'moon', action: 'allow' }] }, 401],
    [
      'more than five rules',
      { accessRules: Array.from({ length: 6 }, () => ({ type: 'any', action: 'allow' })) },
      401,
    ],
  ])('%s', async (_case, claims, status) => {
    expect(await client.manifestStatus(await client.token(UID, claims))).toBe(status);
  });

  it('is refused from the second it expires', async () => {
    const token = await client.token(UID, { exp: client.nowSeconds() + 10 });
    expect(await client.manifestStatus(token)).toBe(200);
    client.advance(10);
    expect(await client.manifestStatus(token)).toBe(401);
  });

  it('is refused until it is valid', async () => {
    const token = await client.token(UID, { nbf: client.nowSeconds() + HOUR_SECONDS / 2 });
    expect(await client.manifestStatus(token)).toBe(401);
    client.advance(HOUR_SECONDS / 2);
    expect(await client.manifestStatus(token)).toBe(200);
  });

  it('is refused with a changed payload', async () => {
    const [header = '', , signature = ''] = (await client.token(UID)).split('.');
    const payload = Buffer.from(JSON.stringify({ sub: UID })).toString('base64url');
    expect(await client.manifestStatus(`${header}.${payload}.${signature}`)).toBe(401);
  });

  it('is refused when it is no JWT', async () => {
    expect(await client.manifestStatus('not.a.token')).toBe(401);
  });

  it('is refused when a stranger signed it', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const forged = await new SignJWT({ sub: UID })
      .setProtectedHeader({ alg: 'RS256', kid: client.stream.defaultKeyId })
      .sign(privateKey);
    expect(await client.manifestStatus(forged)).toBe(401);
  });

  it('is refused when it is signed with a secret instead of a key', async () => {
    const forged = await new SignJWT({ sub: UID })
      .setProtectedHeader({ alg: 'HS256', kid: client.stream.defaultKeyId })
      .sign(Buffer.alloc(32));
    expect(await client.manifestStatus(forged)).toBe(401);
  });

  it('is refused from the moment its key is revoked', async () => {
    const { id } = await client.stream.createKey();
    const token = await client.stream.signToken({ sub: UID }, id);
    expect(await client.manifestStatus(token)).toBe(200);
    client.stream.revokeKey(id);
    expect(await client.manifestStatus(token)).toBe(401);
  });

  it('decides which video is served, whichever it is', async () => {
    const token = await client.token(SAMPLE_UIDS.errored);
    expect(await client.manifestStatus(token)).toBe(424);
  });
});

describe('a uid without a token', () => {
  it.each([
    ['a private video', SAMPLE_UIDS.pathToken, 401],
    ['a public video', SAMPLE_UIDS.public, 200],
    ['no video', '0'.repeat(32), 404],
  ])('%s', async (_case, uid, status) => {
    expect(await client.manifestStatus(uid)).toBe(status);
  });

  it('plays no longer once signatures are required', async () => {
    const video = client.stream.video(SAMPLE_UIDS.public);
    video.requireSignedURLs = true;
    expect(await client.manifestStatus(video.uid)).toBe(401);
    video.requireSignedURLs = false;
  });
});

describe('the state of a video', () => {
  it.each([
    ['failed to encode', SAMPLE_UIDS.errored, 424],
    ['not ready yet', SAMPLE_UIDS.queued, 404],
    ['a live input without a broadcast', SAMPLE_UIDS.liveIdle, 204],
  ])('%s', async (_case, uid, status) => {
    expect(await client.manifestStatus(await client.token(uid))).toBe(status);
  });

  it('is told only to those who may watch', async () => {
    expect(await client.manifestStatus(SAMPLE_UIDS.errored)).toBe(401);
  });
});

function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}
