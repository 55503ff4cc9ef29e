import * as z from 'zod/mini';
import { type CheckedBody, checkBody } from './check-body.ts';
import { textField } from './text-field.ts';

/** Why somebody decided something about a case: a line the history keeps. */
export const ReasonSchema = textField(500);

const ReasonBodySchema = z.strictObject({ reason: ReasonSchema });

/** Reads a body that only says why: that of a cancellation and of a write-off. */
export function parseReasonBody(body: unknown): CheckedBody<{ reason: string }> {
  return checkBody(ReasonBodySchema, body, () => []);
}
