import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

interface Part {
  readonly name: string;
  readonly code: string;
}

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const ELEMENT = 'element and lit';
const HLS_JS = 'hls.js';
/** What others have a page load at once; hls.js, which they load at once too, is left out. */
const PEERS = ['hls-video-element', 'mux-player'];

async function bundle(entry: string): Promise<Rolldown.OutputChunk[]> {
  const result = await build({
    configFile: false,
    root: fromHere('../../'),
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      // As a library: an application's build would add a preloader of Vite's own.
      lib: { entry: fromHere(entry), formats: ['es'] },
      rolldownOptions: {
        output: {
          minify: true,
          codeSplitting: { groups: [{ name: HLS_JS, test: /node_modules[\\/]hls\.js/ }] },
        },
      },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  return outputs.flatMap((output) =>
    'output' in output ? output.output.filter((file) => file.type === 'chunk') : [],
  );
}

/** The entry with all it imports at once is one part, every chunk that is loaded later another. */
function toParts(chunks: readonly Rolldown.OutputChunk[]): Part[] {
  const atOnce = new Set<string>();
  const follow = (fileName: string): void => {
    if (atOnce.has(fileName)) return;
    atOnce.add(fileName);
    for (const next of chunks.find((chunk) => chunk.fileName === fileName)?.imports ?? []) {
      follow(next);
    }
  };
  for (const chunk of chunks) if (chunk.isEntry) follow(chunk.fileName);
  const [first, later] = [true, false].map((isFirst) =>
    chunks.filter(({ fileName, name }) => (atOnce.has(fileName) && name !== HLS_JS) === isFirst),
  );
  return [
    { name: ELEMENT, code: (first ?? []).map(({ code }) => code).join('\n') },
    ...(later ?? []).map(({ name, code }) => ({ name, code })),
  ];
}

function toKilobytes(bytes: number): number {
  return bytes / 1000;
}

/**
 * `npm run size`: what a page loads before there is an engine, and what each engine adds, as a
 * page's own bundler would make it, with peers beside. More than the budget beside this file fails.
 */
const litChunks = await bundle('lit-alone.ts');
const parts: Part[] = [
  { name: 'lit alone', code: litChunks.map(({ code }) => code).join('\n') },
  ...toParts(await bundle('../../src/index.ts')),
];
for (const name of PEERS) {
  const [atOnce] = toParts(await bundle(`peers/${name}.ts`));
  parts.push({ name, code: atOnce?.code ?? '' });
}
const budgets: Readonly<Record<string, number>> = JSON.parse(
  readFileSync(fromHere('size-budget.json'), 'utf8'),
);

console.log(`${'kB'.padEnd(24)}      raw     gzip   brotli   budget`);
const missing = new Set(Object.keys(budgets));
let isOver = false;
for (const { name, code } of parts) {
  const sizes = [
    Buffer.byteLength(code),
    gzipSync(code).length,
    brotliCompressSync(code).length,
  ].map(toKilobytes);
  const budget = budgets[name];
  const over = budget !== undefined && (sizes.at(-1) ?? 0) > budget;
  isOver ||= over;
  missing.delete(name);
  const columns = [...sizes.map((size) => size.toFixed(2)), budget?.toFixed(2) ?? ''];
  const row = columns.map((column) => column.padStart(9)).join('');
  console.log(`${name.padEnd(24)}${row}${over ? '  over budget' : ''}`);
}
for (const name of missing) console.log(`There is no part ${name}, but a budget for it.`);
process.exitCode = isOver || missing.size > 0 ? 1 : 0;
