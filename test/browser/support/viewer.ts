import { VIEWER_PATH } from './viewer-path.js';

/** Clicks on the middle of an element, as a viewer does. */
export async function clickOn(element: Element): Promise<void> {
  element.scrollIntoView({ block: 'center' });
  const { left, top, width, height } = element.getBoundingClientRect();
  const url = new URL(VIEWER_PATH, location.origin);
  const session = new URLSearchParams(location.search).get('wtr-session-id');
  url.searchParams.set('session', session ?? '');
  url.searchParams.set('x', String(Math.round(left + width / 2)));
  url.searchParams.set('y', String(Math.round(top + height / 2)));
  const response = await fetch(url, { method: 'POST' });
  if (!response.ok) throw new Error(`The viewer did not click (${response.status}).`);
}
