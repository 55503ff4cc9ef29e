import { type CaseFile, claimsOfCycle } from '../domain/case-file.ts';
import { isSameStep, withoutContact } from '../domain/contact-log.ts';
import { isOwed } from '../domain/dunning-case.ts';
import type { StepClaim, StepRef } from '../domain/step-claim.ts';
import { editCase } from './edit-case.ts';
import { editCustomer } from './edit-customer.ts';
import { loadDebtor } from './plan-case.ts';
import type { CustomerWrite, Ledger } from './ports.ts';

/**
 * Opens the steps again of work for a person whose making was interrupted: it was on nobody's list, so that nothing can have left, and it was no contact with the debtor. All that it was to serve is open at once, in one
 * transaction: what was approved together is gathered together again, whoever wakes first.
 *
 * @param lead the case of the step it was made for
 * @param claim the reservation of that step
 * @param detail why, as the history tells it
 * @throws ConflictError when one of the cases is no longer what was read
 */
export async function releaseInterrupted(
  ledger: Ledger,
  { lead, claim, detail, at }: { lead: CaseFile; claim: StepClaim; detail: string; at: string },
): Promise<void> {
  const others = await Promise.all((claim.serves ?? []).map(({ invoiceId }) => ledger.loadCaseFile(invoiceId)));
  const isOfIt = (served: StepClaim) =>
    served.state === 'reserved' &&
    (isSameStep(served, claim) || (served.servedBy !== undefined && isSameStep(served.servedBy, claim)));
  // Of a case that was paid meanwhile nothing is open again.
  const owing = [lead, ...others.filter((file) => file !== null)].filter(({ dunningCase }) => isOwed(dunningCase));
  const cases = owing.flatMap((file) => {
    const moves = [...claimsOfCycle(file).values()]
      .filter(isOfIt)
      .map((step) => ({ step, transition: { state: 'released', servedBy: undefined, detail } as const }));
    return moves.length > 0 ? editCase(file, { moves }, at).write : [];
  });
  if (cases.length === 0) return;
  const customer = await withoutItsContact(ledger, lead, claim);
  await ledger.commit({ cases, ...(customer && { customer }) });
}

/** The debtor's log without the contact that work would have been, or null when it holds none. */
async function withoutItsContact(ledger: Ledger, lead: CaseFile, ref: StepRef): Promise<CustomerWrite | null> {
  const record = await loadDebtor(ledger, lead);
  const contacts = withoutContact(record.contacts, ref);
  return contacts.length < record.contacts.length ? editCustomer(record, { contacts }) : null;
}
