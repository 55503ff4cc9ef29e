import { amountText } from '../contracts/money-text.ts';
import { dateIn } from '../domain/calendar/sending-window.ts';
import type { CaseFile, CustomerRecord } from '../domain/case-file.ts';
import { type DunningCase, receivedMinor, undisputedMinor } from '../domain/dunning-case.ts';
import type { HistoryDraft } from '../domain/history.ts';
import { debtorCalendar } from '../domain/plan/debtor-calendar.ts';
import { promiseReviewOn } from '../domain/plan/promise-review.ts';
import { endingOf, openPromise, type PromiseToPay } from '../domain/promise.ts';
import type { Task } from '../domain/task.ts';
import { contactToCall } from './contact-to-call.ts';
import { editCase } from './edit-case.ts';
import { placeHold } from './place-hold.ts';
import type { PlanningDeps } from './plan-case.ts';
import { afterPromise, promiseEnded } from './promise-ending.ts';
import { raiseTask } from './raise-task.ts';

/** What judging a promise needs: `taskOwner` calls about a broken one. */
export interface ReviewDeps extends PlanningDeps {
  readonly taskOwner: string;
}

/**
 * Judges the promise of a case whose day has come: kept or partly kept, dunning resumes at the level it had reached; broken, a person calls that day and quotes it, and the next step of the ladder
 * follows from the next open day on, so that no two reach the debtor in one day. Null when there is nothing to judge yet, when nothing came that the bank's statements would tell of by now (`isBankDataOld`), and while a person has to place money that may be it.
 */
export async function judgePromise(
  deps: ReviewDeps,
  { file, record, isBankDataOld, at }: { file: CaseFile; record: CustomerRecord; isBankDataOld: boolean; at: string },
): Promise<CaseFile | null> {
  const { dunningCase } = file;
  const promise = openPromise(dunningCase.promises);
  if (!promise || dunningCase.standing !== 'promised' || record.insolventSince !== null) return null;
  if (dunningCase.hold?.reason === 'unplaced-payment') return null;
  const calendar = debtorCalendar(record.customer, deps);
  const today = dateIn(at, calendar.timeZone);
  if (today < promiseReviewOn(promise.promisedOn, calendar)) return null;
  const ending = endingOf(promise, receivedMinor(dunningCase));
  if (ending === 'broken' && isBankDataOld) return null;
  const drafts = [promiseEnded(dunningCase, { ending })];
  const changes = afterPromise(dunningCase, ending);
  if (ending !== 'broken') {
    const { write, file: judged } = editCase(file, { drafts, changes }, at);
    await deps.ledger.commit({ cases: [write] });
    return judged;
  }
  const { task, draft } = callAbout(deps, { dunningCase, promise, record, today, at });
  const known = dunningCase.hold?.reason === 'promise' ? null : dunningCase.hold;
  const { hold, drafts: held } = placeHold(known, { reason: 'promise-broken', since: today, until: today });
  const edit = { drafts: [...drafts, draft, ...held], changes: { ...changes, hold }, opensTasks: [task.taskId] };
  const { write, file: judged } = editCase(file, edit, at);
  await deps.ledger.commit({ cases: [write], tasks: [{ task, expectedVersion: null }] });
  return judged;
}

function callAbout(
  deps: ReviewDeps,
  {
    dunningCase,
    promise,
    record,
    today,
    at,
  }: { dunningCase: DunningCase; promise: PromiseToPay; record: CustomerRecord; today: string; at: string },
): { task: Task; draft: HistoryDraft } {
  const { invoice, cycle } = dunningCase;
  const text = (amountMinor: number) => `${amountText(amountMinor, invoice.currency)} ${invoice.currency}`;
  const promised = promise.amountMinor === null ? 'all that is owed' : text(promise.amountMinor);
  const madeOn = dateIn(promise.at, debtorCalendar(record.customer, deps).timeZone);
  return raiseTask({
    kind: 'promise-broken',
    invoiceIds: [invoice.invoiceId],
    customerId: invoice.customerId,
    title: `Call about a broken promise: invoice ${invoice.number}`,
    reason: `On ${madeOn} ${promised} was promised by ${promise.promisedOn}, and nothing came; ${text(undisputedMinor(dunningCase))} is owed. Quote the promise and ask for the money today; the next notice follows from the next open day on.`,
    ...contactToCall(deps, record),
    owner: deps.taskOwner,
    about: `${cycle}/promise/${promise.promiseId}`,
    dueOn: today,
    at,
  });
}
