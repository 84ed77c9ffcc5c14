import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'vite';

/** A file as it is sent, for each encoding that a browser may take. */
export interface PageFile {
  readonly type: string;
  readonly br: Buffer;
  readonly gzip: Buffer;
}

export interface BuiltPage {
  readonly files: ReadonlyMap<string, PageFile>;
  /** The page's own script with all that it imports at once, in kB with brotli. */
  readonly scriptKb: number;
  /** What belongs into the head to load it. */
  readonly head: string;
}

const fromRoot = (path: string): string =>
  fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const PACKAGE_FOLDER = fromRoot('.cache/bench/package');

/** Builds the package as it is published, for pages to be built with it. */
export async function buildPackage(): Promise<void> {
  await build({
    configFile: fromRoot('vite.config.ts'),
    root: fromRoot(''),
    logLevel: 'warn',
    build: { outDir: PACKAGE_FOLDER, emptyOutDir: true },
  });
  // What the package says of files without side effects is said of other folders.
  await writeFile(`${PACKAGE_FOLDER}/package.json`, '{ "type": "module" }');
}

/** Builds a page's script for production, as Vite does for any site. */
export async function buildPage(script: string): Promise<BuiltPage> {
  const base = `/${script}/`;
  const result = await build({
    configFile: false,
    root: fileURLToPath(new URL('pages', import.meta.url)),
    base,
    logLevel: 'warn',
    publicDir: false,
    resolve: {
      alias: [{ find: /^.*\/src\/index\.js$/, replacement: `${PACKAGE_FOLDER}/index.js` }],
    },
    build: {
      write: false,
      target: 'es2022',
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: {
        input: fileURLToPath(new URL(`pages/${script}.ts`, import.meta.url)),
      },
    },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (output === undefined || !('output' in output)) throw new Error('Nothing was built');
  const files = new Map<string, PageFile>();
  for (const file of output.output) {
    const text = file.type === 'chunk' ? file.code : file.source;
    const type = file.fileName.endsWith('.css') ? 'text/css' : 'text/javascript';
    files.set(base + file.fileName, compress(Buffer.from(text), type));
  }
  const [entry] = output.output;
  const preloads = entry.imports.map(
    (name) => `<link rel="modulepreload" crossorigin href="${base}${name}">`,
  );
  const atOnce = [entry.fileName, ...entry.imports].map(
    (name) => files.get(base + name)?.br.length ?? 0,
  );
  return {
    files,
    scriptKb: atOnce.reduce((sum, bytes) => sum + bytes, 0) / 1000,
    head:
      `<script type="module" crossorigin src="${base}${entry.fileName}"></script>` +
      preloads.join(''),
  };
}

export function compress(text: Buffer, type: string): PageFile {
  return { type, br: brotliCompressSync(text), gzip: gzipSync(text) };
}
