import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  findElements,
  readKeywords,
  type Declaration,
  type Entry,
} from '../../src/package/manifest.js';
import { createPackedProject, type PackedProject } from './support/packed-project.js';

interface HtmlData {
  readonly tags: readonly {
    readonly name: string;
    readonly attributes: readonly {
      readonly name: string;
      readonly description?: { readonly value: string };
      readonly valueSet?: string;
      readonly values?: readonly { readonly name: string }[];
    }[];
  }[];
}

interface WebTypes {
  readonly name: string;
  readonly version: string;
  readonly contributions: { readonly html: { readonly elements: readonly WebTypesElement[] } };
}

interface WebTypesElement {
  readonly name: string;
  readonly source: { readonly symbol: string };
  readonly attributes: readonly (Entry & { readonly value: object })[];
  readonly js: {
    readonly properties: readonly (Entry & { readonly 'read-only'?: boolean })[];
    readonly events: readonly Entry[];
  };
  readonly css: { readonly properties: readonly Entry[]; readonly parts: readonly Entry[] };
}

let project: PackedProject;
let element: Declaration;
beforeAll(() => {
  project = createPackedProject();
  const [first] = findElements(JSON.parse(readExport('custom-elements.json')));
  if (first === undefined) throw new Error('There is no element in the manifest.');
  element = first;
});
afterAll(() => {
  project.remove();
});

/** A file as a tool finds it, by its name in the package. */
function readExport(path: string): string {
  const code = `
    import { readFileSync } from 'node:fs';
    import { createRequire } from 'node:module';
    const path = createRequire(import.meta.url + '/').resolve('signed-stream/${path}');
    console.log(readFileSync(path, 'utf8'));`;
  return project.run(code);
}

const namesOf = (entries: readonly { readonly name: string }[] = []): string[] =>
  entries.map(({ name }) => name);

describe('vscode.html-custom-data.json', () => {
  const read = (): HtmlData => JSON.parse(readExport('vscode.html-custom-data.json'));

  it('has the element with every attribute of the manifest, described', () => {
    const { tags } = read();
    expect(namesOf(tags)).toEqual(['signed-stream']);
    const told = tags[0]?.attributes.map(({ name, description }) => [name, description?.value]);
    expect(told).toEqual(element.attributes?.map(({ name, description }) => [name, description]));
  });

  it('offers the words that an attribute knows, and no value for a boolean one', () => {
    const [tag] = read().tags;
    for (const { name, values = [], valueSet } of tag?.attributes ?? []) {
      const attribute = element.attributes?.find((entry) => entry.name === name);
      expect(namesOf(values), name).toEqual(attribute && readKeywords(attribute));
      expect(valueSet, name).toBe(attribute?.type?.text === 'boolean' ? 'v' : undefined);
    }
    expect(tag?.attributes).toContainEqual(
      expect.objectContaining({ name: 'player', values: [{ name: 'iframe' }, { name: 'hls' }] }),
    );
  });
});

describe('web-types.json', () => {
  const read = (): WebTypes => JSON.parse(readExport('web-types.json'));
  const readElement = (): WebTypesElement | undefined => read().contributions.html.elements[0];

  it('is of this version of the package, and where editors look for it', () => {
    const { name, version } = read();
    const own: Readonly<Record<string, string>> = JSON.parse(readExport('package.json'));
    expect({ name, version }).toEqual({ name: own['name'], version: own['version'] });
    expect(JSON.parse(project.read(own['web-types'] ?? ''))).toMatchObject({ name });
  });

  it('has everything that the manifest has of the element', () => {
    const told = readElement();
    expect(told).toMatchObject({ name: 'signed-stream', source: { symbol: element.name } });
    expect(namesOf(told?.attributes)).toEqual(namesOf(element.attributes));
    expect(told?.js.events).toEqual(
      element.events?.map(({ name, description, type }) => ({
        name,
        description,
        type: type?.text,
      })),
    );
    const fields = element.members?.filter(({ kind }) => kind === 'field') ?? [];
    expect(namesOf(told?.js.properties)).toEqual(namesOf(fields));
    expect(told?.js.properties.map((property) => property['read-only'] === true)).toEqual(
      fields.map((field) => field.readonly === true),
    );
    expect(namesOf(told?.css.parts)).toEqual(namesOf(element.cssParts));
    expect(namesOf(told?.css.properties)).toEqual(namesOf(element.cssProperties));
    const states = JSON.stringify(told?.css);
    for (const { name } of element.cssStates ?? []) expect(states).toContain(`\`${name}\``);
  });

  it('has the values of attributes', () => {
    const values = new Map(readElement()?.attributes.map(({ name, value }) => [name, value]));
    expect(values.get('controls')).toEqual({ kind: 'no-value', type: 'boolean' });
    expect(values.get('player')).toEqual({ kind: 'plain', type: ["'iframe'", "'hls'"] });
    expect(values.get('video-id')).toEqual({ kind: 'plain', type: 'string' });
  });
});
