import { amountText } from '../contracts/money-text.ts';
import { dateIn } from '../domain/calendar/sending-window.ts';
import type { Dispute } from '../domain/dispute.ts';
import { openDisputes } from '../domain/dispute.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import type { HistoryDraft } from '../domain/history.ts';
import { debtorCalendar } from '../domain/plan/debtor-calendar.ts';
import { type DueReview, reviewOf } from '../domain/plan/dispute-review.ts';
import type { Task } from '../domain/task.ts';
import { editCase } from './edit-case.ts';
import type { ReviewDeps } from './judge-promise.ts';
import type { CaseFacts } from './plan-case.ts';
import { raiseTask } from './raise-task.ts';

/**
 * Looks at the disputes of a case whose day has come: the owner of one is reminded, once; one that is still open some open days later goes to the owner of the tasks, and again as often as it is off their
 * list and still open. Null when there is nothing to do yet.
 */
export async function reviewDisputes(
  deps: ReviewDeps,
  { file, record, policy }: CaseFacts,
  at: string,
): Promise<CaseFacts['file'] | null> {
  const { dunningCase } = file;
  const calendar = debtorCalendar(record.customer, deps);
  const today = dateIn(at, calendar.timeZone);
  const due = openDisputes(dunningCase.disputes)
    .map((dispute) => reviewOf(dispute, { dunningCase, policy, calendar, today }))
    .filter(({ on }) => on <= today);
  if (due.length === 0) return null;
  const looks = due.map((review) => looked(deps, dunningCase, { review, today, at }));
  const edit = {
    drafts: looks.flatMap(({ drafts }) => drafts),
    changes: {
      disputes: dunningCase.disputes.map((dispute) => looks.find((look) => isSame(look, dispute))?.dispute ?? dispute),
    },
    opensTasks: looks.map(({ task }) => task.taskId),
  };
  const { write, file: reviewed } = editCase(file, edit, at);
  await deps.ledger.commit({ cases: [write], tasks: looks.map(({ task }) => ({ task, expectedVersion: null })) });
  return reviewed;
}

/** A dispute after it was looked at, the history that says so, and the work it leaves. */
interface Look {
  readonly dispute: Dispute;
  readonly drafts: readonly HistoryDraft[];
  readonly task: Task;
}

function isSame({ dispute: { disputeId } }: Look, dispute: Dispute): boolean {
  return dispute.disputeId === disputeId;
}

function looked(
  { taskOwner }: ReviewDeps,
  dunningCase: DunningCase,
  { review: { dispute, what }, today, at }: { review: DueReview; today: string; at: string },
): Look {
  const { invoice, cycle } = dunningCase;
  const { disputeId, category, openedOn, escalatedOn, ownerEmail, amountMinor } = dispute;
  const owner = ownerEmail ?? taskOwner;
  const amount =
    amountMinor === null ? 'all of it' : `${amountText(amountMinor, invoice.currency)} ${invoice.currency}`;
  const contested = `Contested since ${openedOn}: ${amount} (${category}).`;
  const asked = {
    ...{ invoiceIds: [invoice.invoiceId] as [string], customerId: invoice.customerId, dueOn: today, at },
    about: `${cycle}/dispute/${disputeId}/${what}${escalatedOn === null ? '' : `/after/${escalatedOn}`}`,
  };
  const { task, draft } =
    what === 'reminder'
      ? raiseTask({
          ...asked,
          ...{ kind: 'dispute', owner, title: `A dispute is to be settled: invoice ${invoice.number}` },
          reason: `${contested} Today is the day to look at it: say whether it is founded, unfounded, or settled by an offer.`,
        })
      : raiseTask({
          ...asked,
          ...{ kind: 'attention', owner: taskOwner, title: `A dispute is ageing: invoice ${invoice.number}` },
          reason: `${contested} Its owner was reminded on ${dispute.remindedOn} and it is still open. Have it settled: as long as it is open, it comes back to this list.`,
        });
  const told: HistoryDraft = {
    type: what === 'reminder' ? 'DisputeReviewed' : 'DisputeEscalated',
    actor: 'relance',
    data: { disputeId, category, openedOn },
  };
  const seen = what === 'reminder' ? { remindedOn: today } : { escalatedOn: today };
  return { dispute: { ...dispute, ...seen, taskIds: [...dispute.taskIds, task.taskId] }, drafts: [told, draft], task };
}
