import { Logger } from '@aws-lambda-powertools/logger';
import * as z from 'zod/mini';
import { ContractError } from '../domain/errors.ts';

/** Logger of a function: JSON lines. Ids and outcomes only; never an event, a name, an address or a message. */
export const logger = new Logger();

/** Logs a fault by its name and where it came up. Messages of faults hold ids, never personal data. */
export function logFault(error: unknown, { route }: { route: string }): void {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  logger.error('fault', { route, errorName: name, errorMessage: message });
}

/**
 * A Lambda handler from a function over its dependencies. They are built on the first invocation, so that a function's file can be
 * loaded without an environment, and kept for the next ones.
 */
export function lambda<Deps, Event, Answer>(
  buildDeps: () => Deps,
  handle: (deps: Deps, event: Event) => Promise<Answer>,
): (event: Event) => Promise<Answer> {
  let deps: Deps | undefined;
  return async (event) => {
    deps ??= buildDeps();
    return handle(deps, event);
  };
}

/** Parses what a function was given. Throws ContractError, which nobody retries, with what is wrong and where. */
export function parseInput<Schema extends z.core.$ZodType>(
  schema: Schema,
  input: unknown,
  what: string,
): z.core.output<Schema> {
  const parsed = z.safeParse(schema, input);
  if (parsed.success) return parsed.data;
  throw new ContractError(`${what}: ${z.prettifyError(parsed.error)}`);
}
