import { createHash } from 'node:crypto';
import type jsonata from 'jsonata';
import { uuidFrom } from './uuid.ts';

/** What the added functions take from the runner: virtual time and the injected source of chance. */
export interface ExpressionEnvironment {
  nowMillis: number;
  random: () => number;
}

/** Variable that carries the environment into an expression. The space keeps expressions from naming it. */
export const ENVIRONMENT_VARIABLE = 'relance environment';

/**
 * Adds to a compiled expression what Step Functions adds to JSONata 2.0.6, takes `$eval` away, and makes `$now`,
 * `$millis` and `$random` follow the virtual clock and the injected chance.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export function addStepFunctionsFunctions(expression: jsonata.Expression): void {
  expression.registerFunction('parse', (text: string) => JSON.parse(text), '<s:x>');
  expression.registerFunction('hash', hash, '<ss:s>');
  expression.registerFunction('partition', partition, '<an:a<a>>');
  expression.registerFunction('range', range, '<nnn:a<n>>');
  expression.registerFunction('uuid', uuid, '<:s>');
  expression.registerFunction('random', random, '<n?:n>');
  expression.registerFunction('now', now, '<s?s?:s>');
  expression.registerFunction('millis', millis, '<:n>');
  expression.registerFunction('eval', refuseEval);
}

type Focus = { environment: { lookup(name: string): unknown } };
type DateFormatter = { implementation: (millis: number, picture?: string, timezone?: string) => string };

function environmentOf(focus: Focus): ExpressionEnvironment {
  return focus.environment.lookup(ENVIRONMENT_VARIABLE) as ExpressionEnvironment;
}

const HASH_ALGORITHMS = new Set(['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512']);

function hash(text: string, algorithm: string): string {
  if (!HASH_ALGORITHMS.has(algorithm)) {
    throw new Error(`$hash knows ${[...HASH_ALGORITHMS].join(', ')}, not '${algorithm}'`);
  }
  return createHash(algorithm.replace('-', '').toLowerCase()).update(text).digest('hex');
}

function partition(values: unknown[], size: number): unknown[][] {
  if (!Number.isInteger(size) || size < 1) throw new Error(`$partition needs a chunk size of at least 1, not ${size}`);
  const chunks: unknown[][] = [];
  for (let start = 0; start < values.length; start += size) chunks.push(values.slice(start, start + size));
  return chunks;
}

const RANGE_LENGTH_MAX = 1000;

function range(first: number, last: number, step: number): number[] {
  if (![first, last, step].every(Number.isInteger) || step === 0) {
    throw new Error(`$range needs whole numbers and a step other than 0, not ${first}, ${last}, ${step}`);
  }
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > RANGE_LENGTH_MAX) throw new Error(`$range makes at most ${RANGE_LENGTH_MAX} numbers, not ${length}`);
  const numbers = Array.from({ length }, (_, index) => first + index * step);
  // A JSONata sequence: on AWS, `$range(1, 9, 9)` is the number 1, not a list of one.
  Object.defineProperty(numbers, 'sequence', { value: true });
  return numbers;
}

function uuid(this: Focus): string {
  return uuidFrom(environmentOf(this).random);
}

function random(this: Focus, seed?: number): number {
  return seed === undefined ? environmentOf(this).random() : seededRandom(seed);
}

/** One draw of the mulberry32 generator: the same seed always draws the same number. AWS does not document its own. */
function seededRandom(seed: number): number {
  const mixed = (Math.trunc(seed) + 0x6d2b79f5) | 0;
  const once = Math.imul(mixed ^ (mixed >>> 15), 1 | mixed);
  const twice = (once + Math.imul(once ^ (once >>> 7), 61 | once)) ^ once;
  return ((twice ^ (twice >>> 14)) >>> 0) / 2 ** 32;
}

function now(this: Focus, picture?: string, timezone?: string): string {
  const { implementation } = this.environment.lookup('fromMillis') as DateFormatter;
  return implementation.call(this, environmentOf(this).nowMillis, picture, timezone);
}

function millis(this: Focus): number {
  return environmentOf(this).nowMillis;
}

function refuseEval(): never {
  throw new Error('Step Functions does not offer $eval; use $parse to read JSON');
}
