import type { CaseFile, CustomerRecord } from '../domain/case-file.ts';
import { type Confirmation, isConfirmation } from '../domain/confirmation.ts';
import type { ContactRole } from '../domain/customer.ts';
import type { PlannedStep } from '../domain/plan/plan-next-step.ts';
import type { PolicyStep } from '../domain/policy.ts';

/** The confirmation a step of a case is, or null when it is a notice. */
export function confirmationOf({
  file,
  step,
}: {
  file: CaseFile;
  step: Pick<PolicyStep, 'stepId'>;
}): Confirmation | null {
  if (!isConfirmation(step.stepId)) return null;
  return file.dunningCase.confirmations.find(({ confirmationId }) => confirmationId === step.stepId) ?? null;
}

/** A confirmation as a step that can be served like any other: by email, to whoever handles the account; never to a shared mailbox of a consumer, which may be an employer's. */
export function confirmationStep(
  { file, record }: { file: CaseFile; record: CustomerRecord },
  { stepId, level }: PlannedStep,
): PolicyStep {
  const shared: ContactRole[] = record.customer.kind === 'consumer' ? [] : ['generic'];
  const confirmation = file.dunningCase.confirmations.find(({ confirmationId }) => confirmationId === stepId);
  if (!confirmation)
    throw new Error(`invariant: ${stepId} is no confirmation of ${file.dunningCase.invoice.invoiceId}`);
  return {
    ...{ stepId, level, channel: 'email', offsetDays: 0, grantsDays: 1, template: confirmation.template },
    recipientRoles: ['accounts-payable', 'approver', 'finance-director', 'managing-director', ...shared, 'legal'],
  };
}
