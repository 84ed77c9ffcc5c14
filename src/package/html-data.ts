import { findElements, readKeywords, type Attribute, type Manifest } from './manifest.js';

/** What VS Code shows of the elements of a manifest: https://aka.ms/vscode-html-custom-data */
export function toHtmlData(manifest: Manifest): object {
  return {
    version: 1.1,
    tags: findElements(manifest).map(({ tagName, summary, attributes = [] }) => ({
      name: tagName,
      description: summary,
      attributes: attributes.map(toAttribute),
    })),
  };
}

function toAttribute(attribute: Attribute): object {
  const { name, description, type } = attribute;
  const keywords = readKeywords(attribute);
  return {
    name,
    ...(description !== undefined && { description: { kind: 'markdown', value: description } }),
    // An attribute that takes no value.
    ...(type?.text === 'boolean' && { valueSet: 'v' }),
    ...(keywords.length > 0 && { values: keywords.map((keyword) => ({ name: keyword })) }),
  };
}
