import * as z from 'zod/mini';
import { type CheckedBody, checkBody } from './check-body.ts';
import { ReasonSchema } from './reason-body.ts';
import { PlausibleDateSchema } from './text-field.ts';

const BlockBodySchema = z.strictObject({ reason: ReasonSchema, until: z.optional(PlausibleDateSchema) });

/** Reads the body of `POST /cases/{invoiceId}/block`. `until` is the last day of the block; null: until somebody lifts it. */
export function parseBlock(body: unknown): CheckedBody<{ reason: string; until: string | null }> {
  const checked = checkBody(BlockBodySchema, body, () => []);
  if (!checked.ok) return checked;
  const { reason, until = null } = checked.value;
  return { ok: true, value: { reason, until } };
}
