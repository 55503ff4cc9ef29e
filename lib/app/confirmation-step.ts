import type { CaseFile } from '../domain/case-file.ts';
import { type Confirmation, confirmationRoles, isConfirmation } from '../domain/confirmation.ts';
import type { PlannedStep } from '../domain/plan/plan-next-step.ts';
import { planMessageOf } from '../domain/plan-message.ts';
import type { PolicyStep } from '../domain/policy.ts';
import type { CaseFacts } from './plan-case.ts';

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

/** A confirmation as a step that can be served like any other, by email. What it says of a plan grants the time after which the plan ends when a part does not come. */
export function confirmationStep({ file, record, policy }: CaseFacts, { stepId, level }: PlannedStep): PolicyStep {
  const confirmation = file.dunningCase.confirmations.find(({ confirmationId }) => confirmationId === stepId);
  if (!confirmation)
    throw new Error(`invariant: ${stepId} is no confirmation of ${file.dunningCase.invoice.invoiceId}`);
  const grantsDays = planMessageOf(confirmation) ? policy.instalmentPlans.acceleratesAfterDays : 1;
  return {
    ...{ stepId, level, channel: 'email', offsetDays: 0, grantsDays, template: confirmation.template },
    recipientRoles: confirmationRoles(record.customer),
  };
}
