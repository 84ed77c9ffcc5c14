import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';
import { StreamClient } from './stream-client.js';

const { pathToken: UID, public: PUBLIC } = SAMPLE_UIDS;
let client: StreamClient;

beforeAll(async () => {
  client = await StreamClient.start();
});
afterEach(() => client.reset());
afterAll(() => client.stream.close());

async function control(method: string, path: string, body?: unknown) {
  const response = await fetch(`${client.stream.origins.api}/__control${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text();
  const answer: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, headers: response.headers, answer };
}

describe('the control address', () => {
  it('tells of the whole state, but of no secret', async () => {
    const { answer, headers } = await control('GET', '/');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(answer).toMatchObject({
      origins: client.stream.origins,
      clock: { skewMs: 0 },
      viewer: { ip: null, country: null },
      link: { kbps: null, latencyMs: 0 },
      faults: [],
      defaultKeyId: client.stream.defaultKeyId,
    });
    expect(JSON.stringify(answer)).not.toContain(client.stream.apiToken);
  });

  it('adds faults and removes them', async () => {
    const { answer } = await control('POST', '/faults', { kind: 'multivariant', status: 500 });
    expect(await client.manifestStatus(PUBLIC)).toBe(500);
    const { id } = answer as { id: string };
    expect((await control('DELETE', `/faults/${id}`)).status).toBe(204);
    expect(await client.manifestStatus(PUBLIC)).toBe(200);
    await control('POST', '/faults', { kind: ['multivariant', 'init'], status: 500 });
    await control('POST', '/faults', { status: 500 });
    expect((await control('DELETE', '/faults')).status).toBe(204);
    expect(await client.manifestStatus(PUBLIC)).toBe(200);
  });

  it.each([
    { kind: 'moon', status: 500 },
    { kind: 'segment', status: 'bad' },
    { kind: 'segment', status: 42 },
    { kind: 'segment', drop: 'later' },
    { kind: 'segment', delayMs: -1 },
    { kind: 'segment', statsu: 500 },
  ])('refuses the fault %j', async (fault) => {
    const { status, answer } = await control('POST', '/faults', fault);
    expect(status).toBe(400);
    expect(answer).toEqual({ error: expect.any(String) });
    expect(client.stream.faults.list()).toEqual([]);
  });

  it('moves the clock', async () => {
    await control('PUT', '/clock', { skewMs: -5000 });
    expect(client.stream.serverClock.skewMs).toBe(-5000);
  });

  it('sets who the viewer is, and takes it back', async () => {
    await control('PUT', '/viewer', { ip: '2001:db8::1', country: 'DE' });
    expect(client.stream.viewer).toEqual({ ip: '2001:db8::1', country: 'DE' });
    await control('PUT', '/viewer', { country: null });
    expect(client.stream.viewer).toEqual({ ip: '2001:db8::1', country: undefined });
  });

  it('sets the link', async () => {
    await control('PUT', '/link', { kbps: 2000, latencyMs: 5 });
    expect(client.stream.link).toMatchObject({ kbps: 2000, latencyMs: 5 });
    await control('PUT', '/link', { kbps: null });
    expect(client.stream.link).toMatchObject({ kbps: undefined, latencyMs: 5 });
    expect((await control('PUT', '/link', { kbps: 0 })).status).toBe(400);
  });

  it('changes a video', async () => {
    const changes = { segmentAuth: 'own-signature', allowedOrigins: ['localhost:3000'] };
    expect((await control('PUT', `/video/${UID}`, changes)).answer).toMatchObject(changes);
    expect(client.stream.video(UID)).toMatchObject(changes);
    await control('PUT', `/video/${UID}`, { segmentAuth: 'path-token', allowedOrigins: [] });
    expect((await control('PUT', `/video/${UID}`, { segmentAuth: 'none' })).status).toBe(400);
    expect((await control('PUT', '/video/none', {})).status).toBe(404);
  });

  it('creates and revokes keys', async () => {
    const { id } = (await control('POST', '/keys')).answer as { id: string };
    const token = await client.stream.signToken({ sub: UID }, id);
    expect((await control('DELETE', `/keys/${id}`)).status).toBe(204);
    expect(await client.manifestStatus(token)).toBe(401);
  });

  it('has the log, without itself in it', async () => {
    await client.manifestStatus(PUBLIC);
    const { answer } = await control('GET', '/requests');
    expect(answer).toEqual([expect.objectContaining({ kind: 'multivariant', uid: PUBLIC })]);
    await control('DELETE', '/requests');
    expect(client.stream.requests.list()).toEqual([]);
  });

  it('may be asked by any page', async () => {
    const response = await fetch(`${client.stream.origins.api}/__control/clock`, {
      method: 'OPTIONS',
      headers: { origin: 'https://example.com', 'access-control-request-method': 'PUT' },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-methods')).toContain('PUT');
    expect(response.headers.get('access-control-allow-headers')).toContain('Content-Type');
  });

  it('is not disturbed by faults', async () => {
    client.stream.faults.add({ kind: 'all', status: 500 });
    expect((await control('GET', '/')).status).toBe(200);
  });

  it('tells of requests as they happen', async () => {
    const abort = new AbortController();
    const { signal } = abort;
    const response = await fetch(`${client.stream.origins.api}/__control/events`, { signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect((await reader?.read())?.value).toMatch(/^:/);
    await client.manifestStatus(PUBLIC);
    const { value = '' } = (await reader?.read()) ?? {};
    expect(JSON.parse(value.replace(/^data: /, ''))).toMatchObject({ kind: 'multivariant' });
    abort.abort();
  });
});
