import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Each is a file beside this one. `soak` takes half an hour and is run by its own name only. */
const BENCHES = ['audience', 'issuer', 'first-frame', 'renewal', 'renewal-frame', 'renewal-native'];

/**
 * `npm run bench` runs all benchmarks one after the other, `npm run bench -- audience issuer` those
 * named. Flags are for each of them: with `--check` a goal that is missed is the exit code.
 */
const args = process.argv.slice(2);
const named = args.filter((arg) => !arg.startsWith('--'));
const unknown = named.filter((name) => !BENCHES.includes(name));
if (unknown.length > 0) {
  throw new RangeError(
    `No such benchmark: ${unknown.join(', ')}. There are: ${BENCHES.join(', ')}.`,
  );
}
const flags = args.filter((arg) => arg.startsWith('--'));
const failed = (named.length > 0 ? named : BENCHES).filter((name) => {
  const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const command = ['--import', 'tsx', file, ...flags];
  return spawnSync(process.execPath, command, { stdio: 'inherit' }).status !== 0;
});
if (failed.length > 0) console.log(`\nfailed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
