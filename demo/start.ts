import process from 'node:process';
import { startDemo } from './server/start-demo.js';

const demo = await startDemo({ port: 5173, env: process.env, watch: true });

console.log(`\n  signed-stream demo: ${demo.url}`);
if (demo.mode === 'account') console.log('  Plays your account’s video through the Stream API.');
if (demo.mode === 'local') console.log('  Plays from a local Stream; no account needed.');
if (demo.mode === 'incomplete') {
  console.log(`  Nothing plays until these are set too: ${demo.missingVariables.join(', ')}`);
}
if (demo.backend) console.log(`  Tokens come from demo/backend/${demo.backend}, for members only.`);
console.log('  Ctrl+C stops it.\n');

let isStopping = false;
const stop = (): void => {
  // A second signal is somebody who does not want to wait.
  if (isStopping) process.exit(1);
  isStopping = true;
  demo.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
// Vite's own listener ends the process when the page is closed, while other parts still are not.
process.removeAllListeners('SIGTERM');
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
