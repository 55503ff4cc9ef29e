import jsonata from 'jsonata';
import type { Json } from './definition.ts';
import { addStepFunctionsFunctions, ENVIRONMENT_VARIABLE, type ExpressionEnvironment } from './jsonata-functions.ts';
import { TaskFailure } from './task-failure.ts';

/** The variables an expression sees: `$states` and the workflow variables in scope. */
type Bindings = Record<string, unknown>;

/** What it takes to evaluate the expressions of one field of one state. */
export interface Evaluation {
  field: string;
  /**
   * Begins every error message, for example "An error occurred while executing the state 'Plan' (entered at the event
   * id #2)."
   */
  preamble: string;
  bindings: Bindings;
  environment: ExpressionEnvironment;
}

/** A `States.QueryEvaluationError`, which also leaves an EvaluationFailed event in the history. */
export class QueryEvaluationError extends TaskFailure {
  /** Where in the state: `Output`, or `Arguments/Payload/invoiceId`. */
  readonly location: string;

  constructor(location: string, cause: string) {
    super('States.QueryEvaluationError', cause);
    this.location = location;
  }
}

/** Whether a string of a definition is an expression rather than a literal. */
export function isExpression(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('{%') && value.endsWith('%}') && value.length >= 4;
}

/**
 * Parses an expression and adds the functions of Step Functions; parsed ones are kept.
 *
 * @param text with its `{%` and `%}`
 * @throws what jsonata throws on a syntax error
 */
export function compileExpression(text: string): jsonata.Expression {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const expression = jsonata(sourceOf(text));
  addStepFunctionsFunctions(expression);
  limitDepth(expression);
  compiled.set(text, expression);
  return expression;
}

/** Nested evaluations of one expression; one that goes deeper never ends, and would take the whole process with it. */
const DEPTH_MAX = 10_000;

/** Makes a runaway recursion an error of the expression; these hooks are what JSONata offers for it. */
function limitDepth(expression: jsonata.Expression): void {
  let depth = 0;
  // The type names strings only, while the hooks are looked up by symbols.
  const assign = expression.assign as (name: unknown, value: unknown) => void;
  assign(Symbol.for('jsonata.__evaluate_entry'), () => {
    depth += 1;
    if (depth <= DEPTH_MAX) return;
    depth = 0;
    throw { code: 'U1001', message: `The expression nests more than ${DEPTH_MAX} evaluations` };
  });
  assign(Symbol.for('jsonata.__evaluate_exit'), () => {
    depth = Math.max(0, depth - 1);
  });
}

const compiled = new Map<string, jsonata.Expression>();

/**
 * Evaluates a field: every expression in it, at any depth, is replaced by its value.
 *
 * @throws QueryEvaluationError when an expression fails, is undefined, or yields something that is not JSON
 */
export async function evaluateField(template: Json, evaluation: Evaluation): Promise<Json> {
  if (isExpression(template)) return evaluateExpression(template, evaluation);
  if (Array.isArray(template)) {
    const items: Json[] = [];
    for (const [index, item] of template.entries()) {
      items.push(await evaluateField(item, { ...evaluation, field: `${evaluation.field}[${index}]` }));
    }
    return items;
  }
  if (template === null || typeof template !== 'object') return template;
  const result: Record<string, Json> = {};
  for (const [key, value] of Object.entries(template)) {
    result[key] = await evaluateField(value, { ...evaluation, field: `${evaluation.field}/${key}` });
  }
  return result;
}

async function evaluateExpression(text: string, evaluation: Evaluation): Promise<Json> {
  const value = await rawValue(text, evaluation);
  if (value === undefined) throw failure(text, evaluation, 'returned nothing (undefined).');
  if (typeof value === 'function' || isJsonataFunction(value)) {
    throw failure(text, evaluation, 'returned an unsupported result type.');
  }
  // JSONata marks its arrays; the copy is plain JSON and shares nothing with the input.
  return JSON.parse(JSON.stringify(value)) as Json;
}

async function rawValue(text: string, evaluation: Evaluation): Promise<unknown> {
  const bindings = { ...evaluation.bindings, [ENVIRONMENT_VARIABLE]: evaluation.environment };
  try {
    return await compileExpression(text).evaluate(undefined, bindings);
  } catch (error) {
    throw failure(text, evaluation, `threw an error during evaluation. ${describe(error)}`);
  }
}

function failure(text: string, { field, preamble }: Evaluation, what: string): QueryEvaluationError {
  const about = `The JSONata expression '${sourceOf(text)}' specified for the field '${field}'`;
  return new QueryEvaluationError(field, `${preamble} ${about} ${what}`);
}

function sourceOf(text: string): string {
  return text.slice(2, -2).trim();
}

function isJsonataFunction(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('_jsonata_function' in value || '_jsonata_lambda' in value);
}

function describe(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { code, message } = error as { code?: string; message?: string };
  return code === undefined ? String(message) : `${code}: ${message}`;
}
