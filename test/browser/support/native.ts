/** Whether the browser plays HLS by itself. */
export const playsHls =
  document.createElement('video').canPlayType('application/vnd.apple.mpegurl') !== '';

/** Makes the browser what one without MediaSource is: there, hls.js cannot play. */
export function forgetMediaSource(): void {
  for (const name of ['MediaSource', 'ManagedMediaSource', 'WebKitMediaSource']) {
    Reflect.deleteProperty(globalThis, name);
  }
}
