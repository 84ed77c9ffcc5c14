import {
  findElements,
  readKeywords,
  type Attribute,
  type Declaration,
  type Entry,
  type Manifest,
} from './manifest.js';

/** Of which package the elements are. */
export interface PackageName {
  readonly name: string;
  readonly version: string;
}

/** What JetBrains' editors show of the elements of a manifest: https://github.com/JetBrains/web-types */
export function toWebTypes(manifest: Manifest, { name, version }: PackageName): object {
  return {
    $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
    name,
    version,
    'description-markup': 'markdown',
    'js-types-syntax': 'typescript',
    contributions: { html: { elements: findElements(manifest).map(toElement) } },
  };
}

function toElement(element: Declaration & { tagName: string }): object {
  const {
    tagName,
    name,
    summary,
    attributes = [],
    members = [],
    events = [],
    slots = [],
  } = element;
  const { cssProperties = [], cssParts = [], cssStates = [] } = element;
  return {
    name: tagName,
    description: summary,
    source: { symbol: name },
    attributes: attributes.map(toAttribute),
    ...(slots.length > 0 && { slots: slots.map(toDescribed) }),
    js: {
      properties: members
        .filter(({ kind }) => kind === 'field')
        .map((member) => ({
          ...toDescribed(member),
          type: member.type?.text,
          ...(member.default !== undefined && { default: member.default }),
          ...(member.readonly === true && { 'read-only': true }),
        })),
      events: events.map((event) => ({ ...toDescribed(event), type: event.type?.text })),
    },
    css: {
      properties: cssProperties.map(toDescribed),
      parts: cssParts.map(toDescribed),
      'pseudo-classes': [
        {
          name: 'state',
          arguments: true,
          description: cssStates
            .map((state) => `- \`${state.name}\`: ${state.description}`)
            .join('\n'),
        },
      ],
    },
  };
}

function toAttribute(attribute: Attribute): object {
  const { type, default: value } = attribute;
  const isBoolean = type?.text === 'boolean';
  const keywords = readKeywords(attribute);
  return {
    ...toDescribed(attribute),
    value: isBoolean
      ? { kind: 'no-value', type: 'boolean' }
      : { kind: 'plain', type: keywords.length > 0 ? keywords.map(quote) : type?.text },
    ...(value !== undefined && !isBoolean && { default: value.replaceAll("'", '') }),
  };
}

function toDescribed({ name, description }: Entry): object {
  return { name, ...(description !== undefined && { description }) };
}

function quote(keyword: string): string {
  return `'${keyword}'`;
}
