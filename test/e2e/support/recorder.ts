/** What a page saw of an element: an event, and where playback stood at that moment. */
export interface SeenEvent {
  /** The element's `id`. */
  readonly id: string;
  readonly type: string;
  /** Milliseconds of the page's monotonic clock, as it really is. */
  readonly atMs: number;
  readonly position: number;
  readonly paused: boolean;
  /** The code of an error, the reason of a token. */
  readonly detail: string | undefined;
}

declare global {
  interface Window {
    /** Everything seen so far, oldest first. */
    seenEvents: SeenEvent[];
  }
}

/** To be run in the page before anything else: keeps all events of all `<signed-stream>`s. */
export function recordEvents(): void {
  const types = [
    ...['abort', 'canplay', 'canplaythrough', 'durationchange', 'emptied', 'ended', 'error'],
    ...['loadeddata', 'loadedmetadata', 'loadstart', 'pause', 'play', 'playing', 'progress'],
    ...['ratechange', 'resize', 'seeked', 'seeking', 'stalled', 'suspend', 'timeupdate'],
    ...['volumechange', 'waiting', 'tokenchange', 'tokenerror'],
  ];
  const now = performance.now.bind(performance);
  window.seenEvents = [];
  const record = (event: Event): void => {
    const element = event.target;
    if (!(element instanceof HTMLElement) || element.localName !== 'signed-stream') return;
    const media = element as unknown as Pick<HTMLVideoElement, 'currentTime' | 'paused'>;
    const more = event as { readonly reason?: string; readonly error?: { readonly code: string } };
    window.seenEvents.push({
      id: element.id,
      type: event.type,
      atMs: now(),
      position: media.currentTime,
      paused: media.paused,
      detail: more.error?.code ?? more.reason,
    });
  };
  // They do not bubble, but on the way down every listener hears them.
  for (const type of types) document.addEventListener(type, record, true);
}
