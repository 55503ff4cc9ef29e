import * as z from 'zod/mini';
import { type CheckedBody, checkBody } from './check-body.ts';
import type { Fault } from './fault.ts';
import { fieldOf } from './field-of.ts';
import { ReasonSchema } from './reason-body.ts';
import { PlausibleDateSchema } from './text-field.ts';

const BlockBodySchema = z.strictObject({
  reason: ReasonSchema,
  until: z.optional(PlausibleDateSchema),
  cause: z.optional(z.enum(['insolvency', 'direct-debit'])),
  openedOn: z.optional(PlausibleDateSchema),
});

/**
 * Why nothing is to be sent. `until` is the last day of the block, null: until somebody lifts it; of a direct debit it is the day on which the money is collected. `openedOn` is when
 * insolvency proceedings were opened.
 */
export interface BlockBody extends Omit<z.infer<typeof BlockBodySchema>, 'until'> {
  until: string | null;
}

/** Reads the body of `POST /cases/{invoiceId}/block`; every fault at once. */
export function parseBlock(body: unknown): CheckedBody<BlockBody> {
  const checked = checkBody(BlockBodySchema, body, faultsOfCause);
  if (!checked.ok) return checked;
  const { until = null, ...fields } = checked.value;
  return { ok: true, value: { ...fields, until } };
}

function faultsOfCause(body: unknown): Fault[] {
  const [cause, until, openedOn] = ['cause', 'until', 'openedOn'].map((field) => fieldOf(body, field));
  const faults: Fault[] = [];
  if (cause === 'direct-debit' && until === undefined)
    faults.push({ pointer: '/until', detail: 'is required: the day on which the direct debit is collected' });
  if (cause === 'insolvency' && until !== undefined)
    faults.push({
      pointer: '/until',
      detail: 'must be left out: proceedings last until a person finds that there are none',
    });
  if (cause !== 'insolvency' && openedOn !== undefined)
    faults.push({ pointer: '/openedOn', detail: 'must be left out unless the cause is insolvency' });
  return faults;
}
