import type { Json } from './definition.ts';
import type { ValueKind } from './state-visit.ts';

/** Largest number of seconds of a Wait, a timeout or a retry interval. */
export const SECONDS_MAX = 99_999_999;

/** What a Choice condition must yield. */
export const BOOLEAN: ValueKind<boolean> = { name: 'boolean', accepts: (value) => typeof value === 'boolean' };

/** What `Items` of a Map must yield. */
export const ARRAY: ValueKind<Json[]> = { name: 'array', accepts: (value) => Array.isArray(value) };

/** An error name or cause of a Fail. */
export const STRING: ValueKind<string> = { name: 'string', accepts: (value) => typeof value === 'string' };

/** Seconds of a Wait: none or more. */
export const SECONDS: ValueKind<number> = { name: 'integer', accepts: (value) => isInteger(value, 0) };

/** Seconds of a timeout or heartbeat: at least one. */
export const TIMEOUT_SECONDS: ValueKind<number> = { name: 'positive integer', accepts: (value) => isInteger(value, 1) };

/** Iterations of a Map at the same time; 0 leaves the number to Step Functions. */
export const CONCURRENCY: ValueKind<number> = { name: 'non-negative integer', accepts: (value) => isInteger(value, 0) };

function isInteger(value: Json, minimum: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= SECONDS_MAX;
}
