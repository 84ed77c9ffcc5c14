import { execFileSync } from 'node:child_process';
import { join, posix } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importsOf } from '../support/imports-of.js';
import { createPackedProject, readManifest, type PackedProject } from './support/packed-project.js';

const manifest = readManifest();
/** What can be imported; others are data, or types alone. */
const entries = Object.entries(manifest.exports)
  .filter(([, target]) => typeof target === 'object' && 'default' in target)
  .map(([path]) => path);

describe('the packed package', () => {
  let project: PackedProject;
  let files: readonly string[];
  const read = (path: string): string => project.read(path);

  beforeAll(() => {
    project = createPackedProject();
    for (const peer of ['react', '@lit/react']) project.link(peer);
    files = project.files;
  });
  afterAll(() => {
    project.remove();
  });

  it('has the build, the manifest and the notes for readers, and nothing else', () => {
    const others = files.filter(
      (path) => !/^(dist\/|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/.test(path),
    );
    expect(others).toEqual([]);
    expect(files.filter((path) => !/\.(js|js\.map|d\.ts|json|md)$|^LICENSE$/.test(path))).toEqual(
      [],
    );
    expect(files.filter((path) => /\b(demo|test)\b/.test(path))).toEqual([]);
  });

  it('has every file that its exports and its command name', () => {
    const targets = Object.values(manifest.exports).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    );
    const named = [...targets, ...Object.values(manifest.bin)].map((path) =>
      path.replace('./', ''),
    );
    expect(named.filter((path) => !files.includes(path))).toEqual([]);
  });

  it.each(entries)('can be imported in Node, where there is no page: %s', (path) => {
    const specifier = path.replace('.', 'signed-stream');
    const code = `console.log(Object.keys(await import('${specifier}')).join())`;
    expect(project.run(code).trim()).not.toBe('');
  });

  it.each([
    { entry: 'signed-stream', registers: 'signed-stream' },
    { entry: 'signed-stream/element', registers: '' },
  ])('registers "$registers" when $entry is imported', ({ entry, registers }) => {
    const code = `
      globalThis.customElements = { get: () => undefined, define: (tag) => console.log(tag) };
      await import('${entry}');`;
    expect(project.run(code).trim()).toBe(registers);
  });

  it('imports only what it depends on', () => {
    const allowed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).map(
      (name) => name.replace('@types/', ''),
    );
    const imported = files
      .filter((path) => /\.(js|d\.ts)$/.test(path))
      .flatMap((path) => Object.values(importsOf(path, read(path))).flat())
      .filter((specifier) => !/^(\.|node:)/.test(specifier));
    const foreign = imported.filter(
      (specifier) =>
        !allowed.some((name) => specifier === name || specifier.startsWith(`${name}/`)),
    );
    expect(imported).toContain('@lit/reactive-element');
    expect(foreign).toEqual([]);
  });

  it('loads hls.js on demand, and keeps the two halves apart', () => {
    expect(collectImports(read, 'dist/index.js')).not.toContain('hls.js');
    expect(collectImports(read, 'dist/index.js')).not.toContain('jose');
    expect(collectImports(read, 'dist/issuer.js')).not.toContain('@lit/reactive-element');
    const needHls = files.filter(
      (path) => path.endsWith('.js') && importsOf(path, read(path)).atOnce.includes('hls.js'),
    );
    expect(needHls).not.toEqual([]);
  });

  it('has a command that tells how it is used', () => {
    const path = join(project.folder, 'node_modules/signed-stream/dist/cli.js');
    const help = execFileSync(process.execPath, [path, '--help'], {
      cwd: project.folder,
      encoding: 'utf8',
    });
    expect(help).toContain('signed-stream');
    expect(read('dist/cli.js')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });
});

/** What an entry imports at once, and all that its own modules import at once. */
function collectImports(
  read: (path: string) => string,
  entry: string,
  seen = new Set<string>(),
): string[] {
  if (seen.has(entry)) return [];
  seen.add(entry);
  return importsOf(entry, read(entry)).atOnce.flatMap((specifier) =>
    specifier.startsWith('.')
      ? collectImports(read, posix.join(posix.dirname(entry), specifier), seen)
      : [specifier],
  );
}
