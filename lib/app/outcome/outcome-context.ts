import { moneyText } from '../../contracts/money-text.ts';
import type { TaskOutcome } from '../../contracts/task-outcome-body.ts';
import type { HolidayTable } from '../../domain/calendar/holiday-table.ts';
import type { CaseFile, CustomerRecord } from '../../domain/case-file.ts';
import type { HistoryDraft } from '../../domain/history.ts';
import type { Money } from '../../domain/money.ts';
import type { DebtorCalendar } from '../../domain/plan/debtor-calendar.ts';
import { isFinal, type StepClaim } from '../../domain/step-claim.ts';
import type { Task } from '../../domain/task.ts';
import type { PolicyBook } from '../policy-book.ts';
import type { Ledger, LedgerChange } from '../ports.ts';
import type { Touch } from '../touch-open-cases.ts';

/** What taking the outcome of a task needs. */
export interface OutcomeDeps {
  readonly ledger: Ledger;
  readonly policies: PolicyBook;
  readonly holidays: HolidayTable;
  readonly creditorTimeZone: string;
  readonly taskOwner: string;
}

/** The task, its cases that are still open, the debtor and their calendar, as they were read; `today` is the debtor's date, `actor` who reports. */
export interface OutcomeContext {
  readonly deps: OutcomeDeps;
  readonly task: Task;
  readonly files: readonly [CaseFile, ...CaseFile[]];
  readonly record: CustomerRecord;
  readonly calendar: DebtorCalendar;
  readonly today: string;
  readonly actor: string;
  readonly at: string;
}

/** One result of the closed list, with what it is told with. */
export type OutcomeOf<Result extends TaskOutcome['result']> = Extract<TaskOutcome, { result: Result }>;

/** What a debtor may answer on a call: the results that say that somebody was reached. */
export type AnswerOutcome = OutcomeOf<
  'promise' | 'paid-claimed' | 'dispute' | 'administrative-block' | 'cash-difficulty' | 'refusal' | 'insolvency'
>;

/**
 * What an outcome does to the ledger, or what does not suit in it. `task` is the task as it is then; `before` is what has to be
 * written first when one change does not hold it all, `tells` what the debtor's other open cases learn of it afterwards.
 */
export type OutcomeEffect =
  | {
      readonly change: LedgerChange;
      readonly task: Task;
      readonly before?: readonly LedgerChange[];
      readonly tells?: Touch;
    }
  | { readonly refused: { readonly pointer: string; readonly detail: string } };

/** The task, ended with this outcome, of which everything that was typed is kept. */
export function closedTask({ task, at }: OutcomeContext, outcome: TaskOutcome): Task {
  const { result, note, ...told } = outcome;
  const answer = answerOf(told);
  return {
    ...task,
    ...{ version: task.version + 1, state: 'done', outcome: result, closedAt: at },
    ...(note && { note }),
    ...(answer && { answer }),
  };
}

/** The fields of an outcome as the wire writes them, or null when there is none. */
function answerOf(told: Record<string, unknown> & { amount?: Money }): Task['answer'] | null {
  const { amount, ...texts } = told;
  const fields = Object.entries(texts).filter((field): field is [string, string] => typeof field[1] === 'string');
  const answer = { ...Object.fromEntries(fields), ...(amount && { amount: moneyText(amount) }) };
  return Object.keys(answer).length === 0 ? null : answer;
}

/** The history entry of a task that ended. */
export function taskClosed({ task, actor }: OutcomeContext, result: string): HistoryDraft {
  return { type: 'TaskClosed', actor, data: { taskId: task.taskId, outcome: result } };
}

/** The claim a task is the work of, in one of its cases, or was before it was withdrawn, if it is a letter; null when the step has gone another way. */
export function claimOfTask({ task }: Pick<OutcomeContext, 'task'>, file: CaseFile): StepClaim | null {
  const { taskId } = task;
  const isItsWork = (claim: StepClaim) => claim.taskId === taskId || claim.withdrawnTaskIds?.includes(taskId);
  return file.claims.find((claim) => isItsWork(claim) && claim.cycle === file.dunningCase.cycle) ?? null;
}

/** The claim a task still has in hand in one of its cases. */
export function openClaimOfTask(context: Pick<OutcomeContext, 'task'>, file: CaseFile): StepClaim | null {
  const claim = claimOfTask(context, file);
  return claim && !isFinal(claim) ? claim : null;
}
