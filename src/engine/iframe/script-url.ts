import { VENDOR_SDK_URL } from '../../delivery/sdk-url.js';

/**
 * The address of a script in the form that a page with Trusted Types wants it
 * (https://www.w3.org/TR/trusted-types/). Only the vendor's own is vouched for, by the policy
 * `signed-stream`: an `sdk-url` is markup, and whoever can write markup must not get to run a script
 * that way. Any other address is left to the `default` policy of the page.
 *
 * @throws TypeError where the page allows no policy of that name
 */
export function toScriptUrl(url: string): string {
  const factory: unknown = Reflect.get(globalThis, 'trustedTypes');
  if (url !== VENDOR_SDK_URL || !isPolicyFactory(factory)) return url;
  const trusted = sharePolicy(factory).createScriptURL(url);
  // Another one may stand there that is not of this package: it is believed no more than a page.
  if (''.concat(trusted) !== VENDOR_SDK_URL) throw new TypeError('This is not the Stream SDK.');
  return trusted;
}

/**
 * One for all copies of this package in a page: a second of its name is refused. Whoever finds it
 * can have it vouch for nothing but the vendor's SDK.
 */
function sharePolicy(factory: PolicyFactory): Policy {
  const known: unknown = Reflect.get(globalThis, SHARED);
  if (isPolicy(known)) return known;
  const policy = factory.createPolicy('signed-stream', { createScriptURL: () => VENDOR_SDK_URL });
  Object.defineProperty(globalThis, SHARED, { value: policy });
  return policy;
}

const SHARED = Symbol.for('signed-stream.script-url-policy');

/** As much of Trusted Types as is used; TypeScript's own library has nothing of them. */
interface PolicyFactory {
  createPolicy(name: string, rules: Policy): Policy;
}

interface Policy {
  /** A `TrustedScriptURL` outside of the rules; it goes where a string does. */
  createScriptURL(url: string): string;
}

function isPolicy(value: unknown): value is Policy {
  return typeof value === 'object' && value !== null && 'createScriptURL' in value;
}

function isPolicyFactory(value: unknown): value is PolicyFactory {
  return typeof value === 'object' && value !== null && 'createPolicy' in value;
}
