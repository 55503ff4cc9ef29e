import type { StepClaim } from '../step-claim.ts';

/** Attempts that the workflow makes within a minute or so, before a step that is put off waits for longer. */
const QUICK_ATTEMPTS = 6;

const WAIT_MINUTES_PER_ATTEMPT = 6;

const WAIT_MINUTES_MAX = 120;

/**
 * The UTC instant from which a step may be tried: now, or, of one that the provider keeps putting off, after ever longer waits since the last attempt, two hours at most.
 */
export function triedFrom(now: string, claim: StepClaim | undefined): string {
  if (!claim || claim.attempt < QUICK_ATTEMPTS) return now;
  const minutes = Math.min(claim.attempt * WAIT_MINUTES_PER_ATTEMPT, WAIT_MINUTES_MAX);
  const again = Date.parse(claim.at) + minutes * 60_000;
  return again > Date.parse(now) ? new Date(again).toISOString() : now;
}
