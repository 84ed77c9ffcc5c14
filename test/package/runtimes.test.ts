import { get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalStream, type LocalStream } from '../../demo/stream/start.js';
import { createApiKey } from '../unit/issuer/support/api-key.js';
import { isSignedBy } from '../unit/issuer/support/read-token.js';
import type { SuiteResult } from './runtimes/suite.js';
import { createPackedProject, type PackedProject } from './support/packed-project.js';
import { RUNTIMES, type RunningApp, type StartRuntime } from './support/runtimes.js';

const PAGE = 'https://www.example.com';
const key = createApiKey();
const suiteKey = {
  keyId: key.id,
  jwk: key.jwk,
  pem: key.pem,
  pkcs8: key.pkcs8Pem,
  publicJwk: key.publicKey.export({ format: 'jwk' }),
};

let project: PackedProject;
let stream: LocalStream;
beforeAll(async () => {
  project = createPackedProject();
  stream = await startLocalStream();
});
afterAll(async () => {
  await stream.close();
  project.remove();
});

describe.each(Object.entries(RUNTIMES))(
  'the issuer of the package on %s',
  (_name, start: StartRuntime) => {
    let app: RunningApp;
    beforeAll(async () => {
      app = await start(project.folder);
    }, 60_000);
    afterAll(() => app.stop());

    const post = (path: string, body: unknown): Promise<Response> =>
      fetch(app.origin + path, { method: 'POST', body: JSON.stringify(body) });

    it('does what it does everywhere', async () => {
      const response = await post('/suite', suiteKey);
      const results = (await response.json()) as SuiteResult[];
      expect(results.filter(({ error }) => error !== undefined)).toEqual([]);
      expect(results).toHaveLength(16);
    });

    it('serves tokens that play at the local Stream', async () => {
      const { id, pem } = await stream.createKey();
      const videoId = stream.videos[0]?.uid ?? '';
      await post('/key', { keyId: id, pem });
      const address = `${app.origin}/api/stream-token?video-id=${videoId}`;
      expect((await fetch(address)).status).toBe(403);
      const response = await fetch(address, { headers: { Cookie: 'member=1', Origin: PAGE } });
      expect(response.status).toBe(200);
      expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE);
      expect(Date.parse(response.headers.get('Date') ?? '')).not.toBeNaN();
      const { result } = (await response.json()) as { result: { token: string } };
      const played = await fetch(`${stream.origins.delivery}/${result.token}/manifest/video.m3u8`);
      expect(played.status).toBe(200);
    });

    it('serves tokens that Node’s OpenSSL verifies, to POST too', async () => {
      await post('/key', suiteKey);
      const response = await fetch(`${app.origin}/api/stream-token`, {
        method: 'POST',
        headers: { Cookie: 'member=1', 'Content-Type': 'application/json' },
        body: JSON.stringify({ videoId: stream.videos[0]?.uid }),
      });
      const { result } = (await response.json()) as { result: { token: string } };
      expect(isSignedBy(result.token, key.publicKey)).toBe(true);
    });

    it('says the time once, whatever the server itself adds', async () => {
      await post('/key', suiteKey);
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        get(`${app.origin}/api/stream-token`, { agent: false }, resolve).once('error', reject);
      });
      response.resume();
      const names = response.rawHeaders.filter((_text, index) => index % 2 === 0);
      expect(names.filter((name) => name.toLowerCase() === 'date')).toHaveLength(1);
    });
  },
);
