import { isObject, type Place } from './definition-faults.ts';
import { checkTemplate } from './expression-checks.ts';
import { isExpression } from './expressions.ts';
import { parseTaskResource } from './task-resource.ts';
import { parseTimestamp } from './timestamp.ts';
import { SECONDS_MAX } from './value-kinds.ts';

/** Checks the value of one field and reports what is wrong with it. */
export type FieldCheck = (value: unknown, place: Place) => void;

/** Any text, taken as it stands. */
export const text: FieldCheck = (value, place) => {
  if (typeof value !== 'string') place.report(`must be a string, not ${show(value)}`);
};

/** Any JSON, with expressions in it. */
export const template: FieldCheck = checkTemplate;

/** `End`: true, or left out. */
export const end: FieldCheck = (value, place) => {
  if (value !== true) place.report(`must be true or left out, not ${show(value)}`);
};

/** The query language of a machine or state: this runner evaluates JSONata only. */
export const queryLanguage: FieldCheck = (value, place) => {
  if (value !== 'JSONata')
    place.report(`must be 'JSONata', the only query language of this runner, not ${show(value)}`);
};

/** A text or an expression that yields one. */
export const textOrExpression: FieldCheck = (value, place) => {
  text(value, place);
  checkTemplate(value, place);
};

/** A list or an expression that yields one. */
export const listOrExpression: FieldCheck = (value, place) => {
  if (!Array.isArray(value) && !isExpression(value))
    place.report(`must be a list or an expression, not ${show(value)}`);
  checkTemplate(value, place);
};

/** A condition: an expression, or true or false. */
export const condition: FieldCheck = (value, place) => {
  if (typeof value !== 'boolean' && !isExpression(value)) place.report(`must be an expression, not ${show(value)}`);
  checkTemplate(value, place);
};

/** A whole number of at least `minimum`, as it stands. */
export function wholeNumber(minimum: number): FieldCheck {
  return (value, place) => {
    if (Number.isInteger(value) && Number(value) >= minimum && Number(value) <= SECONDS_MAX) return;
    place.report(`must be a whole number from ${minimum} to ${SECONDS_MAX}, not ${show(value)}`);
  };
}

/** A whole number of at least `minimum`, or an expression that yields one. */
export function wholeNumberOrExpression(minimum: number): FieldCheck {
  return (value, place) => (isExpression(value) ? checkTemplate(value, place) : wholeNumber(minimum)(value, place));
}

/** A timestamp with an offset, or an expression that yields one. */
export const timestamp: FieldCheck = (value, place) => {
  if (isExpression(value)) checkTemplate(value, place);
  else if (parseTimestamp(value) === undefined) {
    place.report(`must be a timestamp such as 2026-03-01T08:00:00Z, not ${show(value)}`);
  }
};

const VARIABLE_NAME = /^[\p{ID_Start}_][\p{ID_Continue}]{0,79}$/u;

/** Variables to set, by name. */
export const assign: FieldCheck = (value, place) => {
  if (!isObject(value)) {
    place.report(`must be an object of variables, not ${show(value)}`);
    return;
  }
  for (const [name, item] of Object.entries(value)) {
    if (name === 'states') place.field(name).report("'states' is reserved; choose another name for the variable");
    else if (!VARIABLE_NAME.test(name)) {
      place.field(name).report('must be an identifier of at most 80 characters to name a variable');
    }
    checkTemplate(item, place.field(name));
  }
};

/** What a Task calls. */
export const resource: FieldCheck = (value, place) => {
  if (typeof value === 'string' && parseTaskResource(value) !== undefined) return;
  const supported = 'lambda:invoke, aws-sdk:<service>:<action> (both also with .waitForTaskToken) and function ARNs';
  place.report(`the resource ${show(value)} is not supported; supported are ${supported}`);
};

/** A value as it reads in a message. */
export function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
