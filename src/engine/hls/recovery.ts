import { ErrorTypes, Events, type ErrorData } from 'hls.js';
import type Hls from 'hls.js';
import type { SignedStreamError } from '../../errors.js';
import { toSignedStreamError } from './errors.js';

/** The slice of hls.js that recovery needs. */
type Recoverable = Pick<
  Hls,
  | 'config'
  | 'hasEnoughToStart'
  | 'levels'
  | 'loadSource'
  | 'media'
  | 'off'
  | 'on'
  | 'recoverMediaError'
  | 'startLoad'
  | 'url'
>;

/** Time and chance, and where to say what is wrong. */
export interface RecoveryOptions {
  readonly report: (trouble: SignedStreamError | undefined) => void;
  readonly pause: (pauseMs: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
}

/**
 * Brings hls.js back after a fatal error: it has stopped loading by then, with what it has
 * buffered still playing. An episode ends on proof (a fragment has been buffered), not on hope.
 */
export function attachRecovery(hls: Recoverable, options: RecoveryOptions): () => void {
  const { report, pause, random } = options;
  const end = new AbortController();
  let attempt = 0;
  let mediaErrors = 0;
  let mediaErrorAtSeconds = 0;
  let waiting = false;

  const retryNetwork = async (): Promise<void> => {
    if (waiting) return;
    waiting = true;
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
    attempt += 1;
    await pause(pauseMs * (0.75 + random() / 2), end.signal);
    waiting = false;
    if (end.signal.aborted) return;
    if (hls.levels.length === 0 && hls.url !== null) hls.loadSource(hls.url);
    else hls.startLoad(findStart(hls));
  };

  const onError = (_event: Events.ERROR, data: ErrorData): void => {
    if (!data.fatal) return;
    const error = toSignedStreamError(data);
    if (error.code !== 'media-failed') {
      report(error);
      void retryNetwork();
    } else if (data.type === ErrorTypes.MEDIA_ERROR && mediaErrors < MOST_MEDIA_ERRORS) {
      mediaErrors += 1;
      mediaErrorAtSeconds = hls.media?.currentTime ?? 0;
      recoverMedia(hls);
    } else {
      report(error);
    }
  };
  const onBuffered = (): void => {
    // What can be buffered cannot always be decoded: it has to have played on.
    if ((hls.media?.currentTime ?? 0) > mediaErrorAtSeconds) mediaErrors = 0;
    if (attempt === 0) return;
    attempt = 0;
    report(undefined);
  };

  hls.on(Events.ERROR, onError);
  hls.on(Events.FRAG_BUFFERED, onBuffered);
  return () => {
    end.abort();
    hls.off(Events.ERROR, onError);
    hls.off(Events.FRAG_BUFFERED, onBuffered);
  };
}

/** hls.js goes on where it was, but forgets where it was to begin if it has had no media yet. */
function findStart({ hasEnoughToStart, media, config }: Recoverable): number {
  return hasEnoughToStart ? -1 : media?.currentTime || config.startPosition;
}

/** hls.js gives the video another source, by which it is paused and has its default speed again. */
function recoverMedia(hls: Recoverable): void {
  const { media } = hls;
  const held = media && { paused: media.paused, playbackRate: media.playbackRate };
  hls.recoverMediaError();
  if (media === null || held === null) return;
  media.playbackRate = held.playbackRate;
  if (!held.paused) media.play().catch(() => {});
}

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
const MOST_MEDIA_ERRORS = 2;
