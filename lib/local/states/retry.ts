import type { Retrier } from './definition.ts';
import { matchesError, type TaskFailure } from './task-failure.ts';

/**
 * Counts the attempts of one state and decides on the next: the first retrier that matches the error rules, and each
 * retrier has attempts of its own.
 *
 * @see https://states-language.net/spec.html#retrying-after-error
 */
export class RetryPlan {
  readonly #retriers: readonly Retrier[];
  readonly #random: () => number;
  readonly #attempts: Map<Retrier, number> = new Map();

  /** @param random draws in [0, 1) for `JitterStrategy: FULL` */
  constructor(retriers: readonly Retrier[], random: () => number) {
    this.#retriers = retriers;
    this.#random = random;
  }

  /** Milliseconds to wait before the next attempt, or undefined when there is none. Counts the attempt. */
  nextDelayMillis(failure: TaskFailure): number | undefined {
    const retrier = this.#retriers.find(({ ErrorEquals }) => matchesError(ErrorEquals, failure));
    if (retrier === undefined) return undefined;
    const attempts = this.#attempts.get(retrier) ?? 0;
    if (attempts >= (retrier.MaxAttempts ?? 3)) return undefined;
    this.#attempts.set(retrier, attempts + 1);
    return this.#delayMillis(retrier, attempts);
  }

  #delayMillis(retrier: Retrier, attempts: number): number {
    const { IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Number.POSITIVE_INFINITY } = retrier;
    const seconds = Math.min(IntervalSeconds * BackoffRate ** attempts, MaxDelaySeconds);
    const share = retrier.JitterStrategy === 'FULL' ? this.#random() : 1;
    return Math.round(seconds * share * 1000);
  }
}
