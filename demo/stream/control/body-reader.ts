import { ControlError } from './control-error.js';

type Body = Readonly<Record<string, unknown>>;

/** Reads the fields of a control request's body, each of a known kind. */
export class BodyReader {
  readonly #body: Body;

  /** Refuses what is no object, and fields nobody would read. */
  constructor(body: unknown, fields: readonly string[]) {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new ControlError('The body must be a JSON object');
    }
    this.#body = { ...body };
    const unknown = Object.keys(this.#body).filter((field) => !fields.includes(field));
    if (unknown.length > 0) throw new ControlError(`Unknown field: ${unknown.join(', ')}`);
  }

  has(field: string): boolean {
    return field in this.#body;
  }

  string(field: string): string | undefined {
    return this.#read(field, 'a string', (value) => typeof value === 'string');
  }

  /** A finite number that is not negative. */
  amount(field: string): number | undefined {
    const value = this.number(field);
    if (value !== undefined && value < 0) throw new ControlError(`${field} must not be negative`);
    return value;
  }

  number(field: string): number | undefined {
    const isNumber = (value: unknown): value is number => Number.isFinite(value);
    return this.#read(field, 'a number', isNumber);
  }

  boolean(field: string): boolean | undefined {
    return this.#read(field, 'true or false', (value) => typeof value === 'boolean');
  }

  strings(field: string): string[] | undefined {
    const isStrings = (value: unknown): value is string[] =>
      Array.isArray(value) && value.every((item) => typeof item === 'string');
    return this.#read(field, 'a list of strings', isStrings);
  }

  oneOf<T extends string>(field: string, values: readonly T[]): T | undefined {
    const isValue = (value: unknown): value is T => values.some((known) => known === value);
    return this.#read(field, `one of ${values.join(', ')}`, isValue);
  }

  record(field: string): Record<string, string> | undefined {
    const isRecord = (value: unknown): value is Record<string, string> =>
      typeof value === 'object' &&
      value !== null &&
      Object.values(value).every((item) => typeof item === 'string');
    return this.#read(field, 'an object of strings', isRecord);
  }

  /** `null` says the same as leaving the field out. */
  #read<T>(field: string, kind: string, is: (value: unknown) => value is T): T | undefined {
    const value = this.#body[field];
    if (value === undefined || value === null) return undefined;
    if (!is(value)) throw new ControlError(`${field} must be ${kind}`);
    return value;
  }
}
