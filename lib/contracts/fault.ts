import type * as z from 'zod/mini';

/** One thing wrong with a body: where (RFC 6901 JSON pointer, `""` is the whole body) and what it must be instead. */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

/** Something in an accepted body that a person has to look at; same shape as a {@link Fault}. */
export type Warning = Fault;

/** The JSON pointer of a path of keys and indexes, with `~` and `/` escaped as RFC 6901 §3 asks. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/**
 * The faults zod found, one per unknown field; `issues` come from a parse with `reportInput`, so that a detail can show
 * the value met.
 */
export function faultsOf(issues: readonly z.core.$ZodIssue[]): Fault[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ pointer: pointerOf([...issue.path, key]), detail: 'is not a known field' }))
      : [{ pointer: pointerOf(issue.path), detail: detailOf(issue) }],
  );
}

/** An answer never lists more faults than this; a hostile body of 256 KiB could hold forty thousand. */
const FAULTS_MAX = 500;

/** The faults an answer lists: the first ones, and how many more there are. */
export function atMostFaults(faults: Fault[]): Fault[] {
  if (faults.length <= FAULTS_MAX) return faults;
  return [...faults.slice(0, FAULTS_MAX), { pointer: '', detail: `has ${faults.length - FAULTS_MAX} more faults` }];
}

/** A value as a detail may show it: a string in quotes, cut after 60 characters; anything else by its kind only. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `the ${typeof value} ${String(value)}`;
}

/** What zod/mini says when no locale is loaded and the schema gave no message of its own. */
const NO_MESSAGE = 'Invalid input';

function detailOf(issue: z.core.$ZodIssue): string {
  if (issue.input === undefined) return 'is required';
  if (issue.message !== NO_MESSAGE) {
    return typeof issue.input === 'object' ? issue.message : `${issue.message}, not ${shown(issue.input)}`;
  }
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}, not ${shown(issue.input)}`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}, not ${shown(issue.input)}`;
    case 'too_big':
      if (typeof issue.input === 'number') return `must be at most ${issue.maximum}, not ${shown(issue.input)}`;
      return `must be at most ${issue.maximum} characters, not ${lengthOf(issue.input)}`;
    case 'too_small':
      if (typeof issue.input === 'number') {
        return `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}, not ${shown(issue.input)}`;
      }
      return 'must not be empty';
    default:
      return `must be well formed, not ${shown(issue.input)}`;
  }
}

function lengthOf(input: unknown): number {
  return typeof input === 'string' ? input.length : 0;
}
