import type { Warning } from './fault.ts';
import type { Problem } from './problem.ts';

/** What became of one invoice: taken (201 new, 200 the same body again), or a problem. */
export type RegistrationOutcome =
  | { readonly status: 200 | 201; readonly invoiceId: string; readonly warnings: readonly Warning[] }
  | { readonly status: 'problem'; readonly invoiceId: string | null; readonly problem: Problem };

/**
 * The body of a 201 or 200 answer of `POST /invoices`. Kept small on purpose: the case itself is `GET
 * /cases/{invoiceId}`. Only a new case has its `standing` here, which is open; the case of a body seen before may have
 * moved on since.
 */
export function registrationView({ status, invoiceId, warnings }: Extract<RegistrationOutcome, { status: 200 | 201 }>) {
  return { invoiceId, ...(status === 201 && { standing: 'open' }), warnings };
}

/**
 * One result of `POST /invoices/batch`: as the single route would have answered, with its `status` in the body.
 * Pointers are those of the invoice itself, `invoiceId` is null when the item has none that can be read.
 */
export function batchResultView(outcome: RegistrationOutcome) {
  if (outcome.status === 'problem') return { invoiceId: outcome.invoiceId, ...outcome.problem };
  return { ...registrationView(outcome), status: outcome.status };
}
