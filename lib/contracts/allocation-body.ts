import * as z from 'zod/mini';
import type { Money } from '../domain/money.ts';
import { type CheckedBody, checkBody } from './check-body.ts';
import { type Fault, shown } from './fault.ts';
import { fieldOf } from './field-of.ts';
import { MoneyTextSchema, moneyFaults, moneyFromText } from './money-text.ts';
import { ChosenIdSchema } from './text-field.ts';

/** One allocation is one transaction of the ledger, which takes a few rows for each invoice and a hundred in all. */
const ALLOCATIONS_MAX = 20;

const AllocationBodySchema = z.strictObject({
  allocations: z
    .array(z.strictObject({ invoiceId: ChosenIdSchema, amount: MoneyTextSchema }))
    .check(
      z.refine(
        ({ length }) => length >= 1 && length <= ALLOCATIONS_MAX,
        `must hold 1 to ${ALLOCATIONS_MAX} allocations`,
      ),
    ),
});

/** What one invoice is to take of money that matched none; greater than zero. */
export interface ChosenAllocation {
  readonly invoiceId: string;
  readonly amount: Money;
}

/**
 * Reads the body of `POST /unapplied-cash/{transactionId}/allocation`; every fault at once. All amounts are of one currency and each invoice is named once. Whether they
 * suit the money and the invoices is for the use case to judge.
 */
export function parseAllocations(body: unknown): CheckedBody<{ allocations: ChosenAllocation[] }> {
  const checked = checkBody(AllocationBodySchema, body, allocationFaults);
  if (!checked.ok) return checked;
  const { allocations } = checked.value;
  const chosen = allocations.map(({ invoiceId, amount }) => ({ invoiceId, amount: moneyFromText(amount) }));
  return { ok: true, value: { allocations: chosen } };
}

function allocationFaults(body: unknown): Fault[] {
  const allocations = fieldOf(body, 'allocations');
  if (!Array.isArray(allocations)) return [];
  const currency = fieldOf(fieldOf(allocations[0], 'amount'), 'currency');
  const named = new Set<unknown>();
  return allocations.flatMap((allocation: unknown, index) => {
    const pointer = `/allocations/${index}`;
    const faults = moneyFaults(fieldOf(allocation, 'amount'), `${pointer}/amount`);
    const invoiceId = fieldOf(allocation, 'invoiceId');
    if (named.has(invoiceId)) faults.push({ pointer: `${pointer}/invoiceId`, detail: 'must be named once' });
    if (typeof invoiceId === 'string') named.add(invoiceId);
    const own = fieldOf(fieldOf(allocation, 'amount'), 'currency');
    if (typeof own === 'string' && typeof currency === 'string' && own !== currency) {
      const detail = `must be the currency of the first allocation, not ${shown(own)}`;
      faults.push({ pointer: `${pointer}/amount/currency`, detail });
    }
    return faults;
  });
}
