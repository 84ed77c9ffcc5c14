import type { Command } from 'commander';
import {
  allowCountries,
  allowRanges,
  blockAll,
  blockCountries,
  blockRanges,
} from '../issuer/access-rules.js';
import { checkRestrictions } from '../issuer/check-restrictions.js';
import type { CheckedRestrictions } from '../issuer/restrictions.js';
import { parseJson } from '../issuer/parse-json.js';
import { CliError, usageError } from './cli-error.js';
import { EXIT_CODE } from './exit-code.js';
import type { Output } from './output.js';

/** The options by which `sign` and `token` are told what a token may be used for. */
export interface RestrictionOptions {
  /** Checked restrictions and the warnings; throws for faults, all of them named. */
  read(nowSeconds: number, output: Output): ReadRestrictions;
}

export interface ReadRestrictions {
  readonly restrictions: CheckedRestrictions;
  readonly warnings: readonly { readonly path: string; readonly message: string }[];
}

const RULES = {
  'allow-country': allowCountries,
  'block-country': blockCountries,
  'allow-range': allowRanges,
  'block-range': blockRanges,
} as const;

/** Adds the options. Rules count in the order in which they are written. */
export function addRestrictionOptions(command: Command): RestrictionOptions {
  const rules: unknown[] = [];
  command
    .option('--expires-in <time>', 'how long it works, such as 90m, 12h or 3600 (default: 1h)')
    .option('--exp <moment>', 'when it stops to work: Unix seconds or 2026-11-22T18:00:00Z')
    .option('--nbf <moment>', 'when it starts to work')
    .option('--downloadable', 'lets it fetch the downloads, if the video has any')
    .option('--allow-country <codes>', 'allow viewers in these countries: GB or US,MX')
    .option('--block-country <codes>', 'block viewers in these countries')
    .option('--allow-range <ranges>', 'allow these addresses: 93.184.216.0/24,2400:cb00::/32')
    .option('--block-range <ranges>', 'block these addresses')
    .option('--block-all', 'block everybody whom no earlier rule allows')
    .option('--access-rules <json>', 'rules as JSON, as the API takes them');
  for (const [name, build] of Object.entries(RULES)) {
    command.on(`option:${name}`, (value: string) => {
      rules.push(build(...value.split(',').map((entry) => entry.trim())));
    });
  }
  command.on('option:block-all', () => void rules.push(blockAll()));
  command.on('option:access-rules', (value: string) => {
    const parsed = parseJson(value);
    if (!Array.isArray(parsed)) throw usageError('--access-rules takes a JSON list of rules.');
    rules.push(...Array.from<unknown>(parsed));
  });
  return {
    read(nowSeconds, output) {
      const options = command.opts<Partial<Record<string, string | boolean>>>();
      const input = {
        exp: readMoment('--exp', options['exp']),
        expiresIn: options['expiresIn'],
        nbf: readMoment('--nbf', options['nbf']),
        downloadable: options['downloadable'],
        accessRules: rules.length === 0 ? undefined : rules,
      };
      const { restrictions, faults, warnings } = checkRestrictions(input, nowSeconds);
      if (!restrictions) {
        const details = faults.map(({ path, message }) => `${path}: ${message}`);
        const message = 'These restrictions cannot be given to a token.';
        throw new CliError('restrictions-invalid', message, EXIT_CODE.usage, details);
      }
      for (const { path, message } of warnings) output.note(`Warning: ${path}: ${message}.`);
      return { restrictions, warnings };
    },
  };
}

function readMoment(name: string, value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  // A date without a zone would mean something else on every machine.
  const isDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/.test(value);
  const ms = isDate ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(ms)) return Math.floor(ms / 1000);
  throw usageError(`${name} takes Unix seconds or a date like 2026-11-22T18:00:00Z.`);
}
