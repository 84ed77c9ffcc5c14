import { execFile } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { LocalStream } from '../../../demo/stream/start.js';
import type { PackedProject } from '../../package/support/packed-project.js';
import type { ServedExample } from './served-example.js';
import { serveFiles } from './serve-files.js';
import { serveNext } from './serve-next.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

interface ExampleManifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Builds an example as its reader would, with the packed package among its modules. */
export async function serveExample(
  name: string,
  project: PackedProject,
  stream: LocalStream,
): Promise<ServedExample> {
  const folder = join(project.folder, name);
  cpSync(join(ROOT, 'demo/examples', name), folder, { recursive: true });
  const manifest: ExampleManifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const modules = { ...manifest.dependencies, ...manifest.devDependencies };
  for (const [module, range] of Object.entries(modules)) {
    if (module !== 'signed-stream') project.link(module, findModule(module, range));
  }
  // An example that has a server of its own has an endpoint of its own too.
  if (manifest.scripts['start'] !== undefined) return serveNext(folder, stream);
  await build(folder);
  return serveFiles(join(folder, 'dist'), stream);
}

/** What a module is called among ours: an older version than our own has its number in the name. */
function findModule(name: string, range: string): string {
  const older = `${name}-${/\d+/.exec(range)?.[0]}`;
  return existsSync(join(ROOT, 'node_modules', older)) ? older : name;
}

/** In a process of its own: another test's development server says of this one that it develops. */
async function build(folder: string): Promise<void> {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)('node', [vite, 'build', '--logLevel', 'warn'], { cwd: folder, env });
}
