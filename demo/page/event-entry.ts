import {
  SignedStreamErrorEvent,
  TokenChangeEvent,
  TokenErrorEvent,
  type SignedStreamElement,
} from '../../src/index.js';

export type EventGroup = 'token' | 'playback' | 'error' | 'frequent';

/** One line of the log. */
export interface EventEntry {
  readonly at: Date;
  readonly player: string;
  readonly type: string;
  readonly group: EventGroup;
  readonly detail: string;
}

/** Events of the element that the log can show. */
export const LOGGED_EVENTS: Readonly<Record<string, EventGroup>> = {
  tokenchange: 'token',
  tokenerror: 'error',
  error: 'error',
  loadstart: 'playback',
  loadedmetadata: 'playback',
  loadeddata: 'playback',
  canplay: 'playback',
  canplaythrough: 'playback',
  play: 'playback',
  playing: 'playback',
  pause: 'playback',
  waiting: 'playback',
  stalled: 'playback',
  seeking: 'playback',
  seeked: 'playback',
  ratechange: 'playback',
  volumechange: 'playback',
  durationchange: 'playback',
  resize: 'playback',
  emptied: 'playback',
  ended: 'playback',
  timeupdate: 'frequent',
  progress: 'frequent',
};

/** Says what is worth knowing of an event. No token is in it, as none is in the events. */
export function describeEvent(event: Event, element: SignedStreamElement, nowMs: number): string {
  if (event instanceof TokenChangeEvent) {
    const ends = event.expiresAt;
    const seconds = ends === null ? undefined : (ends.getTime() - nowMs) / 1000;
    return seconds === undefined ? event.reason : `${event.reason}, for ${seconds.toFixed(1)} s`;
  }
  if (event instanceof TokenErrorEvent) {
    const { error, attempt, willRetry } = event;
    const next = willRetry ? 'will ask again' : 'gives up';
    return `${error.code}${formatStatus(error.status)}, attempt ${attempt}, ${next}`;
  }
  if (event instanceof SignedStreamErrorEvent) {
    return `${event.error.code}${formatStatus(event.error.status)}`;
  }
  if (event.type === 'resize') return `${element.videoWidth} × ${element.videoHeight}`;
  if (event.type === 'durationchange') return `${element.duration.toFixed(1)} s`;
  if (event.type === 'volumechange') return element.muted ? 'muted' : element.volume.toFixed(2);
  if (event.type === 'ratechange') return `× ${element.playbackRate}`;
  return `at ${element.currentTime.toFixed(1)} s`;
}

function formatStatus(status: number | undefined): string {
  return status === undefined ? '' : ` (${status})`;
}
