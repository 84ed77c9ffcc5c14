import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';

/**
 * Which folder may import which, and which packages. The options are one table: a layer's name to
 * the layers (`layers`) and packages (`packages`) it may import besides itself. A layer is a folder
 * under `root` or a file right under it; the longest name that fits a file is its layer. Type
 * imports, re-exports and `import()` count like any other import.
 */
export const importDirection = {
  meta: {
    type: 'problem',
    messages: {
      layer: '{{from}} must not import {{to}}.',
      package: '{{from}} must not import the package {{to}}.',
      outside: '{{from}} must not import anything outside {{root}}.',
      unknown: '{{from}} belongs to no layer: add it to the table of import directions.',
    },
    schema: [{ type: 'object' }],
  },
  create(context) {
    const { root, layers } = context.options[0];
    const rootPath = findRoot(context.filename, root);
    if (rootPath === undefined) return {};
    const from = layerOf(relativePath(rootPath, context.filename), layers);
    const name = (path) => `${root}/${path}`;

    const check = (source) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const report = (messageId, data) => context.report({ node: source, messageId, data });
      if (from === undefined) {
        report('unknown', { from: relativePath(rootPath, context.filename) });
        return;
      }
      const allowed = layers[from];
      if (!source.value.startsWith('.')) {
        const packageName = toPackageName(source.value);
        if (!(allowed.packages ?? []).includes(packageName)) {
          report('package', { from: name(from), to: packageName });
        }
        return;
      }
      const target = relativePath(rootPath, resolve(dirname(context.filename), source.value));
      if (target.startsWith('../')) {
        report('outside', { from: name(from), root });
        return;
      }
      const to = layerOf(target, layers);
      if (to !== from && !(allowed.layers ?? []).includes(to)) {
        report('layer', { from: name(from), to: name(to ?? target) });
      }
    };

    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.source ?? node.argument?.literal),
      TSExternalModuleReference: (node) => check(node.expression),
    };
  },
};

/** The path of the last folder called `root` above the file. */
function findRoot(filename, root) {
  const parts = filename.split(sep);
  const at = parts.lastIndexOf(root, parts.length - 2);
  return at === -1 ? undefined : parts.slice(0, at + 1).join(sep);
}

function relativePath(from, to) {
  const path = relative(from, to);
  return isAbsolute(path) ? `../${path}` : path.split(sep).join('/');
}

function layerOf(path, layers) {
  const module = path.replace(/\.[jt]s$/, '');
  return Object.keys(layers)
    .filter((layer) => module === layer || module.startsWith(`${layer}/`))
    .toSorted((a, b) => b.length - a.length)[0];
}

function toPackageName(specifier) {
  if (specifier.startsWith('node:')) return 'node:*';
  const depth = specifier.startsWith('@') ? 2 : 1;
  return specifier.split('/').slice(0, depth).join('/');
}
