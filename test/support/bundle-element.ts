import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Files of a build by name, as a page loads them. */
export type Bundle = ReadonlyMap<string, string>;

const bundles = new Map<string, Promise<Bundle>>();

/** The element as a page gets it: built for production, with everything it loads on demand. */
export function bundleElement(): Promise<Bundle> {
  return bundle(new URL('../../src/index.ts', import.meta.url));
}

/** A module and all it loads, built once; the entry is called `signed-stream.js`. */
export function bundle({ href }: URL): Promise<Bundle> {
  const built = bundles.get(href) ?? buildBundle(fileURLToPath(href));
  bundles.set(href, built);
  return built;
}

async function buildBundle(entry: string): Promise<Bundle> {
  const result = await build({
    configFile: false,
    root: fileURLToPath(new URL('../..', import.meta.url)),
    logLevel: 'warn',
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      lib: { entry, formats: ['es'], fileName: () => 'signed-stream.js' },
    },
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (output === undefined || !('output' in output)) throw new Error('nothing was built');
  return new Map(
    output.output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code]] : [])),
  );
}
