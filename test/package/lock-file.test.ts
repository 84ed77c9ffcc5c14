import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages }: { packages: Readonly<Record<string, LockedPackage>> } = JSON.parse(
  readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'),
);

/** Whether a package at `path` finds another, in its own folder or in one above. */
function finds(path: string, name: string): boolean {
  const folders = path.split('/node_modules/');
  return (
    folders.some((_folder, depth) => {
      const above = folders.slice(0, folders.length - depth).join('/node_modules/');
      return `${above}/node_modules/${name}` in packages;
    }) || `node_modules/${name}` in packages
  );
}

describe('package-lock.json', () => {
  // A tool's binaries for other platforms are optional, and npm leaves out what it cannot find
  // without a word; `npm ci` then refuses the file on every platform.
  it('has an entry for everything that its packages ask for', () => {
    const missing = Object.entries(packages).flatMap(
      ([path, { dependencies, optionalDependencies }]) =>
        Object.keys({ ...dependencies, ...optionalDependencies })
          .filter((name) => !finds(path, name))
          .map((name) => `${name} for ${path}`),
    );
    expect(missing).toEqual([]);
  });
});
