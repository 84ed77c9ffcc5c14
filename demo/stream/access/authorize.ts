import type { VideoSettings } from '../state/videos.js';
import type { StreamState } from '../stream-state.js';
import { isAllowed, type AccessRule, type Viewer } from './access-rules.js';
import { isOriginAllowed } from './allowed-origins.js';
import { Refusal } from './refusal.js';
import { isTokenLike, verifyToken, type TokenGrant } from './verify-token.js';

/** Who asks, and from which page. */
export interface Requester extends Viewer {
  /** `Origin`, else `Referer`, where the browser sent one. */
  readonly origin: string | undefined;
}

/** A video that may be served, and the token it was asked for with. */
export interface Access {
  readonly video: VideoSettings;
  /** Absent where a public video was asked for by its uid. */
  readonly grant: TokenGrant | undefined;
}

/** Checks everything that stands between a request and a video's media; `id` is a uid or a token. */
export async function authorize(
  state: StreamState,
  id: string,
  requester: Requester,
): Promise<Access> {
  const access = await authorizeViewer(state, id, requester);
  checkPlayable(access.video);
  return access;
}

/** As `authorize`, whether or not there is something to play. */
export async function authorizeViewer(
  state: StreamState,
  id: string,
  requester: Requester,
): Promise<Access> {
  const access = isTokenLike(id)
    ? await findByToken(state, id)
    : { video: findByUid(state, id), grant: undefined };
  if (!access.grant && access.video.requireSignedURLs) {
    throw new Refusal(401, 'This video needs a signed token');
  }
  checkViewer(state, access.video, access.grant?.accessRules ?? [], requester);
  return access;
}

/** Whether this viewer may see the video on this page, where the token itself is in order. */
export function checkViewer(
  state: StreamState,
  video: VideoSettings,
  rules: readonly AccessRule[],
  requester: Requester,
): void {
  if (!isAllowed(rules, requester)) throw new Refusal(403, 'Access rules refuse this viewer');
  if (!isPageAllowed(state, video, requester.origin)) {
    throw new Refusal(403, 'This origin may not show this video');
  }
}

export function checkPlayable({ state, kind }: VideoSettings): void {
  if (state === 'error') throw new Refusal(424, 'This video could not be processed');
  if (state === 'queued') {
    throw kind === 'live'
      ? new Refusal(204, 'The broadcast has not started')
      : new Refusal(404, 'This video is not ready');
  }
}

export function findByUid(state: StreamState, uid: string): VideoSettings {
  const video = state.videos.find(uid);
  if (!video) throw new Refusal(404, 'No such video');
  return video;
}

async function findByToken(state: StreamState, token: string): Promise<Access> {
  const grant = await verifyToken(token, state.keys, state.clock.nowSeconds());
  return { video: findByUid(state, grant.uid), grant };
}

/** Requests out of the player's own frame are the player's: its page was checked when it loaded. */
function isPageAllowed(
  state: StreamState,
  video: VideoSettings,
  origin: string | undefined,
): boolean {
  if (isOriginAllowed(video.allowedOrigins, origin)) return true;
  if (origin === undefined || !URL.canParse(origin)) return false;
  const { delivery, player } = state.origins;
  return [delivery, player].includes(new URL(origin).origin);
}
