import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EndpointFault, Faults } from '../shared/faults.js';
import type { LocalStream } from '../stream/start.js';
import { sendJson } from './send-json.js';
import type { IssuedAnswer, TokenIssuer } from './token-issuer.js';

export interface TokenEndpointOptions {
  readonly issuer: TokenIssuer;
  /** Signs what the API would not: tokens with text times, expired ones, others' ones. */
  readonly stream: LocalStream | undefined;
  /** Read at each request. */
  readonly faults: () => Faults;
}

interface TokenQuery {
  readonly videoId: string;
  readonly lifetimeSeconds: number;
  /** Times as text, as in the vendor's sample token. */
  readonly hasStringTimes: boolean;
}

/**
 * The page's token endpoint: `?video-id=…&lifetime=10`. A site of your own would first look whether
 * its visitor may watch the video, and would not let the page choose the lifetime.
 */
export function createTokenEndpoint({ issuer, stream, faults }: TokenEndpointOptions) {
  const lastAnswers = new Map<string, IssuedAnswer>();
  const nowMs = (): number => issuer.nowMs() + faults().endpointClockSeconds * 1000;

  const issue = async (query: TokenQuery): Promise<IssuedAnswer> => {
    const nowSeconds = Math.floor(nowMs() / 1000);
    const expSeconds = nowSeconds + query.lifetimeSeconds;
    if (!query.hasStringTimes || !stream) {
      return issuer.ask({ videoId: query.videoId, expSeconds });
    }
    return toAnswer(
      await stream.signToken({
        sub: query.videoId,
        exp: String(expSeconds),
        nbf: String(nowSeconds - HOUR_SECONDS),
      }),
    );
  };

  const issueFaulty = async (
    query: TokenQuery,
    thrown: EndpointFault | null,
  ): Promise<IssuedAnswer> => {
    const { videoId, lifetimeSeconds } = query;
    const nowSeconds = Math.floor(nowMs() / 1000);
    if (thrown === 'expired' && stream) {
      return toAnswer(await stream.signToken({ sub: videoId, exp: nowSeconds - MINUTE_SECONDS }));
    }
    if (thrown === 'wrong-video' && stream) {
      const other = stream.videos.find(({ uid }) => uid !== videoId)?.uid ?? '';
      return issue({ ...query, videoId: other });
    }
    if (thrown === 'not-yet-valid') {
      const nbfSeconds = nowSeconds + NOT_YET_SECONDS;
      return issuer.ask({ videoId, nbfSeconds, expSeconds: nbfSeconds + lifetimeSeconds });
    }
    const last = lastAnswers.get(videoId);
    const answer = thrown === 'same-token' && last ? last : await issue(query);
    lastAnswers.set(videoId, answer);
    return answer;
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('date', new Date(nowMs()).toUTCString());
    response.setHeader('cache-control', 'private, no-store');
    const { endpoint: thrown, access } = faults();
    if (access !== null) {
      sendJson(response, 403, { error: 'You may not watch this video any more' });
      return;
    }
    if (applyTransportFault(thrown, response)) return;
    const query = readQuery(request);
    if (!query) {
      sendJson(response, 400, { error: 'Say which video: ?video-id=…' });
      return;
    }
    try {
      const answer = await issueFaulty(query, thrown);
      response.statusCode = answer.status;
      response.setHeader('content-type', answer.contentType);
      response.end(answer.body);
    } catch {
      sendJson(response, 502, { error: 'The Stream API could not be reached' });
    }
  };
}

/** Faults in which no token is made; true where the request is dealt with. */
function applyTransportFault(fault: EndpointFault | null, response: ServerResponse): boolean {
  switch (fault) {
    case 'status-500':
      sendJson(response, 500, { error: 'Internal Server Error' });
      return true;
    case 'status-429':
      response.setHeader('retry-after', String(RETRY_AFTER_SECONDS));
      sendJson(response, 429, { error: 'Too Many Requests' });
      return true;
    case 'html':
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end('<!doctype html><title>Log in</title><h1>Please log in</h1>');
      return true;
    case 'no-token':
      sendJson(response, 200, { result: {}, success: true, errors: [], messages: [] });
      return true;
    case 'hang':
      return true;
    case 'drop':
      response.destroy();
      return true;
    default:
      return false;
  }
}

function readQuery(request: IncomingMessage): TokenQuery | undefined {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const videoId = searchParams.get('video-id') ?? '';
  if (!/^[\w-]+$/.test(videoId)) return undefined;
  const lifetime = Number(searchParams.get('lifetime') ?? HOUR_SECONDS);
  const isUsable = Number.isInteger(lifetime) && lifetime > 0 && lifetime <= 24 * HOUR_SECONDS;
  return {
    videoId,
    lifetimeSeconds: isUsable ? lifetime : HOUR_SECONDS,
    hasStringTimes: searchParams.get('exp') === 'string',
  };
}

function toAnswer(token: string): IssuedAnswer {
  const envelope = { result: { token }, success: true, errors: [], messages: [] };
  return { status: 200, contentType: 'application/json', body: JSON.stringify(envelope) };
}

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3600;
const NOT_YET_SECONDS = 8;
const RETRY_AFTER_SECONDS = 3;
