import { LocalProblem } from './problem.ts';

/** A request to one of the `/_local` routes. */
export interface LocalRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly body: Buffer;
}

/**
 * The members of a JSON object body; anything else is refused, and so is a member that is not among `known`.
 * @throws LocalProblem 400 for what is no JSON object, 422 for an unknown member
 */
export function readObject(body: Buffer, known: readonly string[]): Record<string, unknown> {
  const value = parseJson(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new LocalProblem(400, `The body must be a JSON object with ${known.join(', ')}; it is ${shown(value)}`);
  }
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new LocalProblem(422, `"${unknown}" is not known; take of ${known.join(', ')}`, `/${unknown}`);
  }
  return value as Record<string, unknown>;
}

/** A value of a body as an error message quotes it: short. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function parseJson(body: Buffer): unknown {
  if (body.length === 0) throw new LocalProblem(400, 'The body is empty; send a JSON object');
  try {
    return JSON.parse(body.toString());
  } catch (error) {
    throw new LocalProblem(400, `The body is not JSON: ${(error as Error).message}`);
  }
}
