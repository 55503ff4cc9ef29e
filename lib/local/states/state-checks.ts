import { isObject, type Place } from './definition-faults.ts';
import {
  assign,
  condition,
  end,
  type FieldCheck,
  listOrExpression,
  queryLanguage,
  resource,
  show,
  template,
  text,
  textOrExpression,
  timestamp,
  wholeNumberOrExpression,
} from './field-checks.ts';
import { checkFields } from './object-checks.ts';
import { catchers, retry } from './recovery-checks.ts';

/**
 * Checks one state: its type, its fields, what it must have, and how it is left. The graphs inside it are checked
 * apart.
 */
export function checkState(state: unknown, place: Place): void {
  if (!isObject(state)) {
    place.report(`a state must be an object, not ${show(state)}`);
    return;
  }
  const type = STATE_TYPES[String(state.Type)];
  if (type === undefined) {
    place
      .field('Type')
      .report(`unknown state type ${show(state.Type)}; known are ${Object.keys(STATE_TYPES).join(', ')}`);
    return;
  }
  checkFields(state, { ...ALWAYS, ...(type.moves && MOVES), ...type.fields }, place);
  for (const name of type.required)
    if (state[name] === undefined) place.report(`${state.Type} needs the field '${name}'`);
  if (type.moves && (state.Next === undefined) === (state.End === undefined)) {
    place.report("needs either 'Next' or 'End': true, and not both");
  }
  if (state.Type === 'Wait' && (state.Seconds === undefined) === (state.Timestamp === undefined)) {
    place.report("Wait needs either 'Seconds' or 'Timestamp', and not both");
  }
}

interface StateType {
  /** Whether the state is left by `Next` or `End`. */
  moves: boolean;
  required: string[];
  fields: Record<string, FieldCheck>;
}

const choiceRules: FieldCheck = (value, place) => {
  if (!Array.isArray(value) || value.length === 0) {
    place.report(`must be a list of rules, not ${show(value)}`);
    return;
  }
  for (const [index, rule] of value.entries()) {
    const at = place.item(index);
    if (!isObject(rule)) {
      at.report(`must be an object, not ${show(rule)}`);
      continue;
    }
    checkFields(rule, RULE_FIELDS, at);
    for (const name of ['Condition', 'Next']) if (rule[name] === undefined) at.report(`a choice rule needs '${name}'`);
  }
};

/** Graphs are checked by `checkGraph`, which knows the scopes around them. */
const graph: FieldCheck = (value, place) => {
  if (!isObject(value)) place.report(`must be an object with StartAt and States, not ${show(value)}`);
};

const graphs: FieldCheck = (value, place) => {
  if (!Array.isArray(value) || value.length === 0) {
    place.report(`must be a list of branches, not ${show(value)}`);
    return;
  }
  for (const [index, branch] of value.entries()) graph(branch, place.item(index));
};

const ALWAYS: Record<string, FieldCheck> = { Type: text, Comment: text, QueryLanguage: queryLanguage };
const MOVES: Record<string, FieldCheck> = { Next: text, End: end };
const LEAVING: Record<string, FieldCheck> = { Output: template, Assign: assign };
const RECOVERING: Record<string, FieldCheck> = { ...LEAVING, Retry: retry, Catch: catchers };
const RULE_FIELDS: Record<string, FieldCheck> = { Comment: text, Condition: condition, Next: text, ...LEAVING };

const STATE_TYPES: Record<string, StateType> = {
  Pass: { moves: true, required: [], fields: LEAVING },
  Task: {
    moves: true,
    required: ['Resource'],
    fields: {
      ...RECOVERING,
      Resource: resource,
      Arguments: template,
      TimeoutSeconds: wholeNumberOrExpression(1),
      HeartbeatSeconds: wholeNumberOrExpression(1),
    },
  },
  Choice: { moves: false, required: ['Choices'], fields: { ...LEAVING, Choices: choiceRules, Default: text } },
  Wait: {
    moves: true,
    required: [],
    fields: { ...LEAVING, Seconds: wholeNumberOrExpression(0), Timestamp: timestamp },
  },
  Succeed: { moves: false, required: [], fields: { Output: template } },
  Fail: { moves: false, required: [], fields: { Error: textOrExpression, Cause: textOrExpression } },
  Parallel: { moves: true, required: ['Branches'], fields: { ...RECOVERING, Branches: graphs, Arguments: template } },
  Map: {
    moves: true,
    required: ['ItemProcessor'],
    fields: {
      ...RECOVERING,
      ItemProcessor: graph,
      Items: listOrExpression,
      ItemSelector: template,
      MaxConcurrency: wholeNumberOrExpression(0),
    },
  },
};
