import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { Command } from 'commander';
import { isRecord } from '../issuer/is-record.js';
import { parseJson } from '../issuer/parse-json.js';
import type { CliContext } from './cli-context.js';
import { CliError } from './cli-error.js';
import { describeMoment } from './describe-time.js';
import { EXIT_CODE, type ExitCode } from './exit-code.js';
import { findKey, type FoundKey } from './key-source.js';
import type { Output } from './output.js';
import { findToken, readToken, type TokenParts } from './read-token.js';
import { readTokenArgument } from './token-argument.js';
import { readFacts, stateAt, type TokenFacts } from './token-facts.js';

interface Check {
  readonly name: 'key' | 'signature' | 'time' | 'claims';
  readonly ok: boolean;
  /** As `ok` says, or what Stream may object to and need not. */
  readonly status: 'ok' | 'warning' | 'failed';
  readonly message: string;
}

/** `check <token> --key <file>`: whether a token was signed with a key, and counts now. */
export function addCheckCommand(
  program: Command,
  context: CliContext,
  getOutput: () => Output,
  finish: (exitCode: ExitCode) => void,
): void {
  program
    .command('check')
    .description('verify the signature and the times of a token')
    .argument('<token|url>', 'a token, an address with one in it, or - for standard input')
    .option('--key <file>', 'the key, private or public: from `keys create`, a JWK or a PEM')
    .addHelpText('after', HELP)
    .action(async (argument: string, { key: file }: { key?: string }) => {
      const token = readToken(findToken(await readTokenArgument(argument, context)));
      const key = await findKey(context, file);
      const checks = checkToken(token, key, Math.floor(context.now() / 1000));
      const ok = checks.every((check) => check.ok);
      const output = getOutput();
      const lines = checks.map(
        ({ status, name, message }) => `${output.mark(status)} ${name}: ${message}`,
      );
      output.result(lines.join('\n'), { ok, checks });
      finish(ok ? EXIT_CODE.ok : EXIT_CODE.no);
    });
}

const HELP = `
Without --key the key is STREAM_KEY_JWK or STREAM_KEY_PEM in the environment.
Exit code 0: valid; 1: not. What Stream may object to and need not is a warning.

Example:
  $ signed-stream check eyJhbGciOi… --key stream-key.json`;

function checkToken(token: TokenParts, key: FoundKey, nowSeconds: number): readonly Check[] {
  const facts = readFacts(token, nowSeconds);
  return [
    ...checkKeyId(facts, key),
    checkSignature(token, toPublicKey(key)),
    checkTimes(facts, nowSeconds),
    ...facts.problems.map((message) => toCheck('claims', 'failed', message)),
    ...facts.doubts.map((message) => toCheck('claims', 'warning', message)),
  ];
}

function toCheck(name: Check['name'], status: Check['status'], message: string): Check {
  return { name, ok: status !== 'failed', status, message };
}

function checkKeyId(facts: TokenFacts, key: FoundKey): readonly Check[] {
  if (key.keyId === undefined) return [];
  const ok = facts.keyId === key.keyId;
  const message = ok
    ? `names the key ${key.keyId}`
    : `names the key ${facts.keyId ?? '(none)'}, and this is ${key.keyId}`;
  return [toCheck('key', ok ? 'ok' : 'failed', message)];
}

function checkSignature({ header, signedText, signature }: TokenParts, key: KeyObject): Check {
  const ok = header['alg'] === 'RS256' && verify('sha256', Buffer.from(signedText), key, signature);
  return ok
    ? toCheck('signature', 'ok', "is this key's")
    : toCheck('signature', 'failed', "is not this key's");
}

function checkTimes(facts: TokenFacts, nowSeconds: number): Check {
  const state = stateAt(facts, nowSeconds);
  const moment = state === 'not-yet-valid' ? facts.nbfSeconds : facts.expSeconds;
  if (moment === undefined) return toCheck('time', 'ok', 'without an end');
  const words = { valid: 'until', expired: 'expired', 'not-yet-valid': 'not before' } as const;
  const message = `${words[state]} ${describeMoment(moment, nowSeconds)}`;
  return toCheck('time', state === 'valid' ? 'ok' : 'failed', message);
}

/** The public half, of whatever half and form was given. */
function toPublicKey({ jwk, pem }: FoundKey): KeyObject {
  try {
    const members = typeof jwk === 'string' ? parseJson(decode(jwk, '{')) : jwk;
    if (isRecord(members)) {
      const { n, e } = members;
      if (typeof n !== 'string' || typeof e !== 'string') throw new TypeError('no RSA key');
      return createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
    }
    return createPublicKey(decode(pem ?? '', '-----BEGIN').replaceAll('\\n', '\n'));
  } catch {
    throw new CliError('key-malformed', 'This key cannot be read.', EXIT_CODE.usage);
  }
}

function decode(text: string, start: string): string {
  const trimmed = text.trim();
  return trimmed.startsWith(start) ? trimmed : Buffer.from(trimmed, 'base64').toString();
}
