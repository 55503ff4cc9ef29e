/**
 * The resolved properties of one resource, read by name and by type.
 *
 * CloudFormation takes `"30"` for 30 and `"true"` for true, so numbers and flags are read from text too. A property of
 * the wrong type is an error naming the resource, the property and its value.
 */
export class PropertyBag {
  readonly where: string;
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(where: string, values: Readonly<Record<string, unknown>>) {
    this.where = where;
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined;
  }

  /** The value as it stands: for documents such as an event pattern. */
  raw(name: string): unknown {
    return this.#values[name];
  }

  text(name: string): string {
    return this.optionalText(name) ?? this.#refuse(name, 'text');
  }

  optionalText(name: string): string | undefined {
    const value = this.#values[name];
    if (value === undefined || typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return this.#refuse(name, 'text');
  }

  number(name: string, fallback: number): number {
    const value = this.#values[name];
    if (value === undefined) return fallback;
    const number = typeof value === 'number' ? value : Number.parseFloat(String(value));
    return Number.isFinite(number) ? number : this.#refuse(name, 'a number');
  }

  optionalNumber(name: string): number | undefined {
    return this.has(name) ? this.number(name, 0) : undefined;
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.#values[name];
    if (value === undefined) return fallback;
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    return this.#refuse(name, 'true or false');
  }

  texts(name: string): string[] {
    return this.#list(name).map(String);
  }

  /** The text values of a map, such as the variables of an environment. */
  textMap(name: string): Record<string, string> {
    const inner = this.bag(name).#values;
    return Object.fromEntries(Object.entries(inner).map(([key, value]) => [key, String(value)]));
  }

  /** A nested object; empty when the property is absent. */
  bag(name: string): PropertyBag {
    const value = this.#values[name] ?? {};
    return isRecord(value) ? new PropertyBag(`${this.where}.${name}`, value) : this.#refuse(name, 'an object');
  }

  /** A list of objects; empty when the property is absent. */
  bags(name: string): PropertyBag[] {
    return this.#list(name).map((item, index) =>
      isRecord(item)
        ? new PropertyBag(`${this.where}.${name}[${index}]`, item)
        : this.#refuse(name, 'a list of objects'),
    );
  }

  #list(name: string): unknown[] {
    const value = this.#values[name] ?? [];
    return Array.isArray(value) ? value : this.#refuse(name, 'a list');
  }

  #refuse(name: string, wanted: string): never {
    throw new Error(`${this.where}: property ${name} must be ${wanted}, it is ${JSON.stringify(this.#values[name])}`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
