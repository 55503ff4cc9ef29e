import type * as z from 'zod/mini';
import type { Fault } from '../contracts/fault.ts';
import type { PageRequest } from './api-use-cases.ts';
import { readPageRequest } from './page-request.ts';
import { readQuery } from './query.ts';

/** Which slice of which list is asked for, or everything that is wrong with the query. */
export type ReadListRequest<Filter> =
  | { readonly ok: true; readonly filter: Filter; readonly page: PageRequest }
  | { readonly ok: false; readonly errors: Fault[] };

/**
 * Reads a query that filters a list and asks for a slice of it; every fault at once.
 */
export function readListRequest<Schema extends z.ZodMiniObject>(
  schema: Schema,
  query: (name: string) => string | undefined,
): ReadListRequest<z.infer<Schema>> {
  const filter = readQuery(schema, query);
  const page = readPageRequest({ limit: query('limit'), cursor: query('cursor') });
  if (filter.ok && page.ok) return { ok: true, filter: filter.value, page: page.page };
  return { ok: false, errors: [filter, page].flatMap((part) => (part.ok ? [] : part.errors)) };
}
