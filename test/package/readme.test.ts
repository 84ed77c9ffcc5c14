import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findElements } from '../../src/package/manifest.js';

const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const readme = read('README.md');
/** What stands in it as code, word by word. */
const words = new Set((readme.match(/```[^]*?```|`[^`\n]+`/g) ?? []).join(' ').match(/[\w-]+/g));
const [element] = findElements(JSON.parse(read('dist/custom-elements.json')));

const unnamed = (names: readonly string[]): string[] => names.filter((name) => !words.has(name));

/** The codes of a closed list. */
function readCodes(path: string, type: string): string[] {
  const list = new RegExp(`type ${type} =([^;]*);`).exec(read(path))?.[1] ?? '';
  return [...list.matchAll(/'([^']+)'/g)].map(([, code = '']) => code);
}

describe('the README', () => {
  it.each(['attributes', 'events', 'slots', 'cssParts', 'cssProperties', 'cssStates'] as const)(
    'names all %s',
    (kind) => {
      const names = element?.[kind]?.map(({ name }) => name) ?? [];
      expect(names).not.toEqual([]);
      expect(unnamed(names)).toEqual([]);
    },
  );

  it('names every property and method but those that have an attribute’s name', () => {
    const attributes = new Set(element?.attributes?.map(({ fieldName }) => fieldName));
    const names = element?.members?.map(({ name }) => name) ?? [];
    expect(unnamed(names.filter((name) => !attributes.has(name)))).toEqual([]);
  });

  it.each([
    ['src/errors.ts', 'SignedStreamErrorCode'],
    ['src/issuer/issuer-error.ts', 'IssuerErrorCode'],
    ['src/issuer/endpoint-answer.ts', 'EndpointErrorCode'],
  ])('names every code of %s', (path, type) => {
    const codes = readCodes(path, type);
    expect(codes).not.toEqual([]);
    expect(unnamed(codes)).toEqual([]);
  });

  it('names this version where it names one', () => {
    const versions = [...readme.matchAll(/signed-stream@([\d.]+)/g)].map(([, version]) => version);
    const { version }: { version: string } = JSON.parse(read('package.json'));
    expect([...new Set(versions)]).toEqual([version]);
  });

  it('has a heading for every link within it', () => {
    const headings = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .replaceAll(' ', '-'),
    );
    const links = [...readme.matchAll(/\]\(#([^)]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !headings.includes(link))).toEqual([]);
  });
});
