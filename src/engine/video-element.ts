import { toPreload } from './data-saver.js';
import type { PlayerSettings } from './engine.js';

/** Makes the `<video>` of an engine that plays in the page itself. */
export function createVideo(settings: PlayerSettings): HTMLVideoElement {
  const video = document.createElement('video');
  video.part.add('video');
  video.muted = settings.muted;
  applySettings(video, settings);
  return video;
}

/** Brings attributes up to date that need no new player. `muted` is a default, so it is left. */
export function applySettings(video: HTMLVideoElement, settings: PlayerSettings): void {
  video.autoplay = settings.autoplay;
  video.controls = settings.controls;
  video.loop = settings.loop;
  video.playsInline = settings.playsinline;
  video.preload = toPreload(settings);
  video.defaultMuted = settings.muted;
  video.ariaLabel = settings.title;
  const { poster } = settings;
  // The video's own picture, which is shown from memory, is put there by `showThumbnail`.
  const isOwn = poster === '' && video.poster.startsWith('blob:');
  if (poster !== '' && poster !== 'none') video.poster = poster;
  else if (!isOwn) video.removeAttribute('poster');
}
