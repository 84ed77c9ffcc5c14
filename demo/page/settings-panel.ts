import { SEGMENT_AUTHS } from '../shared/demo-config.js';
import { choose, find } from './find.js';
import { DEFAULT_SETTINGS, formatSettings, parseSettings, type Settings } from './settings.js';

/** Ties the form, the address and the page together; calls back at once and at each change. */
export function startSettingsPanel(onChange: (settings: Settings) => void): void {
  const form = find('#settings', HTMLFormElement);
  const apply = (): void => {
    const settings = parseSettings(location.search);
    showSettings(form, settings);
    onChange(settings);
  };
  form.addEventListener('change', () => {
    const query = formatSettings(readSettings(form));
    history.pushState(null, '', `${location.pathname}${query}${location.hash}`);
    apply();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('popstate', apply);
  apply();
}

function showSettings(form: HTMLFormElement, settings: Settings): void {
  choose(form, 'lifetime', String(settings.lifetimeSeconds));
  choose(form, 'player', settings.player);
  choose(form, 'auth', settings.auth);
  choose(form, 'video', settings.live ? 'live' : 'vod');
  choose(form, 'exp', settings.stringTimes ? 'string' : '');
}

function readSettings(form: HTMLFormElement): Settings {
  const data = new FormData(form);
  const player = data.get('player');
  return {
    player: player === 'iframe' || player === 'hls' ? player : 'both',
    lifetimeSeconds: Number(data.get('lifetime') ?? DEFAULT_SETTINGS.lifetimeSeconds),
    auth: SEGMENT_AUTHS.find((name) => name === data.get('auth')) ?? DEFAULT_SETTINGS.auth,
    live: data.get('video') === 'live',
    stringTimes: data.has('exp'),
  };
}
