import type { DemoConfig } from '../../shared/demo-config.js';
import { formatDeed, type Deed } from './deeds.js';
import { toFaultTexts, type FaultName } from './fault-texts.js';
import type { Link } from './link.js';

/** What a link asks for and this demo cannot do, in words: some of it only the local Stream can. */
export function findUnavailable({ faults, deeds }: Link, config: DemoConfig): readonly string[] {
  const texts = faults ? Object.entries(toFaultTexts(faults)) : [];
  return [
    ...texts
      .filter(([name, text]) => text !== '' && !canBreak(name as FaultName, text, config))
      .map(([name, text]) => `“${name}=${text}” cannot be done here.`),
    ...deeds
      .filter(({ deed }) => !canDo(deed, config))
      .map(({ deed }) => `“do=${formatDeed(deed)}” cannot be done here.`),
  ];
}

export function canDo(deed: Deed, config: DemoConfig): boolean {
  if ('text' in deed) return deed.text === '' || canBreak(deed.name, deed.text, config);
  return config.mode === 'local' || !ONLY_LOCAL.includes(deed.name);
}

function canBreak(name: FaultName, text: string, { mode, endpointFaults }: DemoConfig): boolean {
  switch (name) {
    case 'endpoint':
      return endpointFaults.some((fault) => fault === text);
    case 'access':
      return endpointFaults.length > 0 && (text !== 'revoked' || mode === 'local');
    case 'server-clock':
      return endpointFaults.length > 0;
    default:
      return mode === 'local';
  }
}

const ONLY_LOCAL: readonly string[] = ['refuse-segment', 'revoke-key'];
