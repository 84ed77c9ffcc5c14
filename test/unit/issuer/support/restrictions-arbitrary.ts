import fc from 'fast-check';

/** An address or a range by its leading bits, so that nothing need be parsed to compare two. */
export interface Bits {
  readonly family: 4 | 6;
  readonly bits: string;
}

export interface Viewer {
  readonly country: string | undefined;
  readonly ip: string;
  readonly address: Bits;
}

/** A rule, whether it is one, and whom it matches if it is. */
interface RuleCase {
  readonly rule: unknown;
  readonly isValid: boolean;
  readonly action: 'allow' | 'block';
  matches(viewer: Viewer): boolean;
}

/** Restrictions, whether a token may have them, and what they mean. Times are seconds from now. */
export interface RestrictionsCase {
  readonly isValid: boolean;
  readonly expiresAfter: number;
  readonly startsAfter: number;
  readonly downloadable: unknown;
  readonly rules: readonly RuleCase[];
  build(nowSeconds: number): Record<string, unknown>;
}

const COUNTRIES = ['US', 'MX', 'DE', 'GB', 'IN', 'BR'] as const;
const DAY = 86_400;

/** Few networks, so that rules and viewers meet. */
const networks: readonly Bits[] = [
  { family: 4, bits: '01011101101110001101100' },
  { family: 4, bits: '0101110110111000' },
  { family: 4, bits: '110001100011001101100100' },
  { family: 6, bits: '00100100000000001100101100000000' },
  { family: 6, bits: '0010011000000110010001110000000000000000000000000000000000000001' },
];

const network = fc.constantFrom(...networks);
const bit = fc.constantFrom('0', '1');

/** A network, longer by some random bits. */
const range: fc.Arbitrary<Bits> = fc
  .tuple(network, fc.array(bit, { maxLength: 12 }))
  .map(([{ family, bits }, more]) => ({
    family,
    bits: (bits + more.join('')).slice(0, sizeOf(family)),
  }));

const address: fc.Arbitrary<Bits> = fc
  .tuple(network, fc.array(bit, { minLength: 128, maxLength: 128 }))
  .map(([{ family, bits }, more]) => ({
    family,
    bits: (bits + more.join('')).slice(0, sizeOf(family)),
  }));

const countryCode = fc.constantFrom(...COUNTRIES);
const notACountry = fc.oneof(
  fc.constantFrom('', 'us', 'UK', 'XX', 'T1', 'ZZ', 'USA', 'Germany'),
  fc.constantFrom(null, 5, {}),
);
const notARange = fc.oneof(
  fc.constantFrom('', '1.2.3', '256.1.1.1', '1.2.3.4/33', '1.2.3.4/', '::1/129', 'fe80::1%eth0'),
  fc.constantFrom('01.2.3.4', '0x1.2.3.4', 'localhost', ' 1.2.3.4', null, 7),
);

const action = fc.constantFrom('allow', 'block');

const anyRule: fc.Arbitrary<RuleCase> = action.map((verdict) => ({
  rule: { type: 'any', action: verdict },
  isValid: true,
  action: verdict,
  matches: () => true,
}));

const countryRule: fc.Arbitrary<RuleCase> = fc
  .tuple(action, fc.array(countryCode, { minLength: 1, maxLength: 3 }))
  .map(([verdict, country]) => ({
    rule: { type: 'ip.geoip.country', action: verdict, country },
    isValid: true,
    action: verdict,
    matches: (viewer) => country.some((code) => code === viewer.country),
  }));

