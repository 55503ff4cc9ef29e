import type { FailState, PassState, SucceedState } from './definition.ts';
import { leave } from './leaving.ts';
import type { StateVisit, Transition } from './state-visit.ts';
import { TaskFailure } from './task-failure.ts';
import { STRING } from './value-kinds.ts';

/** Pass: hands its input on, or its `Output`. */
export function runPass(visit: StateVisit<PassState>): Promise<Transition> {
  return leave(visit, visit.state, { fallback: visit.input });
}

/** Succeed: ends its line of execution with its input or `Output`. */
export function runSucceed(visit: StateVisit<SucceedState>): Promise<Transition> {
  return leave(visit, visit.state, { fallback: visit.input });
}

/** Fail: ends its line of execution with an error. @throws TaskFailure always */
export async function runFail(visit: StateVisit<FailState>): Promise<never> {
  const { Error: error, Cause: cause } = visit.state;
  const errorName = error === undefined ? undefined : await visit.evaluateAs(STRING, error, 'Error');
  const causeText = cause === undefined ? undefined : await visit.evaluateAs(STRING, cause, 'Cause');
  throw new TaskFailure(errorName, causeText);
}
