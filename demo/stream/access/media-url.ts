import { createHmac, timingSafeEqual } from 'node:crypto';
import type { StreamState } from '../stream-state.js';
import type { AccessRule } from './access-rules.js';
import {
  authorize,
  checkPlayable,
  checkViewer,
  findByUid,
  type Access,
  type Requester,
} from './authorize.js';
import { Refusal } from './refusal.js';
import { isTokenLike, type TokenGrant } from './verify-token.js';

/** One thing a signed media URL can stand for. */
export interface MediaResource {
  readonly type: 'init' | 'segment' | 'text' | 'download';
  readonly track: 'video' | 'audio' | 'text' | 'mp4';
  readonly rendition: string;
  readonly segment?: number;
}

/** The query's `p`: what the URL is for, and what must hold for it to be good. */
interface MediaPolicy extends MediaResource {
  readonly videoID: string;
  readonly ownerID: string;
  /** Only together with this token in the path. */
  readonly tokenID?: string;
  /** The limits of the token that fetched the playlist, where the path does not carry it. */
  readonly limits?: {
    readonly keyID: string;
    readonly expiry?: number;
    readonly accessRules?: readonly AccessRule[];
  };
}

/** The path's first part for media of a playlist that was fetched with `id`. */
export function toMediaPathId(access: Access, id: string): string {
  return access.video.segmentAuth === 'own-signature' ? access.video.uid : id;
}

/** `p=…&s=…` for a resource that was asked for with this access. */
export function signMediaQuery(
  state: StreamState,
  { video, grant }: Access,
  resource: MediaResource,
): string {
  const ownLimits = video.segmentAuth === 'own-signature' || resource.type === 'download';
  const policy: MediaPolicy = {
    ...resource,
    videoID: video.uid,
    ownerID: state.accountId,
    ...(grant && video.segmentAuth === 'token-bound-media' && !ownLimits
      ? { tokenID: grant.tokenId }
      : {}),
    ...(grant && ownLimits ? { limits: toLimits(grant) } : {}),
  };
  const p = Buffer.from(JSON.stringify(policy)).toString('base64url');
  return `p=${p}&s=${sign(state, p)}`;
}

/** Checks a media request: the token in its path if there is one, and its signed query. */
export async function authorizeMedia(
  state: StreamState,
  id: string,
  resource: MediaResource,
  query: { readonly p?: string; readonly s?: string },
  requester: Requester,
): Promise<Access> {
  if (isTokenLike(id)) {
    const access = await authorize(state, id, requester);
    const policy = verifyPolicy(state, access.video.uid, resource, query);
    if (policy.tokenID !== undefined && policy.tokenID !== access.grant?.tokenId) {
      throw new Refusal(403, 'This address belongs to another token');
    }
    return access;
  }
  const video = findByUid(state, id);
  const policy =
    query.p === undefined ? undefined : verifyPolicy(state, video.uid, resource, query);
  if (video.requireSignedURLs && !policy?.limits) {
    throw new Refusal(401, 'This video needs a signed token');
  }
  if (!policy) throw new Refusal(403, 'Signature is missing');
  checkLimits(state, policy);
  checkViewer(state, video, policy.limits?.accessRules ?? [], requester);
  checkPlayable(video);
  return { video, grant: undefined };
}

function verifyPolicy(
  state: StreamState,
  uid: string,
  resource: MediaResource,
  { p, s }: { readonly p?: string; readonly s?: string },
): MediaPolicy {
  if (p === undefined || s === undefined) throw new Refusal(403, 'Signature is missing');
  const expected = Buffer.from(sign(state, p));
  const given = Buffer.from(s);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
    throw new Refusal(403, 'Signature is invalid');
  }
  // Its own signature proves that this server wrote it, so its form needs no check.
  const policy = JSON.parse(Buffer.from(p, 'base64url').toString()) as MediaPolicy;
  const isForThis =
    policy.videoID === uid &&
    policy.type === resource.type &&
    policy.track === resource.track &&
    policy.rendition === resource.rendition &&
    policy.segment === resource.segment;
  if (!isForThis) throw new Refusal(403, 'Signature is for something else');
  return policy;
}

function checkLimits(state: StreamState, { limits }: MediaPolicy): void {
  if (!limits) return;
  if (!state.keys.find(limits.keyID)) throw new Refusal(403, 'Signature has been revoked');
  if (limits.expiry !== undefined && state.clock.nowSeconds() >= limits.expiry) {
    throw new Refusal(403, 'Signature has expired');
  }
}

function toLimits(grant: TokenGrant): NonNullable<MediaPolicy['limits']> {
  return {
    keyID: grant.keyId,
    ...(grant.expSeconds === undefined ? {} : { expiry: grant.expSeconds }),
    ...(grant.accessRules.length === 0 ? {} : { accessRules: grant.accessRules }),
  };
}

function sign(state: StreamState, p: string): string {
  return createHmac('sha256', state.urlSecret).update(p).digest('base64url');
}
