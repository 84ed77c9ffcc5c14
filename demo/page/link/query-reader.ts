/** Reads an address's query switch by switch, and keeps what it cannot understand, in words. */
export class QueryReader {
  readonly #params: URLSearchParams;
  readonly #read = new Set<string>();
  readonly #problems: string[] = [];

  constructor(query: string) {
    this.#params = new URLSearchParams(query);
  }

  /** What could not be understood so far, and the switches that nobody has asked for. */
  listProblems(): readonly string[] {
    const names = [...new Set(this.#params.keys())];
    const unknown = names.filter((name) => !this.#read.has(name));
    return [...this.#problems, ...unknown.map((name) => `There is no switch “${shorten(name)}”.`)];
  }

  /** The value as `parse` understands it; the fallback where it is missing or not understood. */
  value<T>(name: string, parse: (text: string) => T | undefined, rule: string, fallback: T): T {
    this.#read.add(name);
    const text = this.#params.get(name);
    if (text === null) return fallback;
    const value = parse(text);
    if (value !== undefined) return value;
    this.reject(`${name}=${text}`, rule);
    return fallback;
  }

  choice<T extends string>(name: string, values: readonly T[], fallback: T): T {
    const parse = (text: string): T | undefined => values.find((value) => value === text);
    return this.value(name, parse, `one of ${values.join(', ')}`, fallback);
  }

  flag(name: string): boolean {
    const parse = (text: string): boolean | undefined => FLAGS.get(text);
    return this.value(name, parse, `${name} alone, or left out`, false);
  }

  reject(what: string, rule: string): void {
    this.#problems.push(`“${shorten(what)}” is not understood: it has to be ${rule}.`);
  }
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['', true],
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
