import type { DeliveryReport } from '../contracts/delivery-event.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { isConfirmation } from '../domain/confirmation.ts';
import type { HistoryDraft } from '../domain/history.ts';
import type { StepClaim } from '../domain/step-claim.ts';
import { type ClaimTransition, editCase } from './edit-case.ts';
import { aboutClaim } from './end-members.ts';
import { markAddresses } from './mark-addresses.ts';
import type { Ledger, TaskWrite } from './ports.ts';
import { proveSiblings } from './prove-siblings.ts';
import { taskIdOf } from './raise-task.ts';
import { type RedirectDeps, tryNextAddress } from './try-next-address.ts';
import { withFreshRead } from './with-fresh-read.ts';

/**
 * Records a report on the claim of its step. A report of any kind but a refusal proves that the message was taken: whatever the claim said, it becomes `sent`, and
 * the task that asked a person about it is closed. What is already known is not written again.
 *
 * An address that will never work, or whose owner complained, is marked and not written to again. A message that bounced for good is tried once more at the debtor's next address.
 *
 * @returns whether anything was written
 */
export async function recordDelivery(
  deps: RedirectDeps,
  report: DeliveryReport,
): Promise<'recorded' | 'known' | 'unknown-step'> {
  const outcome = await withFreshRead(() => record(deps.ledger, report));
  const isPermanent = (report.event === 'bounce' && report.isPermanent) || report.event === 'complaint';
  if (outcome === 'unknown-step' || !isPermanent) return outcome;
  // Each is safe to do again: the event is delivered at least once, and may have been interrupted in between.
  await markAddresses(deps.ledger, report);
  if (report.event === 'bounce') await tryNextAddress(deps, report);
  return outcome;
}

async function record(ledger: Ledger, report: DeliveryReport): Promise<'recorded' | 'known' | 'unknown-step'> {
  const file = await ledger.loadCaseFile(report.invoiceId);
  const claim = file?.claims.find(({ stepId, cycle }) => stepId === report.stepId && cycle === report.cycle);
  if (!file || !claim) return 'unknown-step';
  const transition = transitionOf(claim, report);
  if (!transition) return 'known';
  // The siblings come first: until then the event, delivered again, finds the whole work undone.
  if (claim.state === 'failed' && transition.state === 'sent') await proveSiblings(ledger, claim, report);
  await commit(ledger, { file, claim, transition, report });
  return 'recorded';
}

/** What says more of the fate of a message: a later report never takes back an earlier one of more weight, whatever order they come in. */
const WEIGHT: Readonly<Record<DeliveryReport['event'], number>> = {
  send: 0,
  'delivery-delay': 1,
  delivery: 2,
  open: 3,
  reject: 4,
  'rendering-failure': 4,
  bounce: 4,
  complaint: 5,
};

function transitionOf(claim: StepClaim, { event, messageId }: DeliveryReport): ClaimTransition | null {
  if (isLeftBehind(claim, messageId)) return null;
  const wasTaken = event !== 'reject' && event !== 'rendering-failure';
  if (claim.state !== 'sent' && wasTaken) {
    return { state: 'sent', messageId, delivery: event, entryType: 'NoticeSent' };
  }
  // A refusal may come before the sender could record that the message was taken: then no message is known yet.
  const isOurs = claim.state === 'reserved' || claim.messageId === messageId;
  const isNews = isOurs && WEIGHT[event] > WEIGHT[claim.delivery ?? 'send'];
  return isNews ? { state: claim.state, messageId, delivery: event, entryType: 'DeliveryReported' } : null;
}

/** Whether a report is about a message that came back: its step is open for another address, or over. While it is open, or once it was passed over, no other message of it is on its way. */
function isLeftBehind({ state, bounces, failureReason, messageId: known }: StepClaim, messageId: string): boolean {
  const cameBack = (bounces ?? 0) > 0;
  const isSentElsewhere = cameBack && state !== 'sent' && known === messageId;
  const isNotOnItsWay = cameBack && (state === 'released' || state === 'skipped');
  return isSentElsewhere || isNotOnItsWay || failureReason === 'undeliverable';
}

async function commit(
  ledger: Ledger,
  {
    file,
    claim,
    transition,
    report,
  }: { file: CaseFile; claim: StepClaim; transition: ClaimTransition; report: DeliveryReport },
): Promise<void> {
  const { stepId, messageId, event, at } = report;
  const { channel } = claim;
  const level = isConfirmation(stepId) ? null : claim.level;
  const settled = transition.state === 'sent' ? await taskOf(ledger, claim, at) : null;
  const told = { stepId, level, channel, messageId, event };
  const drafts: HistoryDraft[] = [
    { type: transition.entryType ?? 'DeliveryReported', actor: 'ses', data: told },
    ...(settled ? [{ type: 'TaskClosed', actor: 'ses', data: { taskId: settled.task.taskId } } as const] : []),
  ];
  // The entry is the provider's, not ours, so the claim moves without one of its own.
  const edited = editCase(file, { drafts, closesTasks: settled ? [settled.task.taskId] : [] }, at);
  const { entryType, detail, ...fields } = transition;
  const { failureReason, skipReason, ...known } = claim;
  const keepsTime = claim.state === 'reserved' || claim.state === 'sent';
  const moved: StepClaim = { ...known, ...fields, at: keepsTime ? claim.at : at };
  const write = { ...edited.write, claims: [{ claim: moved, replaces: claim }] };
  await ledger.commit({ cases: [write], ...(settled && { tasks: [settled] }) });
}

/** The task that asked a person about a notice nobody could tell the fate of, closed; without it they would send it by hand, a second time. */
async function taskOf(ledger: Ledger, claim: StepClaim, at: string): Promise<TaskWrite | null> {
  if (claim.state !== 'failed') return null;
  const taskId = taskIdOf({ kind: 'attention', subjectId: claim.invoiceId, about: aboutClaim(claim) });
  const task = await ledger.loadTask(taskId);
  if (task?.state !== 'open') return null;
  const closed = { ...task, version: task.version + 1, state: 'done' as const, outcome: 'sent', closedAt: at };
  return { task: closed, expectedVersion: task.version };
}
