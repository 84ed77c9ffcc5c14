import type { Command } from 'commander';
import type { Viewer } from '../issuer/decide-access.js';
import { findAccessRuleWarnings } from '../issuer/warn-access-rules.js';
import type { CliContext } from './cli-context.js';
import { describeDecision, describeRules } from './describe-rules.js';
import { describeDuration, describeMoment } from './describe-time.js';
import type { Output } from './output.js';
import { findToken, readToken } from './read-token.js';
import { lastingOf, readFacts, stateAt, type Lasting, type TokenFacts } from './token-facts.js';
import { readTokenArgument } from './token-argument.js';
import { decideByToken } from './token-rules.js';
import { addViewerOptions, readViewer, type ViewerOptions } from './viewer-options.js';

/** `inspect <token|url>`: what a token allows, in words. */
export function addInspectCommand(
  program: Command,
  context: CliContext,
  getOutput: () => Output,
): void {
  const command = program
    .command('inspect')
    .description('say in words what a token allows; its signature is not looked at')
    .argument('<token|url>', 'a token, an address with one in it, or - for standard input')
    .addHelpText('after', HELP);
  addViewerOptions(command).action(async (argument: string, options: ViewerOptions) => {
    const text = await readTokenArgument(argument, context);
    const nowSeconds = Math.floor(context.now() / 1000);
    const facts = readFacts(readToken(findToken(text)), nowSeconds);
    inspect(facts, readViewer(options), nowSeconds, getOutput());
  });
}

const HELP = `
Examples:
  $ signed-stream inspect eyJhbGciOi…
  $ signed-stream inspect https://videodelivery.net/eyJhbGciOi…/manifest/video.m3u8
  $ signed-stream inspect eyJhbGciOi… --country MX --ip 93.184.216.34`;

function inspect(
  facts: TokenFacts,
  viewer: Viewer | undefined,
  nowSeconds: number,
  output: Output,
): void {
  const { rules, expSeconds, nbfSeconds } = facts;
  const problems = [...facts.problems, ...facts.doubts];
  const warnings = findAccessRuleWarnings(rules.whole ?? []);
  const lasting = lastingOf(facts, nowSeconds);
  const rows: readonly (readonly [string, string])[] = [
    ['Video', facts.videoId ?? 'not named'],
    ['Key', facts.keyId ?? 'not named'],
    ['Now', NOW_TEXTS[stateAt(facts, nowSeconds)]],
    ['From', nbfSeconds === undefined ? 'any time' : describeMoment(nbfSeconds, nowSeconds)],
    ['Until', expSeconds === undefined ? 'no end' : describeMoment(expSeconds, nowSeconds)],
    ['Lasting', describeLasting(lasting)],
    ['Downloads', facts.downloadable ? 'allowed' : 'not allowed'],
    ['Viewers', describeRules(rules)],
    ...(viewer ? [['Verdict', describeDecision(rules, viewer)] as const] : []),
    ...problems.map((problem) => ['Problem', problem] as const),
    ...warnings.map(({ path, message }) => ['Warning', `${path}: ${message}.`] as const),
  ];
  output.result(formatRows(rows), {
    videoId: facts.videoId,
    keyId: facts.keyId,
    state: stateAt(facts, nowSeconds),
    nbf: nbfSeconds,
    exp: expSeconds,
    lasting,
    downloadable: facts.downloadable,
    accessRules: rules.listed,
    ...(viewer && { viewer, decision: decideByToken(rules, viewer) }),
    problems,
    warnings,
  });
}

const NOW_TEXTS = {
  valid: 'valid, as far as its times go',
  expired: 'expired',
  'not-yet-valid': 'not valid yet',
} as const;

/** A token that says neither when it begins nor when it was made has only what is left of it. */
function describeLasting(lasting: Lasting | undefined): string {
  if (!lasting) return 'without end';
  const words = describeDuration(lasting.seconds);
  switch (lasting.from) {
    case 'nbf':
      return words;
    case 'iat':
      return `${words} since it was made`;
    case 'now':
      return `${words} from now`;
  }
}

/** Names in one column, texts in another; further lines of a text stay in its column. */
function formatRows(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  const indent = `\n${' '.repeat(width)}`;
  return rows.map(([name, text]) => name.padEnd(width) + text.replaceAll('\n', indent)).join('\n');
}
