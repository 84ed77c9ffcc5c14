import type { Fault } from '../state/faults.js';
import { REQUEST_KINDS, type RequestKind } from '../state/request-log.js';
import { BodyReader } from './body-reader.js';
import { ControlError } from './control-error.js';

const FIELDS = [
  'kind',
  'uid',
  'status',
  'headers',
  'body',
  'delayMs',
  'drop',
  'hang',
  'times',
] as const satisfies readonly (keyof Fault)[];

/** A fault out of a control request's body. */
export function parseFault(body: unknown): Fault {
  const read = new BodyReader(body, FIELDS);
  const fault = {
    kind: parseKind(body),
    uid: read.string('uid'),
    status: read.amount('status'),
    headers: read.record('headers'),
    body: read.string('body'),
    delayMs: read.amount('delayMs'),
    drop: read.oneOf('drop', ['before', 'midway']),
    hang: read.boolean('hang'),
    times: read.amount('times'),
  };
  if (fault.status !== undefined && !(fault.status >= 200 && fault.status <= 599)) {
    throw new ControlError('status must be between 200 and 599');
  }
  return dropUndefined(fault);
}

/** One kind, several, or `all`, which is also what is meant where none is named. */
function parseKind(body: unknown): Fault['kind'] {
  const kind: unknown = typeof body === 'object' && body !== null && 'kind' in body && body.kind;
  if (kind === false || kind === 'all') return 'all';
  const kinds = Array.isArray(kind) ? kind : [kind];
  if (!kinds.every(isRequestKind)) {
    throw new ControlError(`kind must be all or some of ${REQUEST_KINDS.join(', ')}`);
  }
  return kinds;
}

function isRequestKind(value: unknown): value is RequestKind {
  return REQUEST_KINDS.some((kind) => kind === value);
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function dropUndefined<T extends { kind: Fault['kind'] }>(fault: T): Defined<T> & Pick<T, 'kind'> {
  const entries = Object.entries(fault).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<T> & Pick<T, 'kind'>;
}
