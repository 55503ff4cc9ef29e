import { type CheckedBody, checkBody } from '../../check-body.ts';
import { type CsvMapping, CsvMappingSchema } from './csv-mapping.ts';

/** Reads how a CSV is to be read from the query parameter `mapping`, which is JSON; pointers begin with `/mapping`. */
export function parseCsvMapping(text: string | undefined): CheckedBody<CsvMapping> {
  if (text === undefined) return refused('is required of CSV: how its columns are to be read, as JSON');
  const json = parseJson(text);
  if (json === undefined) return refused('must be JSON');
  const checked = checkBody(CsvMappingSchema, json, () => []);
  if (checked.ok) return checked;
  return { ok: false, errors: checked.errors.map((fault) => ({ ...fault, pointer: `/mapping${fault.pointer}` })) };
}

function refused(detail: string): CheckedBody<never> {
  return { ok: false, errors: [{ pointer: '/mapping', detail }] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
