import type { SignedStreamElement } from '../../../src/index.js';
import { localStream } from './local-stream.js';

/** What every element needs here; an empty text is an attribute that stands for itself. */
export function setUp<T extends SignedStreamElement>(
  element: T,
  uid: string,
  attributes: Readonly<Record<string, string>> = {},
): T {
  const all = {
    'video-id': uid,
    'token-endpoint': `${localStream.tokenEndpoint}?lifetime=600`,
    'delivery-origin': localStream.origins.delivery,
    'sdk-url': localStream.sdkUrl,
    style: 'width: 320px',
    ...attributes,
  };
  for (const [name, value] of Object.entries(all)) element.setAttribute(name, value);
  return element;
}

/** An element that is not in the page yet. The page has to define it. */
export function createElement(
  uid: string,
  attributes?: Readonly<Record<string, string>>,
): SignedStreamElement {
  return setUp(document.createElement('signed-stream'), uid, attributes);
}

/** Resolves with the next event of that type. */
export function nextEvent(target: EventTarget, type: string): Promise<Event> {
  return new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));
}
