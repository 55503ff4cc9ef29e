import type * as z from 'zod/mini';
import { atMostFaults, type Fault, faultsOf } from './fault.ts';

/** A body that is right, or every fault it has. */
export type CheckedBody<Value> = { ok: true; value: Value } | { ok: false; errors: Fault[] };

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
    errors: atMostFaults([...(parsed.success ? [] : faultsOf(parsed.error.issues)), ...broken]),
  };
}
