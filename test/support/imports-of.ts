import { parseSync } from 'vite';

export interface Imports {
  /** What a module needs before it runs, re-exports included. */
  readonly atOnce: readonly string[];
  /** What it may load later by `import()`, where that is written out. */
  readonly late: readonly string[];
}

/** The specifiers that a module, or a declaration file, imports. */
export function importsOf(path: string, code: string): Imports {
  const { module } = parseSync(path, code);
  const exported = module.staticExports
    .flatMap(({ entries }) => entries)
    .flatMap(({ moduleRequest }) => (moduleRequest ? [moduleRequest.value] : []));
  return {
    atOnce: [...module.staticImports.map(({ moduleRequest }) => moduleRequest.value), ...exported],
    late: module.dynamicImports
      .map(({ moduleRequest: { start, end } }) => code.slice(start, end))
      .filter((argument) => /^(?:['"]|`[^$]*$)/.test(argument))
      .map((argument) => argument.slice(1, -1)),
  };
}
