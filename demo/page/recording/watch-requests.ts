import type { DemoConfig } from '../../shared/demo-config.js';
import type { LoggedRequest, RequestKind } from '../../stream/state/request-log.js';
import type { LaneId, Recording, RequestSpan, RequestType } from './recording.js';

/**
 * Records requests: those to the local Stream as it tells of them, others as the browser does.
 * `getEndpoint` gives the address of the token endpoint in use.
 */
export function watchRequests(
  recording: Recording,
  config: DemoConfig,
  getEndpoint: () => string | undefined,
): void {
  recording.lane('page').isOpen = true;
  const told = config.requestEventsUrl === undefined ? [] : listOrigins(config);
  if (config.requestEventsUrl !== undefined) {
    const secondHost = config.secondOrigin && new URL(config.secondOrigin).host;
    const source = new EventSource(config.requestEventsUrl);
    source.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const request = JSON.parse(data) as LoggedRequest;
      const span = toSpan(request, performance.now());
      if (span) recording.lane(findLane(request, secondHost)).requests.push(span);
    });
  }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntriesByType('resource')) {
      if (!(entry instanceof PerformanceResourceTiming)) continue;
      const url = new URL(entry.name);
      const type = told.includes(url.origin) ? undefined : findType(url, getEndpoint());
      if (!type) continue;
      recording.lane(findPageLane(url, type, config)).requests.push(describeEntry(entry, type));
    }
  }).observe({ type: 'resource', buffered: true });
}

function listOrigins({ deliveryOrigin, secondOrigin }: DemoConfig): readonly string[] {
  return [deliveryOrigin, secondOrigin].filter((origin) => origin !== undefined);
}

/** Stream's frame asks its own origin, for which a browser sends no `Origin`. */
function findLane({ kind, host, from }: LoggedRequest, secondHost: string | undefined): LaneId {
  if (TYPES[kind] === 'player') return 'iframe';
  if (host === secondHost) return 'reload';
  return from === undefined ? 'iframe' : 'hls';
}

function toSpan(request: LoggedRequest, nowMs: number): RequestSpan | undefined {
  const { kind, segment, status, state, bytes, at, endedAt = at } = request;
  const type = TYPES[kind];
  if (!type) return undefined;
  return {
    fromMs: nowMs - (endedAt - at),
    toMs: nowMs,
    type,
    what: segment === undefined ? NAMES[kind] : `segment ${segment}`,
    status,
    isBroken: state === 'broken',
    bytes,
  };
}

/** What the API is asked for is behind the token endpoint, and not the page's. */
const TYPES: Readonly<Record<RequestKind, RequestType | undefined>> = {
  multivariant: 'playlist',
  rendition: 'playlist',
  init: 'media',
  segment: 'media',
  captions: 'other',
  thumbnail: 'other',
  download: 'other',
  lifecycle: 'other',
  player: 'player',
  'player-script': 'player',
  sdk: 'player',
  'api-token': undefined,
  'api-keys': undefined,
  'api-video': undefined,
  preflight: 'other',
  other: undefined,
};

const NAMES: Readonly<Record<RequestKind, string>> = {
  multivariant: 'multivariant playlist',
  rendition: 'rendition’s playlist',
  init: 'start of a rendition',
  segment: 'segment',
  captions: 'captions',
  thumbnail: 'thumbnail',
  download: 'download',
  lifecycle: 'live status',
  player: 'Stream’s player',
  'player-script': 'script of Stream’s player',
  sdk: 'SDK of Stream’s player',
  'api-token': 'token of the API',
  'api-keys': 'keys of the API',
  'api-video': 'video of the API',
  preflight: 'preflight',
  other: 'something else',
};

/** By the shape of an address: Stream's are the same everywhere, and never the page's own. */
function findType(url: URL, endpoint: string | undefined): RequestType | undefined {
  const { origin, pathname } = url;
  if (pathname === '/api/own/token' || isAt(url, endpoint)) return 'token';
  if (origin === location.origin) return undefined;
  if (pathname.endsWith('.m3u8')) return 'playlist';
  return /\.(?:mp4|m4[as]|ts)$/.test(pathname) ? 'media' : undefined;
}

/** Whether an address is the endpoint's, whatever video is asked for. */
function isAt({ origin, pathname }: URL, endpoint: string | undefined): boolean {
  if (endpoint === undefined) return false;
  const [before = '', after = ''] = endpoint.split('{video-id}', 2);
  const start = new URL(before, location.href);
  if (start.origin !== origin) return false;
  return after === '' ? start.pathname === pathname : pathname.startsWith(start.pathname);
}

function findPageLane(
  { origin, searchParams }: URL,
  type: RequestType,
  { secondOrigin }: DemoConfig,
): LaneId {
  if (searchParams.get('for') === 'reload' || origin === secondOrigin) return 'reload';
  return type === 'token' ? 'page' : 'hls';
}

function describeEntry(entry: PerformanceResourceTiming, type: RequestType): RequestSpan {
  const { startTime, responseEnd, duration, responseStatus, encodedBodySize } = entry;
  return {
    fromMs: startTime,
    toMs: responseEnd > 0 ? responseEnd : startTime + duration,
    type,
    what: type === 'media' ? 'media' : type,
    // Some browsers do not tell.
    status: responseStatus || 0,
    isBroken: responseStatus === 0,
    bytes: encodedBodySize || undefined,
  };
}
