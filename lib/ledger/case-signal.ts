import * as z from 'zod/mini';
import type { CaseSignal } from '../app/wake-execution.ts';
import { ContractError } from '../domain/errors.ts';

/** The part of a stream record that is read. The rest of the image stays unread on purpose: a signal carries no data. */
const CaseRecordSchema = z.object({
  eventName: z.enum(['INSERT', 'MODIFY']),
  dynamodb: z.object({
    NewImage: z.object({
      invoice: z.object({ M: z.object({ invoiceId: z.object({ S: z.string() }) }) }),
      cycle: z.object({ N: z.coerce.number() }),
      taskToken: z.optional(z.object({ S: z.string() })),
    }),
  }),
});

/** What a record of the ledger's stream says of a case. Throws ContractError for a record that is not the insert or update of a case. */
export function signalOf(record: unknown): CaseSignal {
  const parsed = z.safeParse(CaseRecordSchema, record);
  if (!parsed.success) throw new ContractError(`stream record: ${z.prettifyError(parsed.error)}`);
  const { eventName, dynamodb } = parsed.data;
  const { invoice, cycle, taskToken } = dynamodb.NewImage;
  return {
    kind: eventName === 'INSERT' ? 'registered' : 'changed',
    invoiceId: invoice.M.invoiceId.S,
    cycle: cycle.N,
    taskToken: taskToken?.S ?? null,
  };
}
