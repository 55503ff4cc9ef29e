import { type Branch, type BranchObserver, runBranches } from './branches.ts';
import type { Json, MapState } from './definition.ts';
import { leave } from './leaving.ts';
import { withinPayloadLimit } from './payload-limit.ts';
import { runRecoverable } from './recovery.ts';
import type { StateVisit, Transition } from './state-visit.ts';
import { ARRAY, CONCURRENCY } from './value-kinds.ts';

/**
 * Most iterations of an inline Map at the same time.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html (40, read 2026-11-23)
 */
const INLINE_CONCURRENCY_MAX = 40;

/** Map: runs its processor once per item; its result is the list of the outputs, in the order of the items. */
export function runMap(visit: StateVisit<MapState>): Promise<Transition> {
  return runRecoverable(
    visit,
    () => attempt(visit),
    () => visit.scope.record('MapStateFailed'),
  );
}

async function attempt(visit: StateVisit<MapState>): Promise<Transition> {
  const { scope, state } = visit;
  const items = await itemsOf(visit);
  const wished = await visit.evaluateAs(CONCURRENCY, state.MaxConcurrency ?? 0, 'MaxConcurrency');
  const concurrency = Math.min(wished === 0 ? INLINE_CONCURRENCY_MAX : wished, INLINE_CONCURRENCY_MAX);
  const branches = await branchesFor(visit, items);
  scope.record('MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
  const result = await runBranches(scope, branches, { concurrency, observer: iterationEvents(visit) });
  scope.recordAside('MapStateSucceeded');
  return leave(visit, state, { fallback: result, sights: { result } });
}

async function itemsOf(visit: StateVisit<MapState>): Promise<Json[]> {
  const { Items } = visit.state;
  if (Items !== undefined) return visit.evaluateAs(ARRAY, Items, 'Items');
  if (Array.isArray(visit.input)) return visit.input;
  throw visit.refuseValue('Items', `Map state input must be an array but was: ${JSON.stringify(visit.input)}`);
}

async function branchesFor(visit: StateVisit<MapState>, items: Json[]): Promise<Branch[]> {
  const { ItemProcessor: graph, ItemSelector } = visit.state;
  const branches: Branch[] = [];
  for (const [Index, Value] of items.entries()) {
    const mapItem = { Index, Value };
    const input = ItemSelector === undefined ? Value : await visit.evaluate(ItemSelector, 'ItemSelector', { mapItem });
    branches.push({ graph, input: withinPayloadLimit(input, visit.name), mapItem });
  }
  return branches;
}

function iterationEvents({ scope, name }: StateVisit<MapState>): BranchObserver {
  return {
    onStarted: (index, iteration) =>
      iteration.record('MapIterationStarted', { mapIterationStartedEventDetails: { name, index } }),
    onSucceeded: (index, iteration) =>
      iteration.record('MapIterationSucceeded', { mapIterationSucceededEventDetails: { name, index } }),
    onFailed: (index, previousEventId) =>
      scope.recordAside('MapIterationFailed', { mapIterationFailedEventDetails: { name, index } }, previousEventId),
    onAborted: (index, previousEventId) =>
      scope.recordAside('MapIterationAborted', { mapIterationAbortedEventDetails: { name, index } }, previousEventId),
  };
}
