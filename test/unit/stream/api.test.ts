import { createPrivateKey } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';
import { DAY_SECONDS, HOUR_SECONDS, StreamClient } from './stream-client.js';

const { pathToken: UID } = SAMPLE_UIDS;
let client: StreamClient;

beforeAll(async () => {
  client = await StreamClient.start();
});
afterEach(() => client.reset());
afterAll(() => client.stream.close());

async function createToken(body?: unknown): Promise<string> {
  const answer = await client.api('POST', `/${UID}/token`, body);
  expect(answer.body).toMatchObject({ success: true, errors: [], messages: [] });
  return (answer.body.result as { token: string }).token;
}

interface KeyResult {
  readonly id: string;
  readonly pem: string;
  readonly jwk: string;
}

async function createKey(): Promise<KeyResult> {
  return (await client.api('POST', '/keys')).body.result as KeyResult;
}

describe('POST …/<uid>/token', () => {
  it('signs a token for an hour, valid since an hour', async () => {
    const token = await createToken();
    const now = client.nowSeconds();
    const { sub, exp = 0, nbf = 0, kid } = decodeJwt(token);
    expect(sub).toBe(UID);
    expect(exp).toBeGreaterThan(now + HOUR_SECONDS - 60);
    expect(exp).toBeLessThanOrEqual(now + HOUR_SECONDS);
    expect(nbf).toBeLessThanOrEqual(now - HOUR_SECONDS);
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', kid });
    expect(await client.manifestStatus(token)).toBe(200);
  });

  it('takes the restrictions it is given', async () => {
    const restrictions = {
      exp: client.nowSeconds() + 60,
      nbf: client.nowSeconds() - 5,
      downloadable: true,
      accessRules: [{ type: 'ip.geoip.country', action: 'allow', country: ['GB'] }],
      flags: { original: true },
    };
    expect(decodeJwt(await createToken(restrictions))).toMatchObject(restrictions);
  });

  it('signs with the key it is given', async () => {
    const { id, pem } = await createKey();
    const token = await createToken({ id, pem });
    expect(decodeProtectedHeader(token).kid).toBe(id);
    expect(await client.manifestStatus(token)).toBe(200);
  });

  it('goes by the server’s clock', async () => {
    client.advance(-DAY_SECONDS);
    const token = await createToken();
    expect(decodeJwt(token).exp).toBeLessThan(Date.now() / 1000);
    expect(await client.manifestStatus(token)).toBe(200);
  });

  it('has a new key of its own when its last one is revoked', async () => {
    client.stream.revokeKey(client.stream.defaultKeyId);
    expect(await client.manifestStatus(await createToken())).toBe(200);
  });

  it.each([
    ['exp more than a day ahead', () => ({ exp: client.nowSeconds() + DAY_SECONDS + 5 })],
    ['exp passed', () => ({ exp: client.nowSeconds() - 5 })],
    ['exp as a string', () => ({ exp: String(client.nowSeconds() + 60) })],
    ['nbf no number', () => ({ nbf: 'now' })],
    ['downloadable no boolean', () => ({ downloadable: 'yes' })],
    [
      'six rules',
      () => ({ accessRules: Array.from({ length: 6 }, () => ({ type: 'any', action: 'allow' })) }),
    ],
    ['an unknown rule', () => ({ accessRules: [{ type: 'ip', action: 'allow' }] })],
    ['an unknown key', () => ({ id: '0'.repeat(32), pem: 'bm90IGEga2V5' })],
    ['a key without its id', () => ({ pem: 'bm90IGEga2V5' })],
    ['a broken key', () => ({ id: client.stream.defaultKeyId, pem: 'bm90IGEga2V5' })],
    ['a list', () => []],
  ])('refuses %s', async (_case, body) => {
    const answer = await client.api('POST', `/${UID}/token`, body());
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      result: null,
      success: false,
      errors: [{ code: 10005, message: expect.stringContaining('Bad Request') }],
      messages: [],
    });
  });

  it('knows no video that does not exist', async () => {
    const answer = await client.api('POST', `/${'0'.repeat(32)}/token`);
    expect(answer.status).toBe(404);
    expect(answer.body.errors[0]?.code).toBe(10003);
  });
});

