import type { ChoiceState } from './definition.ts';
import { leave } from './leaving.ts';
import type { StateVisit, Transition } from './state-visit.ts';
import { TaskFailure } from './task-failure.ts';
import { BOOLEAN } from './value-kinds.ts';

/**
 * Choice: takes the first rule whose condition is true, with that rule's `Output` and `Assign`; else the default, with
 * those of the state.
 *
 * @throws TaskFailure `States.Runtime` when no rule matches and there is no default
 */
export async function runChoice(visit: StateVisit<ChoiceState>): Promise<Transition> {
  const { Choices, Default } = visit.state;
  for (const [index, rule] of Choices.entries()) {
    const location = `Choices[${index}]/`;
    if (await visit.evaluateAs(BOOLEAN, rule.Condition, `${location}Condition`)) {
      return leave(visit, rule, { fallback: visit.input, location });
    }
  }
  if (Default === undefined) {
    const reason = 'Failed to transition out of the state. The state does not point to a next state.';
    throw new TaskFailure('States.Runtime', `${visit.preamble} ${reason}`);
  }
  return leave(visit, { ...visit.state, Next: Default }, { fallback: visit.input });
}
