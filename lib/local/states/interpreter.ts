import { runChoice } from './choice-state.ts';
import type { Json, StateGraph } from './definition.ts';
import { runMap } from './map-state.ts';
import { runParallel } from './parallel-state.ts';
import type { Scope } from './scope.ts';
import { runFail, runPass, runSucceed } from './simple-states.ts';
import { StateVisit, type Transition } from './state-visit.ts';
import { runTask } from './task-state.ts';
import { runWait } from './wait-state.ts';

/**
 * Runs states from `StartAt` to one that ends, in one scope.
 *
 * @returns the output of the last state
 * @throws TaskFailure the error of the state that failed, Abandoned when the scope was given up
 */
export async function runGraph(scope: Scope, graph: StateGraph, input: Json): Promise<Json> {
  let name = graph.StartAt;
  let output = input;
  for (;;) {
    const transition = await runState(scope, { graph, name, input: output });
    output = transition.output;
    if (transition.next === undefined) return output;
    name = transition.next;
  }
}

async function runState(scope: Scope, entering: { graph: StateGraph; name: string; input: Json }): Promise<Transition> {
  const { graph, name, input } = entering;
  const state = graph.States[name];
  if (state === undefined) throw new Error(`no state '${name}': the definition was not validated`);
  const visit = new StateVisit(scope, name, { state, input });
  const transition = await dispatch(visit);
  exit(visit, transition);
  return transition;
}

function dispatch(visit: StateVisit): Promise<Transition> {
  // One visit serves all types: the state in it decides which.
  switch (visit.state.Type) {
    case 'Pass':
      return runPass(visit as StateVisit<typeof visit.state>);
    case 'Task':
      return runTask(visit as StateVisit<typeof visit.state>);
    case 'Choice':
      return runChoice(visit as StateVisit<typeof visit.state>);
    case 'Wait':
      return runWait(visit as StateVisit<typeof visit.state>);
    case 'Parallel':
      return runParallel(visit as StateVisit<typeof visit.state>);
    case 'Map':
      return runMap(visit as StateVisit<typeof visit.state>);
    case 'Succeed':
      return runSucceed(visit as StateVisit<typeof visit.state>);
    case 'Fail':
      return runFail(visit as StateVisit<typeof visit.state>);
  }
}

function exit({ scope, name, state }: StateVisit, { output, variables }: Transition): void {
  const assigned = variables && Object.entries(variables).map(([key, value]) => [key, JSON.stringify(value)]);
  const details = {
    name,
    output: JSON.stringify(output),
    outputDetails: { truncated: false },
    ...(assigned && {
      assignedVariables: Object.fromEntries(assigned),
      assignedVariablesDetails: { truncated: false },
    }),
  };
  scope.record(`${state.Type}StateExited`, { stateExitedEventDetails: details });
  scope.assign(variables ?? {});
  scope.current = undefined;
}
