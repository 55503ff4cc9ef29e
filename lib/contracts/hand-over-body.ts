import * as z from 'zod/mini';
import { type CheckedBody, checkBody } from './check-body.ts';
import { ReasonSchema } from './reason-body.ts';
import { textField } from './text-field.ts';

const HandOverBodySchema = z.strictObject({ to: textField(140), reason: ReasonSchema });

/** To whom a case goes when dunning ends without money (an agency, a lawyer, the insurer of the credit), and why. */
export type HandOver = Readonly<z.infer<typeof HandOverBodySchema>>;

/** Reads the body of `POST /cases/{invoiceId}/hand-over`. */
export function parseHandOver(body: unknown): CheckedBody<HandOver> {
  return checkBody(HandOverBodySchema, body, () => []);
}
