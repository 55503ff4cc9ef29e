import { StepFunctionsError } from './step-functions-error.ts';

/** The arguments of an API call as they came over the wire: each is checked as it is read. */
export class WireRequest {
  readonly #fields: Record<string, unknown>;

  /** @throws StepFunctionsError SerializationException when the body is not an object */
  constructor(body: unknown) {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new StepFunctionsError('SerializationException', 'the body of a call must be a JSON object');
    }
    this.#fields = body as Record<string, unknown>;
  }

  /** A text that must be there. @throws StepFunctionsError ValidationException */
  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined) throw constraint(null, name, 'Member must not be null');
    return value;
  }

  /** A text, if given; null counts as not given. @throws StepFunctionsError SerializationException */
  optionalText(name: string): string | undefined {
    return this.#optional(name, 'string') as string | undefined;
  }

  /** A number, if given. @throws StepFunctionsError SerializationException */
  optionalNumber(name: string): number | undefined {
    return this.#optional(name, 'number') as number | undefined;
  }

  /** True or false, if given. @throws StepFunctionsError SerializationException */
  optionalBoolean(name: string): boolean | undefined {
    return this.#optional(name, 'boolean') as boolean | undefined;
  }

  /** One of a few texts, if given. @throws StepFunctionsError ValidationException */
  optionalOneOf(name: string, values: readonly string[]): string | undefined {
    const value = this.optionalText(name);
    if (value === undefined || values.includes(value)) return value;
    throw constraint(value, name, `Member must satisfy enum value set: [${values.join(', ')}]`);
  }

  /** Which part of a list is asked for. */
  page(): { maxResults?: number; nextToken?: string } {
    const [maxResults, nextToken] = [this.optionalNumber('maxResults'), this.optionalText('nextToken')];
    return { ...(maxResults !== undefined && { maxResults }), ...(nextToken !== undefined && { nextToken }) };
  }

  #optional(name: string, type: string): unknown {
    const value = this.#fields[name] ?? undefined;
    if (value === undefined || typeof value === type) return value;
    throw new StepFunctionsError('SerializationException', `'${name}' must be a ${type}, not ${JSON.stringify(value)}`);
  }
}

function constraint(value: string | null, name: string, rule: string): StepFunctionsError {
  const shown = value === null ? 'null' : `'${value}'`;
  return new StepFunctionsError(
    'ValidationException',
    `1 validation error detected: Value ${shown} at '${name}' failed to satisfy constraint: ${rule}`,
  );
}
