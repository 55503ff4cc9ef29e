import { runBranches } from './branches.ts';
import type { ParallelState } from './definition.ts';
import { leave } from './leaving.ts';
import { withinPayloadLimit } from './payload-limit.ts';
import { runRecoverable } from './recovery.ts';
import type { StateVisit, Transition } from './state-visit.ts';

/** Parallel: runs its branches beside each other on the same input; its result is the list of their outputs. */
export function runParallel(visit: StateVisit<ParallelState>): Promise<Transition> {
  return runRecoverable(
    visit,
    () => attempt(visit),
    () => visit.scope.record('ParallelStateFailed'),
  );
}

async function attempt(visit: StateVisit<ParallelState>): Promise<Transition> {
  const { scope, state } = visit;
  const input =
    state.Arguments === undefined
      ? visit.input
      : withinPayloadLimit(await visit.evaluate(state.Arguments, 'Arguments'), visit.name);
  scope.record('ParallelStateStarted');
  const branches = state.Branches.map((graph) => ({ graph, input }));
  const result = await runBranches(scope, branches, { concurrency: branches.length });
  scope.recordAside('ParallelStateSucceeded');
  return leave(visit, state, { fallback: result, sights: { result } });
}
