import { readdirSync, readFileSync } from 'node:fs';
import { ReactiveElement } from '@lit/reactive-element';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  parseCredentials,
  parseMethod,
  parsePlayer,
  parsePreload,
} from '../../src/element/attributes.js';
import {
  SignedStreamErrorEvent,
  TokenChangeEvent,
  TokenErrorEvent,
} from '../../src/element/events.js';
import { messageStyles } from '../../src/element/message/message-styles.js';
import { SignedStreamElement } from '../../src/element/signed-stream-element.js';
import type { PlayerState } from '../../src/element/states.js';
import { MEDIA_EVENTS } from '../../src/engine/media-events.js';
import {
  findElements,
  readKeywords,
  type Declaration,
  type Entry,
  type Manifest,
} from '../../src/package/manifest.js';
import { compile } from './support/compile.js';
import { createPackedProject, type PackedProject } from './support/packed-project.js';

let project: PackedProject;
let manifest: Manifest;
let element: Declaration;
beforeAll(() => {
  project = createPackedProject();
  manifest = JSON.parse(project.read('dist/custom-elements.json'));
  const [first] = findElements(manifest);
  if (first === undefined) throw new Error('There is no element in the manifest.');
  element = first;
});
afterAll(() => {
  project.remove();
});

const namesOf = (entries: readonly Entry[] = []): string[] =>
  entries.map(({ name }) => name).toSorted();

describe('the manifest of the element', () => {
  it('has every attribute', () => {
    expect(namesOf(element.attributes)).toEqual(SignedStreamElement.observedAttributes.toSorted());
  });

  it('has every property and method that the types have, and no other', async () => {
    const told = namesOf(element.members).map((name) => `${name}: true`);
    const source = `
      import type { ReactiveElement } from '@lit/reactive-element';
      import type { SignedStreamElement } from 'signed-stream';
      type Own = Exclude<keyof SignedStreamElement, keyof ReactiveElement>;
      export const told: Record<Own, true> = { ${told.join(', ')} };`;
    const flags = '--module esnext --moduleResolution bundler';
    const result = await compile(project.folder, 'members.ts', source, flags);
    expect(result).toEqual({ code: 0, output: '' });
  });

  it('tells properties from methods, and which are read-only', () => {
    for (const { kind, name, readonly = false } of element.members ?? []) {
      const found = findDescriptor(name);
      if (kind === 'method') expect(found?.value, name).toBeInstanceOf(Function);
      else if (found !== undefined) expect(found.set === undefined, name).toBe(readonly);
    }
  });

  it('has the defaults of the attributes', () => {
    const instance = new SignedStreamElement();
    for (const { name, fieldName, default: value = '' } of element.attributes ?? []) {
      if (fieldName === undefined) continue;
      expect(value.replaceAll("'", '"') || '""', name).toBe(
        JSON.stringify(Reflect.get(instance, fieldName)),
      );
    }
  });

  it('has every event', () => {
    const own = [
      ...[TokenChangeEvent.type, TokenErrorEvent.type, SignedStreamErrorEvent.type],
      ...['autoplayblocked', 'streamtypechange', 'targetlivewindowchange'],
    ];
    expect(namesOf(element.events)).toEqual([...own, ...MEDIA_EVENTS].toSorted());
  });

  it('has every part', () => {
    const found = readSources().matchAll(/\bpart: '([^']+)'|\bpart\.add\('([^']+)'\)/g);
    const parts = [...found].map(([, made, added]) => made ?? added ?? '');
    expect(namesOf(element.cssParts)).toEqual([...new Set(parts)].toSorted());
  });

  it('has every slot', () => {
    const found = readSources().matchAll(/create\('slot', \{ name: '([^']*)'/g);
    const slots = [...found].map(([, name = '']) => name);
    expect(namesOf(element.slots)).toEqual([...new Set(slots)].toSorted());
  });

  it('has every custom property, with its default', () => {
    // Styles that come with a player are in its own code.
    const lift = new URL('../../src/engine/hls/lift-captions.ts', import.meta.url);
    const texts = [SignedStreamElement.styles.cssText, messageStyles.cssText];
    const text = [...texts, readFileSync(lift, 'utf8')].join('');
    const found = text.matchAll(/var\((--[\w-]+), ((?:[^()]|\([^()]*\))+)\)/g);
    const properties = new Map([...found].map(([, name = '', value = '']) => [name, value]));
    const told = element.cssProperties?.map((entry) => [entry.name, entry.default]);
    expect(new Map(told as [string, string][])).toEqual(properties);
  });

  it('has every state', () => {
    const states: Record<PlayerState, true> = {
      loading: true,
      ready: true,
      renewing: true,
      paused: true,
      expired: true,
      failed: true,
    };
    expect(namesOf(element.cssStates)).toEqual(Object.keys(states).toSorted());
  });

  it.each([
    ['player', parsePlayer],
    ['token-method', parseMethod],
    ['token-credentials', parseCredentials],
    ['preload', parsePreload],
  ])('has words for %s that are understood', (name, parse) => {
    const attribute = element.attributes?.find((entry) => entry.name === name);
    const keywords = attribute === undefined ? [] : readKeywords(attribute);
    expect(keywords).not.toEqual([]);
    expect(keywords.map((keyword) => parse(keyword))).toEqual(keywords);
  });
});

