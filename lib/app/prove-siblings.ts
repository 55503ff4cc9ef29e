import type { DeliveryReport } from '../contracts/delivery-event.ts';
import { isSameStep } from '../domain/contact-log.ts';
import type { StepClaim, StepRef } from '../domain/step-claim.ts';
import { commitEdit } from './edit-case.ts';
import type { Ledger } from './ports.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** Takes back, on the siblings of a message nobody knew the fate of, that they may not have been served: the provider reports that it left after all. */
export async function proveSiblings(ledger: Ledger, { serves = [] }: StepClaim, report: DeliveryReport): Promise<void> {
  for (const ref of serves) await withFreshRead(() => prove(ledger, ref, report));
}

async function prove(ledger: Ledger, ref: StepRef, report: DeliveryReport): Promise<void> {
  const file = await ledger.loadCaseFile(ref.invoiceId);
  const claim = file?.claims.find((candidate) => isSameStep(candidate, ref));
  const isOfMessage = claim?.servedBy !== undefined && isSameStep(claim.servedBy, report);
  if (!file || !claim || !isOfMessage || claim.failureReason !== 'outcome-unknown') return;
  const { messageId, at } = report;
  await commitEdit(ledger, file, { moves: [{ step: claim, transition: { state: 'sent', messageId } }] }, at);
}
