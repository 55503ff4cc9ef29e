import { moneyText } from '../contracts/money-text.ts';
import { addBusinessDays, addCalendarDays } from '../domain/calendar/business-day.ts';
import type { Happening } from '../domain/case-change.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { isConfirmation } from '../domain/confirmation.ts';
import type { Dispute } from '../domain/dispute.ts';
import { type DunningCase, isDisputed, outstandingMinor, standingAfter } from '../domain/dunning-case.ts';
import type { HistoryDraft } from '../domain/history.ts';
import type { DebtorCalendar } from '../domain/plan/debtor-calendar.ts';
import type { Policy } from '../domain/policy.ts';
import { promiseOvertaken } from './promise-ending.ts';

/** Days ahead the day may lie at most on which a dispute is looked at again. PROPOSAL. */
const REVIEW_DAYS_MAX = 180;

/** What a debtor contests of one invoice, as it was told: `amountMinor` null when it is all that is owed, `ownerEmail` null when nobody was named, `reviewOn` null when it is for the policy to say. */
export interface DisputeTold {
  readonly category: Dispute['category'];
  readonly amountMinor: number | null;
  readonly ownerEmail: string | null;
  readonly reviewOn: string | null;
  readonly policy: Pick<Policy, 'disputes'>;
  readonly calendar: DebtorCalendar;
  readonly today: string;
  readonly actor: string;
  readonly at: string;
}

/** What a dispute does to a case: its history, and what changes. */
export interface DisputeOpened {
  readonly drafts: readonly HistoryDraft[];
  readonly changes: NonNullable<Happening['changes']>;
}

/** The dates a dispute may be looked at again on, for a caller who checks a field: from today up to half a year ahead. */
export function disputeReviewDates(today: string): { from: string; to: string } {
  return { from: today, to: addCalendarDays(today, REVIEW_DAYS_MAX) };
}

/** The amount of a dispute as it is kept: null when it is all that is owed. */
export function contestedAmount(dunningCase: DunningCase, amountMinor: number | null): number | null {
  return amountMinor === outstandingMinor(dunningCase) ? null : amountMinor;
}

/** The id the next dispute about an invoice has. */
export function nextDisputeId({ disputes }: DunningCase): string {
  return String(disputes.length + 1);
}

/**
 * Takes a dispute. When all that is owed is contested with it, nothing is sent any more until it is settled, and a promise is overtaken by it and judged by what came so far; else the rest is dunned on.
 * Whether it may be taken is for the caller to know. `taskIds` is the work that is asked for about it.
 */
export function openDispute(file: CaseFile, told: DisputeTold, taskIds: readonly string[]): DisputeOpened {
  const { dunningCase } = file;
  const { category, ownerEmail, reviewOn, policy, calendar, today, actor, at } = told;
  const { currency } = dunningCase.invoice;
  const disputeId = nextDisputeId(dunningCase);
  const amountMinor = contestedAmount(dunningCase, told.amountMinor);
  const dispute: Dispute = {
    ...{ disputeId, category, amountMinor, openedOn: today, wasAskedBefore: wasAskedBefore(file), ownerEmail },
    reviewOn: reviewOn ?? addBusinessDays(today, policy.disputes.reviewDays, calendar),
    ...{ remindedOn: null, escalatedOn: null, state: 'open', resolvedOn: null, creditedMinor: null },
    ...{ taskIds: [...taskIds], at },
  };
  const amount = amountMinor === null ? null : moneyText({ amountMinor, currency });
  const { reviewOn: lookedAtOn, wasAskedBefore: isLate } = dispute;
  const opened: HistoryDraft = {
    type: 'DisputeOpened',
    actor,
    data: { disputeId, category, amount, reviewOn: lookedAtOn, wasAskedBefore: isLate },
  };
  const disputes = [...dunningCase.disputes, dispute];
  const overtaken = isDisputed({ ...dunningCase, disputes }) ? promiseOvertaken(dunningCase) : null;
  const changes = { ...overtaken?.changes, disputes, lastAnsweredOn: today };
  return {
    drafts: [...(overtaken?.drafts ?? []), opened],
    changes: { ...changes, standing: standingAfter(dunningCase, changes) },
  };
}

/** Whether the debtor was asked before the due date whether anything stood in the way, and said nothing of this then. */
function wasAskedBefore({ claims }: CaseFile): boolean {
  return claims.some(
    ({ state, level, stepId }) => state === 'sent' && level === 'preventive' && !isConfirmation(stepId),
  );
}
