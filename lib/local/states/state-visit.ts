import type { Json, State } from './definition.ts';
import { evaluateField, isExpression, QueryEvaluationError } from './expressions.ts';
import type { MapItem, Scope } from './scope.ts';

/** Where a state leads: its output, the variables it sets, and the state to enter next, if it is not the last. */
export interface Transition {
  output: Json;
  variables?: Record<string, Json>;
  next?: string;
}

/** What an expression may see besides the input and the context: what the state has achieved so far. */
export interface Sights {
  result?: Json;
  errorOutput?: Json;
  taskToken?: string;
  mapItem?: MapItem;
}

/** One stay in one state, retries included. */
export class StateVisit<S extends State = State> {
  readonly scope: Scope;
  readonly name: string;
  readonly state: S;
  readonly input: Json;
  retryCount = 0;
  readonly #enteredAtMillis: number;
  readonly #enteredEventId: number;
  readonly #previousEventId: number;

  /** Enters the state: counts the transition and records the event. */
  constructor(scope: Scope, name: string, entering: { state: S; input: Json }) {
    const { state, input } = entering;
    this.scope = scope;
    this.name = name;
    this.state = state;
    this.input = input;
    this.#enteredAtMillis = scope.runtime.clock.now();
    this.#previousEventId = scope.lastEventId;
    const details = { name, input: JSON.stringify(input), inputDetails: { truncated: false } };
    this.#enteredEventId = scope.record(`${state.Type}StateEntered`, { stateEnteredEventDetails: details });
    scope.current = { name, type: state.Type };
    scope.runtime.countTransition();
  }

  /** How messages about this stay begin, in the words of AWS. */
  get preamble(): string {
    return `An error occurred while executing the state '${this.name}' (entered at the event id #${this.#enteredEventId}).`;
  }

  /**
   * Evaluates a field of the state.
   *
   * @param field its name, for messages
   * @throws QueryEvaluationError, after recording it in the history
   */
  async evaluate(template: Json, field: string, sights: Sights = {}): Promise<Json> {
    const { runtime } = this.scope;
    const evaluation = evaluateField(template, {
      field,
      preamble: this.preamble,
      bindings: { ...this.scope.variables, states: this.#states(sights) },
      environment: { nowMillis: runtime.clock.now(), random: runtime.random },
    });
    try {
      return await this.scope.alive(evaluation);
    } catch (error) {
      if (error instanceof QueryEvaluationError) this.#recordEvaluationFailed(error);
      throw error;
    }
  }

  /** Evaluates a field that must be of a kind. @throws QueryEvaluationError when it is not */
  async evaluateAs<T extends Json>(kind: ValueKind<T>, template: Json, field: string): Promise<T> {
    const value = await this.evaluate(template, field);
    if (kind.accepts(value)) return value;
    const source = isExpression(template) ? `JSONata expression '${template.slice(2, -2).trim()}'` : 'value';
    throw this.refuseValue(
      field,
      `The ${source} specified for the field '${field}' returned an unexpected result type. ` +
        `Expected '${kind.name}', but was '${typeOf(value)}' for value: ${JSON.stringify(value)}`,
    );
  }

  /** Makes the error for a value that a field cannot take, and records it in the history. */
  refuseValue(field: string, what: string): QueryEvaluationError {
    const error = new QueryEvaluationError(field, `${this.preamble} ${what}`);
    this.#recordEvaluationFailed(error);
    return error;
  }

  #recordEvaluationFailed(error: QueryEvaluationError): void {
    const { errorName, causeText, location } = error;
    const isFirst = this.scope.lastEventId === this.#enteredEventId;
    // AWS links a failure on entry to what came before the state, not to its Entered event.
    if (isFirst) this.scope.lastEventId = this.#previousEventId;
    this.scope.record('EvaluationFailed', {
      evaluationFailedEventDetails: { error: errorName, cause: causeText, location, state: this.name },
    });
  }

  #states({ result, errorOutput, taskToken, mapItem }: Sights): Record<string, unknown> {
    const states: Record<string, unknown> = { input: this.input, context: this.#context(taskToken, mapItem) };
    if (result !== undefined) states.result = result;
    if (errorOutput !== undefined) states.errorOutput = errorOutput;
    return states;
  }

  /** The context object. @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
  #context(taskToken?: string, mapItem = this.scope.mapItem): Record<string, unknown> {
    const EnteredTime = new Date(this.#enteredAtMillis).toISOString();
    return {
      ...this.scope.runtime.context,
      State: { EnteredTime, Name: this.name, RetryCount: this.retryCount },
      ...(taskToken !== undefined && { Task: { Token: taskToken } }),
      ...(mapItem !== undefined && { Map: { Item: mapItem } }),
    };
  }
}

/** A kind of value that a field takes, by its name in messages. */
export interface ValueKind<T extends Json> {
  name: string;
  accepts(value: Json): value is T;
}

function typeOf(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
