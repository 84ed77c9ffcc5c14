/** A custom elements manifest, as far as it is read here: https://custom-elements-manifest.org */
export interface Manifest {
  readonly schemaVersion: string;
  readonly modules: readonly ManifestModule[];
}

export interface ManifestModule {
  readonly kind: 'javascript-module';
  readonly path: string;
  readonly declarations: readonly Declaration[];
  readonly exports: readonly Export[];
}

export interface Export {
  readonly kind: 'js' | 'custom-element-definition';
  readonly name: string;
  readonly declaration: Reference;
}

/** Where something is: in a module of this package, in another package, or global. */
export interface Reference {
  readonly name: string;
  readonly module?: string;
  readonly package?: string;
}

/** What every entry of a manifest may say of itself. */
export interface Entry {
  readonly name: string;
  readonly description?: string;
  readonly type?: { readonly text: string };
  readonly default?: string;
  readonly inheritedFrom?: Reference;
}

export interface Attribute extends Entry {
  readonly fieldName?: string;
}

export interface Member extends Entry {
  readonly kind: 'field' | 'method';
  readonly privacy?: 'public' | 'protected' | 'private';
  readonly readonly?: boolean;
  readonly attribute?: string;
}

/** A class; `kind` has other values for what is none. */
export interface Declaration extends Entry {
  readonly kind: string;
  readonly summary?: string;
  readonly superclass?: Reference;
  readonly members?: readonly Member[];
  readonly tagName?: string;
  readonly attributes?: readonly Attribute[];
  readonly events?: readonly Entry[];
  readonly slots?: readonly Entry[];
  readonly cssParts?: readonly Entry[];
  readonly cssProperties?: readonly Entry[];
  readonly cssStates?: readonly Entry[];
}

/** The declarations that are custom elements with a name. */
export function findElements({ modules }: Manifest): (Declaration & { tagName: string })[] {
  return modules.flatMap(({ declarations }) =>
    declarations.flatMap((declaration) => {
      const { tagName } = declaration;
      return tagName === undefined ? [] : [{ ...declaration, tagName }];
    }),
  );
}

/** The words a type consists of: `a` and `b` of `'a' | 'b'`. */
export function readKeywords({ type }: Entry): string[] {
  return [...(type?.text ?? '').matchAll(/'([^']*)'/g)].map(([, keyword]) => keyword ?? '');
}
