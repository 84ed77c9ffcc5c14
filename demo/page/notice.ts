import type { DemoConfig } from '../shared/demo-config.js';
import { find } from './find.js';

const VARIABLES = [
  'STREAM_ACCOUNT_ID',
  'STREAM_API_TOKEN',
  'STREAM_VIDEO_ID',
  'STREAM_CUSTOMER_CODE',
];

/** Says what plays here, and what to set to play a video of one's own. */
export function showMode({ mode, missingVariables, backend }: DemoConfig): void {
  for (const node of document.querySelectorAll<HTMLElement>('[data-only="local"]')) {
    if (mode !== 'local') node.remove();
  }
  const note = find('#source-note', HTMLElement);
  if (backend) showLogIn(backend);
  if (mode === 'account') {
    note.textContent = 'Plays your account’s video; its tokens come from the Stream API.';
    return;
  }
  note.append(
    mode === 'local'
      ? 'Plays from a local Stream, a strict imitation of Cloudflare’s. To play your account’s video, set '
      : 'To play from a local Stream, unset all of ',
    ...listCodes(VARIABLES),
    ' and start again.',
  );
  if (mode === 'incomplete') showMissing(missingVariables);
}

const BACKEND_NAMES = { node: 'Node server', worker: 'Worker' };

function showLogIn({ name, password }: NonNullable<DemoConfig['backend']>): void {
  const link = document.createElement('a');
  link.href = `/login?next=${encodeURIComponent(location.href)}`;
  link.textContent = 'Log in';
  find('#notice-title', HTMLElement).textContent = `Tokens from the ${BACKEND_NAMES[name]}`;
  find('#notice-text', HTMLElement).replaceChildren(
    'Only members get one, for a minute each. ',
    link,
    ' with any name and the password ',
    ...listCodes([password]),
    '.',
  );
  find('#notice', HTMLElement).hidden = false;
}

function showMissing(missingVariables: readonly string[]): void {
  find('#notice-title', HTMLElement).textContent = 'Almost there';
  find('#notice-text', HTMLElement).replaceChildren(
    'Your account’s video plays here as soon as the environment has ',
    ...listCodes(missingVariables),
    ' too. Set what is missing, and start again.',
  );
  find('#notice', HTMLElement).hidden = false;
  for (const selector of ['#players', '#settings', '#timeline', '#faults', '#log', '#own']) {
    find(selector, HTMLElement).hidden = true;
  }
}

function listCodes(names: readonly string[]): (Node | string)[] {
  return names.flatMap((name, index) => {
    const code = document.createElement('code');
    code.textContent = name;
    if (index === 0) return [code];
    return [index === names.length - 1 ? ' and ' : ', ', code];
  });
}
