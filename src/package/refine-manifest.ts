import { KEYWORD_TYPES } from './keywords.js';
import type {
  Attribute,
  Declaration,
  Entry,
  Export,
  Manifest,
  ManifestModule,
  Member,
  Reference,
} from './manifest.js';

/** A module that a page imports, and the source that it is made of. */
export interface PublicModule {
  readonly path: string;
  readonly source: string;
}

/**
 * The manifest of what is published, from what the analyzer says of the sources: only what the
 * public modules export, under their paths, and of it only what is public.
 */
export function refineManifest(raw: Manifest, publicModules: readonly PublicModule[]): Manifest {
  const known = new Map<string, Declaration>();
  for (const { declarations } of raw.modules) {
    for (const declaration of declarations) {
      if (PUBLISHED_KINDS.has(declaration.kind)) known.set(declaration.name, declaration);
    }
  }
  const sources = publicModules.flatMap((publicModule) => {
    const found = raw.modules.find(({ path }) => path === publicModule.source);
    return found === undefined ? [] : [{ ...found, path: publicModule.path }];
  });
  const homes = findHomes(sources, known);
  return {
    ...raw,
    // The first version with states.
    schemaVersion: '2.1.0',
    modules: sources.map((source) => refineModule(source, known, homes)),
  };
}

/** Classes and functions by their names. */
type Known = ReadonlyMap<string, Declaration>;
/** The path of the public module that each public class or function is told of in. */
type Homes = ReadonlyMap<string, string>;

/** Each is told of where it is declared, if that is public, and else where it is exported. */
function findHomes(modules: readonly ManifestModule[], known: Known): Homes {
  const exported = modules.flatMap(({ path, exports }) => exports.map(({ name }) => [name, path]));
  const declared = modules.flatMap(({ path, declarations }) =>
    declarations.map(({ name }) => [name, path]),
  );
  const homes = new Map<string, string>();
  for (const [name = '', path = ''] of [...exported, ...declared]) {
    if (known.has(name)) homes.set(name, path);
  }
  return homes;
}

function refineModule({ path, exports }: ManifestModule, known: Known, homes: Homes) {
  const declarations = [...known.values()].filter(({ name }) => homes.get(name) === path);
  return {
    kind: 'javascript-module' as const,
    path,
    declarations: declarations.map((declaration) =>
      declaration.kind === 'class' ? refineClass(declaration, known, homes) : declaration,
    ),
    exports: exports.flatMap(({ kind, name, declaration }): Export[] => {
      const module = homes.get(declaration.name);
      return module === undefined
        ? []
        : [{ kind, name, declaration: { name: declaration.name, module } }];
    }),
  };
}

function refineClass(declaration: Declaration, known: Known, homes: Homes): Declaration {
  const { members = [], attributes, events, superclass } = declaration;
  const isOfElement = declaration.tagName !== undefined;
  return {
    ...declaration,
    members: members
      .filter(({ name, privacy = 'public' }) => privacy === 'public' && !name.startsWith('#'))
      .map((member) => refineMember(member, isOfElement)),
    ...(attributes && {
      attributes: attributes.map((attribute) => refineAttribute(attribute, members)),
    }),
    // Of events that nobody describes the analyzer has guessed the name from the code.
    ...(events && { events: events.filter(isDescribed).map(withoutOrigin) }),
    ...(superclass && { superclass: findSuperclass(superclass, known, homes) }),
  };
}

/** The first class above that a page knows. */
function findSuperclass(reference: Reference, known: Known, homes: Homes): Reference {
  const { name } = reference;
  if (reference.package !== undefined) return reference;
  const module = homes.get(name);
  if (module !== undefined) return { name, module };
  const above = known.get(name)?.superclass;
  return above === undefined ? { name, package: 'global:' } : findSuperclass(above, known, homes);
}

function refineMember(member: Member, isOfElement: boolean): Member {
  const { default: value, ...rest } = withoutOrigin(member);
  // Elsewhere it is the argument that a constructor takes the value from.
  return value === undefined || !isOfElement ? rest : { ...rest, default: value };
}

function refineAttribute(attribute: Attribute, members: readonly Member[]): Attribute {
  // The analyzer overlooks what a class further up says of the property.
  const field = members.find(({ name }) => name === attribute.fieldName);
  const description = attribute.description ?? field?.description;
  const keywords = KEYWORD_TYPES.get(attribute.name);
  return {
    ...withoutOrigin(attribute),
    ...(description !== undefined && { description }),
    ...(keywords !== undefined && { type: { text: keywords } }),
  };
}

function isDescribed({ description }: Entry): boolean {
  return description !== undefined;
}

/** Which class of ours it comes from says nothing to a page that cannot name that class. */
function withoutOrigin<T extends Entry>({
  inheritedFrom: _origin,
  ...rest
}: T): Omit<T, 'inheritedFrom'> {
  return rest;
}

/** What a page can name; types are for a compiler. */
const PUBLISHED_KINDS = new Set(['class', 'function']);