describe('…/keys', () => {
  it('are handed out once, as base64 of a PKCS#1 PEM and of a JWK', async () => {
    const { id, pem, jwk } = await createKey();
    const pemText = Buffer.from(pem, 'base64').toString();
    const jwkObject = JSON.parse(Buffer.from(jwk, 'base64').toString());
    expect(pemText).toMatch(/^-----BEGIN RSA PRIVATE KEY-----/);
    expect(jwkObject).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig', kid: id });
    expect(createPrivateKey({ key: jwkObject, format: 'jwk' }).export({ format: 'jwk' })).toEqual(
      createPrivateKey(pemText).export({ format: 'jwk' }),
    );
  });

  it('are listed without what is secret', async () => {
    const { id } = await createKey();
    const { result } = (await client.api('GET', '/keys')).body;
    expect(result).toContainEqual({ id, created: expect.stringMatching(/^\d{4}-.*Z$/) });
  });

  it('sign until they are revoked, and no longer', async () => {
    const { id } = await createKey();
    const token = await client.stream.signToken({ sub: UID }, id);
    const answer = await client.api('DELETE', `/keys/${id}`);
    expect(answer.body).toEqual({ result: 'Revoked', success: true, errors: [], messages: [] });
    expect(await client.manifestStatus(token)).toBe(401);
    expect((await client.api('DELETE', `/keys/${id}`)).status).toBe(404);
  });
});

describe('…/<uid>', () => {
  it('tells of a video', async () => {
    const { result } = (await client.api('GET', `/${UID}`)).body;
    expect(result).toMatchObject({
      uid: UID,
      readyToStream: true,
      status: { state: 'ready' },
      requireSignedURLs: true,
      allowedOrigins: [],
      duration: 128,
      playback: { hls: `${client.stream.origins.delivery}/${UID}/manifest/video.m3u8` },
    });
  });

  it('changes who may watch, from the next request on', async () => {
    const uid = SAMPLE_UIDS.public;
    const answer = await client.api('POST', `/${uid}`, { uid, requireSignedURLs: true });
    expect(answer.body.result).toMatchObject({ requireSignedURLs: true });
    expect(await client.manifestStatus(uid)).toBe(401);
    await client.api('POST', `/${uid}`, { requireSignedURLs: false });
    await client.api('POST', `/${uid}`, { allowedOrigins: ['example.com', '*.example.com'] });
    expect(await client.manifestStatus(uid)).toBe(403);
    await client.api('POST', `/${uid}`, { allowedOrigins: [] });
    expect(await client.manifestStatus(uid)).toBe(200);
  });

  it.each([
    { requireSignedURLs: 'yes' },
    { allowedOrigins: 'example.com' },
    { allowedOrigins: ['https://example.com/'] },
  ])('refuses %j', async (body) => {
    expect((await client.api('POST', `/${UID}`, body)).status).toBe(400);
  });

  it('is one of a list', async () => {
    const { result } = (await client.api('GET', '')).body;
    expect(result).toContainEqual(expect.objectContaining({ uid: UID }));
  });
});

describe('authentication', () => {
  it.each([
    ['nothing', () => ({}), 400, 9106],
    ['no Bearer', () => ({ authorization: client.stream.apiToken }), 400, 6003],
    ['another token', () => ({ authorization: 'Bearer wrong' }), 401, 10000],
    ['another key', () => ({ 'x-auth-email': 'a@example.com', 'x-auth-key': 'wrong' }), 401, 10000],
  ])('fails with %s', async (_case, headers, status, code) => {
    const answer = await client.api('GET', '/keys', undefined, headers());
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ result: null, success: false, errors: [{ code }] });
  });

  it('is also possible with an e-mail address and a key', async () => {
    const headers = { 'x-auth-email': 'a@example.com', 'x-auth-key': client.stream.apiToken };
    expect((await client.api('GET', '/keys', undefined, headers)).status).toBe(200);
  });

  it('is for one account', async () => {
    const { origins, apiToken } = client.stream;
    const url = `${origins.api}/client/v4/accounts/${'0'.repeat(32)}/stream/keys`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${apiToken}` } });
    expect(response.status).toBe(403);
  });

  it('comes before anything else, and no page may read the API', async () => {
    const url = `${client.stream.origins.api}/client/v4/accounts/a/stream/keys`;
    const response = await fetch(url, { headers: { origin: 'https://example.com' } });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('a body that is no JSON', () => {
  it('is refused in an envelope', async () => {
    const { origins, accountId, apiToken } = client.stream;
    const url = `${origins.api}/client/v4/accounts/${accountId}/stream/${UID}/token`;
    const headers = { authorization: `Bearer ${apiToken}`, 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: '{' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ success: false, errors: [{ code: 10005 }] });
  });
});
