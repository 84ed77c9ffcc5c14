import { readFileSync, writeFileSync } from 'node:fs';
import { toHtmlData } from './html-data.js';
import { findElements, type Manifest } from './manifest.js';
import { refineManifest, type PublicModule } from './refine-manifest.js';
import { toWebTypes, type PackageName } from './web-types.js';

interface PackageManifest extends PackageName {
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

/**
 * `npm run build:manifest`: puts what the analyzer wrote into the form of the package, and makes
 * what editors read of it.
 */
const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const write = (path: string, data: object): void =>
  writeFileSync(new URL(path, root), `${JSON.stringify(data, null, 2)}\n`);

const packageManifest: PackageManifest = JSON.parse(read('package.json'));
const raw: Manifest = JSON.parse(read('dist/custom-elements.json'));

const publicModules = Object.values(packageManifest.exports).flatMap((target): PublicModule[] => {
  if (typeof target === 'string') return [];
  const { types, default: file } = target;
  if (types === undefined || file === undefined) return [];
  return [
    { path: file.replace('./', ''), source: types.replace(/^\.\/dist\/(.*)\.d\.ts$/, 'src/$1.ts') },
  ];
});

const manifest = refineManifest(raw, publicModules);
if (findElements(manifest).length === 0) throw new Error('No public module has an element.');
write('dist/custom-elements.json', manifest);
write('dist/vscode.html-custom-data.json', toHtmlData(manifest));
write('dist/web-types.json', toWebTypes(manifest, packageManifest));
