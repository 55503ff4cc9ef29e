import { isObject, type Place } from './definition-faults.ts';
import { assign, type FieldCheck, show, template, text, wholeNumber } from './field-checks.ts';
import { checkFields } from './object-checks.ts';

/** `Retry`: a list of retriers. @see https://states-language.net/spec.html#retrying-after-error */
export const retry: FieldCheck = (value, place) => {
  checkRules(value, place, (retrier, at) => {
    checkFields(retrier, RETRIER_FIELDS, at);
    const { IntervalSeconds = 1, MaxDelaySeconds } = retrier;
    if (typeof MaxDelaySeconds === 'number' && MaxDelaySeconds <= Number(IntervalSeconds)) {
      at.field('MaxDelaySeconds').report(
        `must be more than IntervalSeconds (${IntervalSeconds}), not ${MaxDelaySeconds}`,
      );
    }
  });
};

/** `Catch`: a list of catchers. */
export const catchers: FieldCheck = (value, place) => {
  checkRules(value, place, (catcher, at) => {
    checkFields(catcher, CATCHER_FIELDS, at);
    if (catcher.Next === undefined) at.report("a catcher needs 'Next', the state to go to");
  });
};

type RuleCheck = (rule: Record<string, unknown>, place: Place) => void;

function checkRules(value: unknown, place: Place, check: RuleCheck): void {
  if (!Array.isArray(value)) {
    place.report(`must be a list, not ${show(value)}`);
    return;
  }
  for (const [index, rule] of value.entries()) {
    const at = place.item(index);
    if (!isObject(rule)) {
      at.report(`must be an object, not ${show(rule)}`);
      continue;
    }
    check(rule, at);
    checkErrorEquals(rule.ErrorEquals, at.field('ErrorEquals'), index === value.length - 1);
  }
}

function checkErrorEquals(value: unknown, place: Place, isLast: boolean): void {
  if (!Array.isArray(value) || value.length === 0 || !value.every((name) => typeof name === 'string')) {
    place.report(`must be a list of error names, not ${show(value)}`);
    return;
  }
  if (!value.includes('States.ALL')) return;
  if (value.length > 1) place.report("'States.ALL' must stand alone");
  if (!isLast) place.report("'States.ALL' must stand in the last rule");
}

const anything: FieldCheck = () => undefined;

const backoffRate: FieldCheck = (value, place) => {
  if (typeof value !== 'number' || value < 1) place.report(`must be a number of at least 1, not ${show(value)}`);
};

const jitterStrategy: FieldCheck = (value, place) => {
  if (value !== 'FULL' && value !== 'NONE') place.report(`must be FULL or NONE, not ${show(value)}`);
};

const RETRIER_FIELDS: Record<string, FieldCheck> = {
  Comment: text,
  ErrorEquals: anything,
  IntervalSeconds: wholeNumber(1),
  MaxAttempts: wholeNumber(0),
  BackoffRate: backoffRate,
  MaxDelaySeconds: wholeNumber(1),
  JitterStrategy: jitterStrategy,
};

const CATCHER_FIELDS: Record<string, FieldCheck> = {
  Comment: text,
  ErrorEquals: anything,
  Next: text,
  Output: template,
  Assign: assign,
};
