import ipaddr from 'ipaddr.js';

/** The addresses a text stands for, as numbers: `first` and `last` are part of it. */
export interface IpRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  /** Bits are set behind the prefix, as in `192.0.2.7/24`. */
  readonly hasHostBits: boolean;
}

/** Reads an address or a CIDR range; `undefined` where it is neither. */
export function parseIpRange(text: string): IpRange | undefined {
  const slash = text.indexOf('/');
  const address = parseAddress(slash === -1 ? text : text.slice(0, slash));
  if (!address) return undefined;
  const bits = address.family === 4 ? 32 : 128;
  const prefix = slash === -1 ? bits : parsePrefix(text.slice(slash + 1), bits);
  if (prefix === undefined) return undefined;
  const size = 1n << BigInt(bits - prefix);
  const first = (address.value / size) * size;
  return {
    family: address.family,
    first,
    last: first + size - 1n,
    hasHostBits: first !== address.value,
  };
}

/** Whether every address of `range` lies in one of `others` or in several of them together. */
export function isCovered(range: IpRange, others: readonly IpRange[]): boolean {
  const candidates = others
    .filter((other) => other.family === range.family)
    .toSorted((a, b) => (a.first < b.first ? -1 : 1));
  let next = range.first;
  for (const other of candidates) {
    if (other.first > next) return false;
    if (other.last >= next) next = other.last + 1n;
    if (next > range.last) return true;
  }
  return false;
}

function parseAddress(text: string): { family: 4 | 6; value: bigint } | undefined {
  // Forms such as `127.1`, `0x7f.1` and `fe80::1%eth0` mean different things to different readers.
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) {
    return { family: 4, value: toNumber(ipaddr.IPv4.parse(text).toByteArray()) };
  }
  if (!text.includes('%') && ipaddr.IPv6.isValid(text)) {
    return { family: 6, value: toNumber(ipaddr.IPv6.parse(text).toByteArray()) };
  }
  return undefined;
}

function parsePrefix(text: string, bits: number): number | undefined {
  const prefix = /^(?:0|[1-9]\d{0,2})$/.test(text) ? Number(text) : Number.NaN;
  return prefix <= bits ? prefix : undefined;
}

function toNumber(bytes: readonly number[]): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
