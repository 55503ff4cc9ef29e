import type * as z from 'zod/mini';
import { type CheckedBody, checkBody } from '../contracts/check-body.ts';

/** Reads the parameters of a query that are of this schema, and passes the others over; every fault at once. */
export function readQuery<Schema extends z.ZodMiniObject>(
  schema: Schema,
  query: (name: string) => string | undefined,
): CheckedBody<z.infer<Schema>> {
  const given = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, query(name)]));
  return checkBody(schema, given, () => []);
}
