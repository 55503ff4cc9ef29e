import type { MapState, ParallelState, TaskState } from './definition.ts';
import { leave } from './leaving.ts';
import { RetryPlan } from './retry.ts';
import type { StateVisit, Transition } from './state-visit.ts';
import { asTaskFailure, matchesError, type TaskFailure } from './task-failure.ts';

/**
 * Runs a state that can fail: attempts it, waits and attempts again as its `Retry` says, then hands the error to its
 * `Catch`.
 *
 * @param attempt one attempt, from its arguments to its output
 * @param onGivenUp called once no retrier takes the error, before the catchers are asked
 * @throws TaskFailure when no catcher takes the error
 */
export async function runRecoverable(
  visit: StateVisit<RecoverableVisit>,
  attempt: () => Promise<Transition>,
  onGivenUp: () => void = () => undefined,
): Promise<Transition> {
  const { runtime } = visit.scope;
  const retries = new RetryPlan(visit.state.Retry ?? [], runtime.random);
  for (;;) {
    try {
      return await attempt();
    } catch (thrown) {
      const failure = asTaskFailure(thrown);
      const delayMillis = retries.nextDelayMillis(failure);
      if (delayMillis === undefined) {
        onGivenUp();
        return await goToCatcher(visit, failure);
      }
      visit.retryCount += 1;
      await visit.scope.sleepUntil(runtime.clock.now() + delayMillis);
      runtime.countTransition();
    }
  }
}

type RecoverableVisit = TaskState | ParallelState | MapState;

async function goToCatcher(visit: StateVisit<RecoverableVisit>, failure: TaskFailure): Promise<Transition> {
  const catchers = visit.state.Catch ?? [];
  const index = catchers.findIndex(({ ErrorEquals }) => matchesError(ErrorEquals, failure));
  const catcher = catchers[index];
  if (catcher === undefined) throw failure;
  const errorOutput = failure.toErrorOutput();
  return leave(visit, catcher, { fallback: errorOutput, sights: { errorOutput }, location: `Catch[${index}]/` });
}