const rangeRule: fc.Arbitrary<RuleCase> = fc
  .tuple(action, fc.array(range, { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([verdict, ranges, isShort]) => ({
    rule: { type: 'ip.src', action: verdict, ip: ranges.map((one) => toText(one, isShort)) },
    isValid: true,
    action: verdict,
    matches: ({ address: { family, bits } }) =>
      ranges.some((one) => one.family === family && bits.startsWith(one.bits)),
  }));

const brokenRule: fc.Arbitrary<RuleCase> = fc
  .oneof(
    notACountry.map((code) => ({
      type: 'ip.geoip.country',
      action: 'block',
      country: ['US', code],
    })),
    notARange.map((text) => ({ type: 'ip.src', action: 'allow', ip: [text] })),
    fc.constantFrom<unknown>(
      { type: 'any', action: 'deny' },
      { type: 'any', action: 'block', country: ['US'] },
      { type: 'country', action: 'block', country: ['US'] },
      { type: 'ip.src', action: 'block' },
      { type: 'ip.geoip.country', action: 'block', country: 'US' },
      { type: 'ip.geoip.country', action: 'block', country: [] },
      { action: 'block' },
      'block',
      null,
    ),
  )
  .map((rule) => ({ rule, isValid: false, action: 'block', matches: () => false }));

const rule = fc.oneof(
  { arbitrary: countryRule, weight: 8 },
  { arbitrary: rangeRule, weight: 8 },
  { arbitrary: anyRule, weight: 4 },
  { arbitrary: brokenRule, weight: 1 },
);

const times = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      lifetime: fc.integer({ min: 60, max: DAY }),
      start: fc.option(fc.integer({ min: -DAY, max: DAY }), { nil: undefined }),
      form: fc.constantFrom('exp', 'expiresIn', 'text', 'default'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      lifetime: fc.constantFrom(0, -1, DAY + 1, 7 * DAY, 0.5),
      start: fc.constant(undefined),
      form: fc.constantFrom('exp', 'expiresIn'),
    }),
  },
);

export const restrictionsArbitrary: fc.Arbitrary<RestrictionsCase> = fc
  .record({
    times,
    downloadable: fc.oneof(
      { arbitrary: fc.constantFrom(undefined, true, false), weight: 12 },
      { arbitrary: fc.constantFrom('true', 1, null), weight: 1 },
    ),
    rules: fc.array(rule, { maxLength: 6 }),
  })
  .map(({ times: { lifetime, start, form }, downloadable, rules }) => {
    const expiresAfter = form === 'default' ? 3_600 : lifetime;
    const isTimeValid =
      Number.isInteger(expiresAfter) &&
      expiresAfter > 0 &&
      expiresAfter <= DAY &&
      (start === undefined || start < expiresAfter);
    return {
      isValid:
        isTimeValid &&
        (downloadable === undefined || typeof downloadable === 'boolean') &&
        rules.length <= 5 &&
        rules.every(({ isValid }) => isValid),
      expiresAfter,
      startsAfter: start ?? -Infinity,
      downloadable,
      rules,
      build: (nowSeconds) => ({
        ...(form === 'exp' ? { exp: nowSeconds + lifetime } : {}),
        ...(form === 'expiresIn' ? { expiresIn: lifetime } : {}),
        ...(form === 'text' ? { expiresIn: `${lifetime}s` } : {}),
        ...(start === undefined ? {} : { nbf: nowSeconds + start }),
        ...(downloadable === undefined ? {} : { downloadable }),
        accessRules: rules.map((one) => one.rule),
      }),
    };
  });

export const viewerArbitrary: fc.Arbitrary<Viewer> = fc
  .record({
    country: fc.constantFrom(...COUNTRIES, 'FR', undefined),
    address,
    isShort: fc.boolean(),
  })
  .map(({ country, address: one, isShort }) => ({
    country,
    address: one,
    ip: toText(one, isShort).replace(/\/.*$/, ''),
  }));

function sizeOf(family: 4 | 6): number {
  return family === 4 ? 32 : 128;
}

/** Dotted or colon notation with the number of bits behind it; IPv6 with its zeros or without. */
function toText({ family, bits }: Bits, isShort: boolean): string {
  const size = sizeOf(family);
  const groups = bits.padEnd(size, '0').match(family === 4 ? /.{8}/g : /.{16}/g) ?? [];
  const numbers = groups.map((group) => Number.parseInt(group, 2));
  const text =
    family === 4
      ? numbers.join('.')
      : numbers.map((number) => number.toString(16).padStart(isShort ? 1 : 4, '0')).join(':');
  const compressed = isShort && family === 6 ? text.replace(/(?:^|:)0(?::0)+(?::|$)/, '::') : text;
  return `${compressed}/${bits.length}`;
}
