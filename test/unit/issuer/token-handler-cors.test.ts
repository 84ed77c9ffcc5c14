import { describe, expect, it, vi } from 'vitest';
import { createTokenHandler } from '../../../src/issuer/index.js';

const ADDRESS = 'https://api.example.com/stream-token?video-id=5d5bc37ffcf54c9b82e996823bffbb81';
const PAGE = 'https://www.example.com';

describe('createTokenHandler: other origins', () => {
  const issuer = { issue: async (videoId: string) => `token.for.${videoId}` };
  const options = { issuer, authorize: () => true };
  const from = (origin: string, method = 'GET', headers: Record<string, string> = {}): Request =>
    new Request(ADDRESS, { method, headers: { ...headers, Origin: origin } });
  const preflight = (origin: string): Request =>
    from(origin, 'OPTIONS', {
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'content-type',
    });
  const corsHeaders = (response: Response): Record<string, string> =>
    Object.fromEntries(
      [...response.headers].filter(([name]) => name.startsWith('access-control-')),
    );

  it('lets a named origin read the answer, its clock and its wish to be left alone', async () => {
    const handler = createTokenHandler({ ...options, cors: ['http://localhost:5173', PAGE] });
    const response = await handler(from(PAGE));
    expect(corsHeaders(response)).toEqual({
      'access-control-allow-origin': PAGE,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'Date, Retry-After',
    });
    expect(response.headers.get('Vary')).toBe('Origin');
  });

  it('lets it read refusals too', async () => {
    const handler = createTokenHandler({ ...options, authorize: () => false, cors: [PAGE] });
    const response = await handler(from(PAGE));
    expect(response.status).toBe(403);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE);
  });

  it.each([
    ['https://example.com'],
    ['http://www.example.com'],
    ['https://www.example.com.evil.example'],
    ['https://www.example.com:8443'],
    ['null'],
  ])('lets %s read nothing', async (origin) => {
    const handler = createTokenHandler({ ...options, cors: [PAGE] });
    const response = await handler(from(origin));
    expect(corsHeaders(response)).toEqual({});
    expect(response.headers.get('Vary')).toBe('Origin');
  });

  it('has no CORS unless told', async () => {
    const handler = createTokenHandler(options);
    expect(corsHeaders(await handler(from(PAGE)))).toEqual({});
    expect((await handler(preflight(PAGE))).status).toBe(403);
  });

  it('answers the preflight of a named origin', async () => {
    const authorize = vi.fn(() => true);
    const handler = createTokenHandler({ ...options, authorize, cors: [PAGE] });
    const response = await handler(preflight(PAGE));
    expect(response.status).toBe(204);
    expect(corsHeaders(response)).toEqual({
      'access-control-allow-origin': PAGE,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': 'Content-Type, Authorization',
      'access-control-expose-headers': 'Date, Retry-After',
      'access-control-max-age': '600',
    });
    expect(authorize).not.toHaveBeenCalled();
  });

  it('does as its options say', async () => {
    const cors = { origins: [PAGE], credentials: false, headers: ['X-Member'], maxAgeSeconds: 5 };
    const response = await createTokenHandler({ ...options, cors })(preflight(PAGE));
    expect(corsHeaders(response)).toMatchObject({
      'access-control-allow-headers': 'Content-Type, Authorization, X-Member',
      'access-control-max-age': '5',
    });
    expect(response.headers.has('Access-Control-Allow-Credentials')).toBe(false);
  });

  it('refuses the preflight of any other', async () => {
    const handler = createTokenHandler({ ...options, cors: [PAGE] });
    const response = await handler(preflight('https://evil.example'));
    expect(response.status).toBe(403);
    expect(corsHeaders(response)).toEqual({});
    expect(await response.json()).toMatchObject({ errors: [{ code: 'origin-not-allowed' }] });
  });

  it('answers an OPTIONS that is no preflight', async () => {
    const response = await createTokenHandler(options)(new Request(ADDRESS, { method: 'OPTIONS' }));
    expect(response.status).toBe(204);
    expect(response.headers.get('Allow')).toBe('GET, POST, OPTIONS');
  });
});
