import { type Fault, shown } from '../contracts/fault.ts';
import type { PageRequest } from './api-use-cases.ts';

const LIMIT_DEFAULT = 50;
const LIMIT_MAX = 200;

/** A slice that was asked for by `?limit=` (1–200, default 50) and `cursor`, or what is wrong with them. */
export type ReadPageRequest =
  | { readonly ok: true; readonly page: PageRequest }
  | { readonly ok: false; readonly errors: Fault[] };

/** Reads the slice a query asks for. Whether the cursor is one that was given out, only the list itself can tell. */
export function readPageRequest(query: { limit: string | undefined; cursor: string | undefined }): ReadPageRequest {
  const errors: Fault[] = [];
  const limit = query.limit === undefined ? LIMIT_DEFAULT : limitFrom(query.limit);
  if (limit === null) {
    errors.push({
      pointer: '/limit',
      detail: `must be a whole number from 1 to ${LIMIT_MAX}, not ${shown(query.limit)}`,
    });
  }
  const cursor = query.cursor ?? null;
  if (cursor !== null && !/^[\x21-\x7e]{1,1024}$/.test(cursor)) errors.push(BAD_CURSOR);
  return limit === null || errors.length > 0 ? { ok: false, errors } : { ok: true, page: { limit, cursor } };
}

/** The fault of a cursor that no answer ever held. */
export const BAD_CURSOR: Fault = {
  pointer: '/cursor',
  detail: 'must be the cursor of an earlier answer of the same list',
};

function limitFrom(text: string): number | null {
  const limit = /^[1-9]\d{0,2}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= LIMIT_MAX ? limit : null;
}
