import type { DeliveryReport } from '../contracts/delivery-event.ts';
import { advanceCase } from '../domain/case-change.ts';
import type { CaseFile } from '../domain/case-file.ts';
import type { StepClaim } from '../domain/step-claim.ts';
import type { Ledger } from './ports.ts';
import { withFreshRead } from './with-fresh-read.ts';

/**
 * Records a report on the claim of its step. A report of any kind but a refusal proves that the message was taken: a reservation whose sender died before it
 * could say so becomes `sent` by it. What is already known is not written again.
 *
 * @returns whether anything was written
 */
export function recordDelivery(
  deps: { ledger: Ledger },
  report: DeliveryReport,
): Promise<'recorded' | 'known' | 'unknown-step'> {
  return withFreshRead(async () => {
    const file = await deps.ledger.loadCaseFile(report.invoiceId);
    const claim = file?.claims.find(({ stepId, cycle }) => stepId === report.stepId && cycle === report.cycle);
    if (!file || !claim) return 'unknown-step';
    const next = claimAfter(claim, report);
    if (!next) return 'known';
    await commit(deps.ledger, { file, claim, next, report });
    return 'recorded';
  });
}

function claimAfter(claim: StepClaim, { event, messageId, at }: DeliveryReport): StepClaim | null {
  const wasTaken = event !== 'reject' && event !== 'rendering-failure';
  const isInDoubt =
    claim.state === 'reserved' || (claim.state === 'failed' && claim.failureReason === 'outcome-unknown');
  if (isInDoubt && wasTaken) {
    const { failureReason, providerAnsweredFault, ...known } = claim;
    return { ...known, state: 'sent', messageId, delivery: event, at: claim.state === 'reserved' ? claim.at : at };
  }
  const isNews = event !== 'send' && claim.delivery !== event && claim.messageId === messageId;
  return isNews ? { ...claim, delivery: event } : null;
}

async function commit(
  ledger: Ledger,
  { file, claim, next, report }: { file: CaseFile; claim: StepClaim; next: StepClaim; report: DeliveryReport },
): Promise<void> {
  const { stepId, messageId, event, at } = report;
  const becameSent = claim.state !== 'sent' && next.state === 'sent';
  const type = becameSent ? 'NoticeSent' : 'DeliveryReported';
  const { level, channel } = claim;
  const data = { stepId, level, channel, messageId, event };
  const change = advanceCase(file.dunningCase, { at, drafts: [{ type, actor: 'ses', data }], changesPlan: false });
  await ledger.commit({
    ...change,
    expectedVersion: file.dunningCase.version,
    wakes: false,
    claims: [{ claim: next, replaces: claim }],
  });
}
