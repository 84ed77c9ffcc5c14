import { AdBreak } from './ad-break.js';
import { FrameMirror } from './frame-mirror.js';
import { Playback } from './playback.js';
import { parsePlayerParams } from './player-params.js';
import type { PlayerSettings } from './protocol.js';

const video = findElement('video');
const alertText = findElement('p');
const params = parsePlayerParams(new URL(location.href));
const { id, startSeconds, isDvr } = params;

/** What the media element itself does not know. */
const look = {
  adUrl: params.adUrl,
  defaultTextTrack: params.defaultTextTrack,
  letterboxColor: '',
  primaryColor: '',
};

const playback = new Playback(video, {
  isDvr,
  defaultTextTrack: () => look.defaultTextTrack,
  onFailed: fail,
});
const mirror = new FrameMirror(video, look, {
  onSettings: applySettings,
  onLoad: (nextId) => load(nextId),
});
const adBreak = new AdBreak(video, {
  url: () => look.adUrl,
  onEvent: (name) => mirror.postEvent(name),
});

applySettings(params);
mirror.postReady();
const { refusal } = document.body.dataset;
if (refusal === undefined) load(id, startSeconds);
else fail(refusal);

function load(nextId: string, fromSeconds?: number): void {
  alertText.hidden = true;
  video.poster = params.poster || `/${nextId}/thumbnails/thumbnail.jpg?time=0s&height=600`;
  adBreak.reset();
  playback.load(nextId, fromSeconds);
}

function fail(message: string): void {
  alertText.textContent = message;
  alertText.hidden = false;
  mirror.postEvent('error');
}

function applySettings(settings: Readonly<Partial<PlayerSettings>>): void {
  const { adUrl, defaultTextTrack, letterboxColor, primaryColor } = settings;
  const { autoplay, controls, currentTime, loop, muted } = settings;
  const { playbackRate, poster, preload, volume } = settings;
  if (adUrl !== undefined) look.adUrl = adUrl;
  if (defaultTextTrack !== undefined) look.defaultTextTrack = defaultTextTrack;
  if (letterboxColor !== undefined) {
    look.letterboxColor = letterboxColor;
    setColor('--letterbox', letterboxColor);
  }
  if (primaryColor !== undefined) {
    look.primaryColor = primaryColor;
    setColor('--primary', primaryColor);
  }
  if (autoplay !== undefined) video.autoplay = autoplay;
  if (controls !== undefined) video.controls = controls;
  if (currentTime !== undefined) video.currentTime = currentTime;
  if (loop !== undefined) video.loop = loop;
  if (muted !== undefined) video.muted = muted;
  if (playbackRate !== undefined) video.playbackRate = playbackRate;
  if (poster !== undefined) video.poster = poster;
  if (volume !== undefined) video.volume = volume;
  if (preload === 'none' || preload === 'metadata' || preload === 'auto') video.preload = preload;
}

function setColor(property: string, color: string): void {
  if (color === '') document.documentElement.style.removeProperty(property);
  else document.documentElement.style.setProperty(property, color);
}

function findElement<K extends 'video' | 'p'>(name: K): HTMLElementTagNameMap[K] {
  const element = document.querySelector(name);
  if (!element) throw new Error(`The player's page has no ${name}`);
  return element;
}
