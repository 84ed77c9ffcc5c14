import { fileURLToPath } from 'node:url';

const bundles = new Map<string, Promise<string>>();

/** A script of the player's as browsers run it: one classic script, made once per process. */
export function bundleScript(entry: 'sdk.ts' | 'frame.ts'): Promise<string> {
  const known = bundles.get(entry);
  if (known) return known;
  const bundle = build(fileURLToPath(new URL(`./browser/${entry}`, import.meta.url)));
  bundles.set(entry, bundle);
  // A failure is not kept: the next request tries again.
  bundle.catch(() => bundles.delete(entry));
  return bundle;
}

async function build(entry: string): Promise<string> {
  // Loaded on demand: most servers never serve a player, and should start at once.
  const { build: viteBuild } = await import('vite');
  const { NODE_ENV } = process.env;
  const result = await viteBuild({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry, formats: ['iife'], name: 'localStreamScript' },
    },
  });
  // A build declares the whole process to be in production, which it is not.
  if (NODE_ENV === undefined) delete process.env['NODE_ENV'];
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((item) =>
    'output' in item ? item.output : [],
  );
  const script = outputs.find((output) => output.type === 'chunk');
  if (!script) throw new Error('The player script could not be built');
  return script.code;
}
