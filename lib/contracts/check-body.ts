import type * as z from 'zod/mini';
import { type Fault, faultsOf } from './fault.ts';

/** A body that is right, or every fault it has. */
export type CheckedBody<Value> = { ok: true; value: Value } | { ok: false; errors: Fault[] };

/** An answer never lists more faults than this; a hostile body of 256 KiB could hold forty thousand. */
const FAULTS_MAX = 500;

/**
 * Checks a body by its schema and by rules that look at several fields, and reports the faults of both at once.
 *
 * @param rules given the body as it came, so they must look only at parts that are sound by themselves
 */
export function checkBody<Schema extends z.core.$ZodType>(
  schema: Schema & {
    safeParse: (value: unknown, params: { reportInput: true }) => z.core.util.SafeParseResult<z.core.output<Schema>>;
  },
  body: unknown,
  rules: (body: unknown) => Fault[],
): CheckedBody<z.core.output<Schema>> {
  const parsed = schema.safeParse(body, { reportInput: true });
  const broken = rules(body);
  if (parsed.success && broken.length === 0) return { ok: true, value: parsed.data };
  return {
    ok: false,
    errors: atMost(FAULTS_MAX, [...(parsed.success ? [] : faultsOf(parsed.error.issues)), ...broken]),
  };
}

function atMost(count: number, faults: Fault[]): Fault[] {
  if (faults.length <= count) return faults;
  return [...faults.slice(0, count), { pointer: '', detail: `has ${faults.length - count} more faults` }];
}
