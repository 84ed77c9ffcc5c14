import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'vite';
import { defineConfig } from 'vitest/config';
import { integrityPlugin } from './src/package/integrity.js';

type Manifest = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

const fromRoot = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const manifest: Manifest = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8'));

/** What `exports` and `bin` of package.json name, and the source of each. */
const entries = {
  index: fromRoot('src/index.ts'),
  element: fromRoot('src/element/signed-stream-element.ts'),
  issuer: fromRoot('src/issuer/index.ts'),
  'react-wrapper': fromRoot('src/frameworks/react-wrapper.ts'),
  cli: fromRoot('src/cli/main.ts'),
};

/** Dependencies are the installing project's to resolve: they stay imports, also by subpath. */
const dependencies = ['dependencies', 'peerDependencies'].flatMap((field) =>
  Object.keys(manifest[field] ?? {}).map(
    (name) => new RegExp(`^${name.replaceAll('.', '\\.')}(/|$)`),
  ),
);

/**
 * What the element shares with what it loads later is one small file, and not a request for each.
 * What several players share is another, and loads beside the player: each file that only the
 * player itself names would be asked for after it.
 */
const codeSplitting = {
  groups: [
    {
      name: 'shared',
      test: /(src\/(errors|delivery\/sdk-url|token\/token-shape|element\/(import-\w+|not-loaded|patience|pause|texts\/own-texts))\.ts|css-tag\.js)$/,
    },
    {
      name: 'players',
      test: /src\/(delivery\/urls|engine\/(pause|playback-need|video-element|hls\/fetch-playlist))\.ts$/,
    },
  ],
};

/** For pages with a bundler of their own, and for Node. */
const modules: BuildOptions = {
  target: 'es2022',
  minify: false,
  sourcemap: true,
  lib: { entry: entries, formats: ['es'] },
  rolldownOptions: {
    external: [/^node:/, ...dependencies],
    output: {
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name].js',
      codeSplitting,
    },
  },
};

/** For pages without one: everything inside, engines and hls.js in files that are loaded on demand. */
const cdn: BuildOptions = {
  target: 'es2022',
  outDir: 'dist/cdn',
  lib: { entry: { 'signed-stream': entries.index }, formats: ['es'] },
  license: { fileName: 'license.md' },
  rolldownOptions: {
    output: {
      minify: true,
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
      codeSplitting,
    },
  },
};

export default defineConfig({
  builder: {},
  environments: {
    client: { build: modules },
    cdn: { consumer: 'client', build: cdn },
  },
  plugins: [{ ...integrityPlugin(), applyToEnvironment: ({ name }) => name === 'cdn' }],
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/unit/**/*.test.ts'],
          // Some start servers, make keys or bundle: slow where other work runs beside them.
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'package',
          environment: 'node',
          include: ['test/package/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
