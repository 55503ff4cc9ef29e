import { ConflictError } from '../domain/errors.ts';

/** Attempts before a busy case is left to the caller's own retry. */
const ATTEMPTS_MAX = 6;

/**
 * Runs a read-decide-write again when another writer moved the case in between: the decision is always taken on what is true now.
 *
 * @throws ConflictError after six attempts in a row lost the race; whatever else `decideAndWrite` throws, at once
 */
export async function withFreshRead<Value>(decideAndWrite: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await decideAndWrite();
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === ATTEMPTS_MAX) throw error;
    }
  }
}
