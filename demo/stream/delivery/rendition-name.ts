import { createHash, createHmac, randomInt } from 'node:crypto';
import type { StreamState } from '../stream-state.js';

/** A rendition: one media playlist of a video. */
export interface Rendition {
  readonly track: 'video' | 'audio' | 'text';
  readonly name: string;
}

const NAME = /^stream_t([0-9a-f]{32})_r(\d+)\.m3u8$/;
const MAC_DIGITS = 8;

/**
 * The part of a rendition's name that changes at every fetch of the multivariant playlist. It ends
 * in digits that only this server could have written for this id, so that a name can be bound to
 * the token it was handed to without keeping a list.
 */
export function createRevision(state: StreamState, id: string): string {
  const nonce = String(randomInt(1_000_000, 10_000_000));
  return nonce + macDigits(state, id, nonce);
}

/** Whether this revision was handed to whoever asked with this id. */
export function isRevisionFor(state: StreamState, id: string, revision: string): boolean {
  const nonce = revision.slice(0, -MAC_DIGITS);
  return nonce !== '' && revision.slice(-MAC_DIGITS) === macDigits(state, id, nonce);
}

export function buildRenditionName(uid: string, rendition: Rendition, revision: string): string {
  return `stream_t${toRenditionHash(uid, rendition)}_r${revision}.m3u8`;
}

/** The rendition of this video that a playlist's name stands for. */
export function parseRenditionName(
  uid: string,
  fileName: string,
  renditions: readonly Rendition[],
): { rendition: Rendition; revision: string } | undefined {
  const [, hash, revision] = NAME.exec(fileName) ?? [];
  const rendition = renditions.find((candidate) => toRenditionHash(uid, candidate) === hash);
  return rendition && revision !== undefined ? { rendition, revision } : undefined;
}

function toRenditionHash(uid: string, { track, name }: Rendition): string {
  return createHash('md5').update(`${uid}/${track}/${name}`).digest('hex');
}

function macDigits(state: StreamState, id: string, nonce: string): string {
  const mac = createHmac('sha256', state.urlSecret).update(`${nonce}/${id}`).digest();
  return String(mac.readUInt32BE() % 10 ** MAC_DIGITS).padStart(MAC_DIGITS, '0');
}
