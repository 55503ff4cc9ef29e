import { type Allocation, type AllocationTerms, allocate } from '../domain/allocate.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { runningPlan } from '../domain/instalment-plan.ts';
import { type ChargesDeps, unpaidCharges } from './charges.ts';
import { loadDebtor } from './plan-case.ts';
import type { PolicyBook } from './policy-book.ts';
import type { CaseLedger, Ledger } from './ports.ts';

/** What booking money on invoices needs: the ledger it is booked in, the policies that say what it pays first and what is given up, and what charges are worked out from. */
export interface BookingDeps extends ChargesDeps {
  readonly ledger: CaseLedger;
  readonly policies: PolicyBook;
}

/** What taking money from the bank needs, beside what booking needs: the zone of the creditor's own dates. */
export type PaymentDeps = BookingDeps & { readonly ledger: Ledger; readonly creditorTimeZone: string };

/**
 * What money of a value date pays of a case, by its policy. Money never waits for a policy: where that is gone, it pays the principal, and no rest is given up.
 *
 * @throws ContractError when charges come first and the ledger does not hold the customer
 */
export async function allocationTerms(deps: BookingDeps, file: CaseFile, valueOn: string): Promise<AllocationTerms> {
  const { invoice, policy: pinned } = file.dunningCase;
  const policy = await deps.policies.load(pinned.name, pinned.version);
  const toleranceMinor = policy?.smallBalances?.[invoice.currency] ?? 0;
  // What is paid in instalments is the invoice: its parts are not to be eaten up by what its delay cost.
  const isPlanned = runningPlan(file.dunningCase.instalmentPlan) !== null;
  if (policy?.allocationOrder !== 'interest-first' || isPlanned) {
    return { toleranceMinor, unpaidCharges: { compensationMinor: 0, interestMinor: 0 } };
  }
  const record = await loadDebtor(deps.ledger, file);
  // A consumer is never claimed charges, so none come before what they owe.
  const isClaimable = record.customer.kind !== 'consumer';
  const { compensationMinor, interestMinor } = unpaidCharges(deps, { file, record, policy }, valueOn);
  return {
    toleranceMinor,
    unpaidCharges: isClaimable ? { compensationMinor, interestMinor } : { compensationMinor: 0, interestMinor: 0 },
  };
}

/** How an invoice takes money, by the policy of its case as the ledger holds it now. */
export async function allocateTo(
  deps: BookingDeps,
  file: CaseFile,
  received: Parameters<typeof allocate>[1],
): Promise<Allocation> {
  return allocate(file, received, await allocationTerms(deps, file, received.valueOn));
}
