/** Everything wrong with a definition, each with the path of the state and field, so that one look shows all. */
export class DefinitionFaults {
  readonly #faults: string[] = [];

  /** The root of the definition, to descend from. */
  get root(): Place {
    return new Place(this.#faults, '');
  }

  /**
   * The faults in the order they were found, in the words AWS uses: `SCHEMA_VALIDATION_FAILED: … at
   * /States/Plan/Resource`.
   */
  get list(): readonly string[] {
    return this.#faults;
  }
}

/** A place in a definition: `/States/Plan/Retry[0]/MaxAttempts`. */
export class Place {
  readonly path: string;
  readonly #faults: string[];

  /** Descend from `DefinitionFaults.root` rather than making one. */
  constructor(faults: string[], path: string) {
    this.#faults = faults;
    this.path = path;
  }

  /** The place of a field or of the state of that name. */
  field(name: string): Place {
    return new Place(this.#faults, `${this.path}/${name}`);
  }

  /** The place of a list item. */
  item(index: number): Place {
    return new Place(this.#faults, `${this.path}[${index}]`);
  }

  /** Reports what is wrong here and how to put it right. */
  report(message: string): void {
    this.#faults.push(`SCHEMA_VALIDATION_FAILED: ${message} at ${this.path === '' ? '/' : this.path}`);
  }
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
