#!/usr/bin/env node
import { text } from 'node:stream/consumers';
import { loadSdk } from './load-sdk.js';
import { runCli } from './program.js';

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  now: () => Date.now(),
  fetch: (url, init) => fetch(url, init),
  readStdin: () => text(process.stdin),
  loadSdk: () => loadSdk(process.cwd()),
});
