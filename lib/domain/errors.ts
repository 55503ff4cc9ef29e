/**
 * Base of the faults that Step Functions recognises by name. Lambda reports `error.name` as the error type, and a minifier may
 * shorten class names, so every subclass spells its name as a literal.
 */
export abstract class DunningError extends Error {
  abstract override readonly name: string;
}

/** Input that breaks the contract between two of our own parts, or a stored row that does not parse. Never retried. */
export class ContractError extends DunningError {
  override readonly name = 'Dunning.Contract';
}

/** Another writer moved the case first. Retried after reading again. */
export class ConflictError extends DunningError {
  override readonly name = 'Dunning.Conflict';
}

/** A service we depend on cannot do it now (throttling, outage). Retried with backoff. */
export class UnavailableError extends DunningError {
  override readonly name = 'Dunning.Unavailable';
}

/** The facts are no longer the ones the step was planned with. The workflow catches it and plans again. */
export class ReplanError extends DunningError {
  override readonly name = 'Dunning.Replan';
}

/**
 * Asserts a programmer's assumption; a failure is a defect and crashes the execution.
 *
 * @param message what was expected and which value was met
 * @throws Error named `Error` when `condition` is false
 */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${message}`);
}
