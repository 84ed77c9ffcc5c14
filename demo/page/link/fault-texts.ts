import {
  ACCESS_FAULTS,
  DELIVERY_FAULTS,
  ENDPOINT_FAULTS,
  NO_FAULTS,
  type Faults,
} from '../../shared/faults.js';
import { parseWhole } from './parse-whole.js';
import type { QueryReader } from './query-reader.js';

/** Switches for what is broken, by the names that links and the page's form have for them. */
export const FAULT_NAMES = [
  'endpoint',
  'access',
  'delivery',
  'link',
  'viewer-clock',
  'server-clock',
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

export function isFaultName(name: string): name is FaultName {
  return FAULT_NAMES.some((each) => each === name);
}

/** Each fault as text; empty where nothing is wrong. */
export function toFaultTexts(faults: Faults): Readonly<Record<FaultName, string>> {
  const { endpoint, access, delivery, linkKbps, clockSkewSeconds, endpointClockSeconds } = faults;
  return {
    endpoint: endpoint ?? '',
    access: access ?? '',
    delivery: delivery ?? '',
    link: linkKbps === null ? '' : String(linkKbps),
    // What the viewer's clock is behind, the servers' clocks are ahead.
    'viewer-clock': clockSkewSeconds === 0 ? '' : String(-clockSkewSeconds),
    'server-clock': endpointClockSeconds === 0 ? '' : String(endpointClockSeconds),
  };
}

/** What a text changes; `undefined` where it is not understood. Empty, or `normal`: nothing wrong. */
export function parseFault(name: FaultName, text: string): Partial<Faults> | undefined {
  const isNormal = text === '' || text === 'normal';
  switch (name) {
    case 'endpoint': {
      const endpoint = isNormal ? null : ENDPOINT_FAULTS.find((each) => each === text);
      return endpoint === undefined ? undefined : { endpoint };
    }
    case 'access': {
      const access = isNormal ? null : ACCESS_FAULTS.find((each) => each === text);
      return access === undefined ? undefined : { access };
    }
    case 'delivery': {
      const delivery = isNormal ? null : DELIVERY_FAULTS.find((each) => each === text);
      return delivery === undefined ? undefined : { delivery };
    }
    case 'link': {
      const linkKbps = isNormal ? null : parseWhole(text, 1, FASTEST_KBPS);
      return linkKbps === undefined ? undefined : { linkKbps };
    }
    case 'viewer-clock': {
      const seconds = isNormal ? 0 : parseWhole(text, -MOST_SKEW_SECONDS, MOST_SKEW_SECONDS);
      return seconds === undefined ? undefined : { clockSkewSeconds: 0 - seconds };
    }
    case 'server-clock': {
      const seconds = isNormal ? 0 : parseWhole(text, -MOST_SKEW_SECONDS, MOST_SKEW_SECONDS);
      return seconds === undefined ? undefined : { endpointClockSeconds: seconds };
    }
  }
}

/** The faults that a link names; `undefined` where it names none. */
export function readFaults(reader: QueryReader): Faults | undefined {
  let faults: Faults | undefined;
  for (const name of FAULT_NAMES) {
    const parse = (text: string): Partial<Faults> | undefined => parseFault(name, text);
    const change = reader.value<Partial<Faults> | null>(name, parse, RULES[name], null);
    if (change) faults = { ...(faults ?? NO_FAULTS), ...change };
  }
  return faults;
}

export function writeFaults(faults: Faults): string[] {
  const texts = toFaultTexts(faults);
  return FAULT_NAMES.filter((name) => texts[name] !== '').map((name) => `${name}=${texts[name]}`);
}

const FASTEST_KBPS = 1_000_000;
const MOST_SKEW_SECONDS = 10 * 24 * 3600;

const RULES: Readonly<Record<FaultName, string>> = {
  endpoint: `one of ${ENDPOINT_FAULTS.join(', ')}`,
  access: `one of ${ACCESS_FAULTS.join(', ')}`,
  delivery: `one of ${DELIVERY_FAULTS.join(', ')}`,
  link: 'a speed in kb/s',
  'viewer-clock': 'seconds it is ahead, at most ten days',
  'server-clock': 'seconds it is ahead, at most ten days',
};
