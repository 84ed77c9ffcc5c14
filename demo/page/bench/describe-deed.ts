import type { Deed, DeedName } from '../link/deeds.js';
import type { FaultName } from '../link/fault-texts.js';

/** What was done, for the timeline. */
export function describeDeed(deed: Deed): string {
  if (!('text' in deed)) return DEEDS[deed.name];
  return `${FAULTS[deed.name]}: ${deed.text === '' ? 'back to normal' : deed.text}`;
}

const DEEDS: Readonly<Record<DeedName, string>> = {
  'refuse-segment': 'a segment refused',
  'revoke-key': 'the key revoked',
  hide: 'the page hidden',
  show: 'the page shown',
  freeze: 'the page frozen',
  remove: 'the players removed',
  'put-back': 'the players put back',
};

const FAULTS: Readonly<Record<FaultName, string>> = {
  endpoint: 'token endpoint',
  access: 'access',
  delivery: 'delivery',
  link: 'link in kb/s',
  'viewer-clock': 'viewer’s clock, seconds ahead',
  'server-clock': 'endpoint’s clock, seconds ahead',
};
