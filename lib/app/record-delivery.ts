import type { DeliveryReport } from '../contracts/delivery-event.ts';
import { advanceCase } from '../domain/case-change.ts';
import type { CaseFile } from '../domain/case-file.ts';
import type { HistoryDraft } from '../domain/history.ts';
import type { StepClaim } from '../domain/step-claim.ts';
import { aboutClaim } from './claim-notice.ts';
import type { Ledger } from './ports.ts';
import { taskIdOf } from './raise-task.ts';
import { withFreshRead } from './with-fresh-read.ts';

/**
 * Records a report on the claim of its step. A report of any kind but a refusal proves that the message was taken: whatever the claim said, it becomes `sent`, and
 * the task that asked a person about it is closed. What is already known is not written again.
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

/** What says more of the fate of a message: a later report never takes back an earlier one of more weight, whatever order they come in. */
const WEIGHT: Readonly<Record<DeliveryReport['event'], number>> = {
  send: 0,
  'delivery-delay': 1,
  delivery: 2,
  reject: 3,
  'rendering-failure': 3,
  bounce: 3,
  complaint: 4,
};

function claimAfter(claim: StepClaim, { event, messageId, at }: DeliveryReport): StepClaim | null {
  const wasTaken = event !== 'reject' && event !== 'rendering-failure';
  if (claim.state !== 'sent' && wasTaken) {
    const { failureReason, skipReason, ...known } = claim;
    return { ...known, state: 'sent', messageId, delivery: event, at: claim.state === 'reserved' ? claim.at : at };
  }
  // A refusal may come before the sender could record that the message was taken: then no message is known yet.
  const isOurs = claim.state === 'reserved' || claim.messageId === messageId;
  const isNews = isOurs && WEIGHT[event] > WEIGHT[claim.delivery ?? 'send'];
  return isNews ? { ...claim, messageId, delivery: event } : null;
}

async function commit(
  ledger: Ledger,
  { file, claim, next, report }: { file: CaseFile; claim: StepClaim; next: StepClaim; report: DeliveryReport },
): Promise<void> {
  const { stepId, messageId, event, at } = report;
  const type = claim.state !== 'sent' && next.state === 'sent' ? 'NoticeSent' : 'DeliveryReported';
  const { level, channel } = claim;
  const settledTask = next.state === 'sent' ? taskOf(claim) : null;
  const drafts: HistoryDraft[] = [
    { type, actor: 'ses', data: { stepId, level, channel, messageId, event } },
    ...(settledTask ? [{ type: 'TaskClosed', actor: 'ses', data: { taskId: settledTask } } as const] : []),
  ];
  await ledger.commit({
    ...advanceCase(file.dunningCase, { at, drafts, changesPlan: false }),
    expectedVersion: file.dunningCase.version,
    wakes: false,
    claims: [{ claim: next, replaces: claim }],
    ...(settledTask && { closedTaskIds: [settledTask] }),
  });
}

/** The task that asked a person about a notice nobody could tell the fate of; without it they would send it by hand, a second time. */
function taskOf(claim: StepClaim): string | null {
  const { invoiceId, state } = claim;
  return state === 'failed' ? taskIdOf({ kind: 'attention', invoiceId, about: aboutClaim(claim) }) : null;
}