describe('the manifest', () => {
  it('describes everything in it', () => {
    const { attributes = [], events = [], slots = [], ...styling } = element;
    const { cssParts = [], cssProperties = [], cssStates = [] } = styling;
    const members = manifest.modules
      .flatMap(({ declarations }) => declarations)
      .flatMap((declaration) => [declaration, ...(declaration.members ?? [])]);
    const all = [members, attributes, events, slots, cssParts, cssProperties, cssStates].flat();
    const understood = new Set(['name', 'type']);
    expect(
      all
        .filter(({ name, description = '' }) => description === '' && !understood.has(name))
        .map(({ name }) => name),
    ).toEqual([]);
    expect([...attributes, ...events].filter(({ type }) => type === undefined)).toEqual([]);
  });

  it('names modules of the package, and what they export', () => {
    for (const { path, exports } of manifest.modules) {
      const code = `console.log(Object.keys(await import('./node_modules/signed-stream/${path}')).join())`;
      const exported = exports.filter(({ kind }) => kind === 'js').map(({ name }) => name);
      expect(exported.toSorted()).toEqual(project.run(code).trim().split(',').toSorted());
    }
  });

  it('knows the public classes by their own names, and what they extend', () => {
    const classes = manifest.modules.flatMap(({ declarations }) => declarations);
    expect(classes.map(({ name, superclass }) => [name, superclass])).toEqual(
      expect.arrayContaining([
        ['SignedStreamElement', { name: 'ReactiveElement', package: '@lit/reactive-element' }],
        ['TokenChangeEvent', { name: 'Event', package: 'global:' }],
        ['SignedStreamError', { name: 'Error', package: 'global:' }],
      ]),
    );
  });
});

/** How a property is made; `undefined` for a field of the instance. */
function findDescriptor(name: string): PropertyDescriptor | undefined {
  let prototype: object = SignedStreamElement.prototype;
  while (prototype !== ReactiveElement.prototype) {
    const found = Object.getOwnPropertyDescriptor(prototype, name);
    if (found !== undefined) return found;
    prototype = Object.getPrototypeOf(prototype);
  }
  return undefined;
}

/** The code that makes what the page can style. */
function readSources(): string {
  const folder = new URL('../../src/', import.meta.url);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^(?:element|engine)\b.*\.ts$/.test(path))
    .map((path) => readFileSync(new URL(path, folder), 'utf8'))
    .join('\n');
}
