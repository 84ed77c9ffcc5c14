import { SEGMENT_AUTHS } from '../shared/demo-config.js';
import { choose, find } from './find.js';
import { DEFAULT_SETTINGS, type Settings } from './settings.js';

/** Calls back with what is chosen in the form, at each change. */
export function listenToSettings(onChange: (settings: Settings) => void): void {
  const form = find('#settings', HTMLFormElement);
  form.addEventListener('change', () => onChange(readForm(form)));
  form.addEventListener('submit', (event) => event.preventDefault());
}

export function showSettings(settings: Settings): void {
  const form = find('#settings', HTMLFormElement);
  choose(form, 'lifetime', String(settings.lifetimeSeconds), (seconds) => `${seconds} s`);
  choose(form, 'player', settings.player);
  choose(form, 'auth', settings.auth);
  choose(form, 'video', settings.live ? 'live' : 'vod');
  choose(form, 'exp', settings.stringTimes ? 'string' : '');
  choose(form, 'beside', settings.beside ? 'on' : '');
}

function readForm(form: HTMLFormElement): Settings {
  const data = new FormData(form);
  const player = data.get('player');
  return {
    player: player === 'iframe' || player === 'hls' ? player : 'both',
    lifetimeSeconds: Number(data.get('lifetime') ?? DEFAULT_SETTINGS.lifetimeSeconds),
    auth: SEGMENT_AUTHS.find((name) => name === data.get('auth')) ?? DEFAULT_SETTINGS.auth,
    live: data.get('video') === 'live',
    stringTimes: data.has('exp'),
    beside: data.has('beside'),
  };
}
