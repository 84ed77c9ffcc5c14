import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Manifest {
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** An empty project with the package among its modules, as it would be installed. */
export interface PackedProject {
  readonly folder: string;
  /** The files of the package. */
  readonly files: readonly string[];
  /** The text of one of the package's files. */
  read(path: string): string;
  /** Puts a module among the project's; `source` is what it is called among ours, if otherwise. */
  link(name: string, source?: string): void;
  /** Runs code in plain Node in the project, and answers with what it prints. */
  run(code: string): string;
  remove(): void;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export function readManifest(): Manifest {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
}

/** Packs the build that is there, and unpacks it into a project beside what it depends on. */
export function createPackedProject(): PackedProject {
  const folder = mkdtempSync(join(tmpdir(), 'signed-stream-package-'));
  const [packed]: { filename: string; files: { path: string }[] }[] = JSON.parse(
    npm(['pack', '--json', '--pack-destination', folder], ROOT),
  );
  if (packed === undefined) throw new Error('npm packed nothing.');

  const modules = join(folder, 'node_modules');
  const target = join(modules, 'signed-stream');
  mkdirSync(target, { recursive: true });
  const tarball = join(folder, packed.filename);
  execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
  const link = (name: string, source = name): void => {
    const [from, to] = [join(ROOT, 'node_modules', source), join(modules, name)];
    mkdirSync(dirname(to), { recursive: true });
    // Another version than ours has to find the project's modules, and not those beside it.
    if (source !== name) cpSync(from, to, { recursive: true });
    else symlinkSync(from, to, 'junction');
  };
  for (const name of Object.keys(readManifest().dependencies)) link(name);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');

  return {
    folder,
    files: packed.files.map(({ path }) => path),
    read: (path) => readFileSync(join(target, path), 'utf8'),
    link,
    run: (code) =>
      execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
        cwd: folder,
        encoding: 'utf8',
      }),
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** npm as it runs this test, started by Node itself: a shell would take paths with spaces apart. */
function npm(args: readonly string[], cwd: string): string {
  const cli = process.env['npm_execpath'];
  const [file, first] = cli === undefined ? ['npm', []] : [process.execPath, [cli]];
  const flags = ['--ignore-scripts', '--loglevel=error'];
  return execFileSync(file, [...first, ...args, ...flags], { cwd, encoding: 'utf8' });
}
