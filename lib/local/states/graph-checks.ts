import { DefinitionFaults, isObject, type Place } from './definition-faults.ts';
import { type FieldCheck, queryLanguage, show, text } from './field-checks.ts';
import { checkFields } from './object-checks.ts';
import { checkState } from './state-checks.ts';

/** What a graph knows of the whole machine and of the scopes around it. */
interface Surroundings {
  /** Names of all states met so far: a name stands for one state in the whole machine. */
  stateNames: Set<string>;
  /** Variables that the scopes around assign: an inner scope may read them but not assign them. */
  outerVariables: ReadonlySet<string>;
}

/**
 * Checks states and where they lead, and the graphs inside them. `fields` are those the graph may have besides its
 * states.
 */
export function checkGraph(graph: Record<string, unknown>, place: Place, context: GraphContext): void {
  const { fields, surroundings } = context;
  checkFields(graph, { ...GRAPH_FIELDS, ...fields }, place);
  const states = graph.States;
  if (graph.StartAt === undefined) place.report("needs the field 'StartAt'");
  if (!isObject(states) || Object.keys(states).length === 0) {
    place.report("needs the field 'States', with a state in it");
    return;
  }
  for (const [name, state] of Object.entries(states)) {
    const at = place.field('States').field(name);
    checkName(name, at, surroundings);
    checkState(state, at);
  }
  checkTargets(graph.StartAt, states, place);
  const own = assignments(states, place.field('States'));
  for (const { name, at } of own) {
    if (!surroundings.outerVariables.has(name)) continue;
    at.report(`the variable '${name}' belongs to an outer scope; an inner scope may not assign it`);
  }
  const outerVariables = new Set([...surroundings.outerVariables, ...own.map(({ name }) => name)]);
  for (const inner of innerGraphs(states, place.field('States'))) {
    checkGraph(inner.graph, inner.place, { fields: inner.fields, surroundings: { ...surroundings, outerVariables } });
  }
}

/** What a graph is checked with. */
export interface GraphContext {
  fields: Record<string, FieldCheck>;
  surroundings: Surroundings;
}

const anything: FieldCheck = () => undefined;
const GRAPH_FIELDS: Record<string, FieldCheck> = {
  Comment: text,
  QueryLanguage: queryLanguage,
  StartAt: text,
  States: anything,
};

const processorConfig: FieldCheck = (value, place) => {
  if (isObject(value) && Object.keys(value).every((key) => key === 'Mode') && (value.Mode ?? 'INLINE') === 'INLINE')
    return;
  place.report(`must be {"Mode": "INLINE"}, the only mode of the local runner, not ${show(value)}`);
};

/** For callers that want names and report nothing. */
const NOWHERE = new DefinitionFaults().root;

const STATE_NAME_LENGTH_MAX = 80;

function checkName(name: string, place: Place, { stateNames }: Surroundings): void {
  if (name.length === 0 || name.length > STATE_NAME_LENGTH_MAX) {
    place.report(`a state name has 1 to ${STATE_NAME_LENGTH_MAX} characters, not ${name.length}`);
  }
  if (stateNames.has(name)) place.report(`the state name '${name}' is used twice in the machine`);
  stateNames.add(name);
}

function checkTargets(start: unknown, states: Record<string, unknown>, place: Place): void {
  if (typeof start === 'string' && states[start] === undefined)
    place.field('StartAt').report(`there is no state '${start}'`);
  for (const [name, state] of Object.entries(states)) {
    for (const { target, at } of targets(state, place.field('States').field(name))) {
      if (states[target] === undefined) at.report(`there is no state '${target}' in this scope`);
    }
  }
  const reached = reachable(String(start), states);
  for (const name of Object.keys(states)) {
    if (!reached.has(name)) place.field('States').field(name).report('no state leads here; remove it or point to it');
  }
}

function reachable(start: string, states: Record<string, unknown>): Set<string> {
  const reached = new Set<string>();
  const open = [start];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    for (const { target } of targets(states[name])) open.push(target);
  }
  return reached;
}

/** Where a state can lead. Without a place the callers want the names only. */
function targets(state: unknown, place = NOWHERE): { target: string; at: Place }[] {
  if (!isObject(state)) return [];
  const found = [
    { target: state.Next, at: place.field('Next') },
    { target: state.Default, at: place.field('Default') },
    ...rules(state, place).map(({ rule, at }) => ({ target: rule.Next, at: at.field('Next') })),
  ];
  return found.filter((entry): entry is { target: string; at: Place } => typeof entry.target === 'string');
}

function assignments(states: Record<string, unknown>, place: Place): { name: string; at: Place }[] {
  return Object.entries(states).flatMap(([stateName, state]) => {
    if (!isObject(state)) return [];
    const at = place.field(stateName);
    const leavings = [{ rule: state, at }, ...rules(state, at)];
    return leavings.flatMap(({ rule, at: leaving }) =>
      isObject(rule.Assign)
        ? Object.keys(rule.Assign).map((name) => ({ name, at: leaving.field('Assign').field(name) }))
        : [],
    );
  });
}

/** The choice rules and catchers of a state. */
function rules(state: Record<string, unknown>, place: Place): { rule: Record<string, unknown>; at: Place }[] {
  return ['Choices', 'Catch'].flatMap((field) => {
    const list = Array.isArray(state[field]) ? state[field] : [];
    return list
      .map((rule: unknown, index) => ({ rule, at: place.field(field).item(index) }))
      .filter((entry): entry is { rule: Record<string, unknown>; at: Place } => isObject(entry.rule));
  });
}

interface InnerGraph {
  graph: Record<string, unknown>;
  place: Place;
  fields: Record<string, FieldCheck>;
}

function innerGraphs(states: Record<string, unknown>, place: Place): InnerGraph[] {
  return Object.entries(states).flatMap(([name, state]) => {
    if (!isObject(state)) return [];
    const at = place.field(name);
    const branches: unknown[] = Array.isArray(state.Branches) ? state.Branches : [];
    const candidates = [
      ...branches.map((graph, index) => ({ graph, place: at.field('Branches').item(index), fields: {} })),
      { graph: state.ItemProcessor, place: at.field('ItemProcessor'), fields: { ProcessorConfig: processorConfig } },
    ];
    return candidates.filter((candidate): candidate is InnerGraph => isObject(candidate.graph));
  });
}
