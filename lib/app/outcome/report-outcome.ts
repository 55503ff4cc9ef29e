import type { Fault } from '../../contracts/fault.ts';
import type { TaskOutcome } from '../../contracts/task-outcome-body.ts';
import { dateIn } from '../../domain/calendar/sending-window.ts';
import { isOwed } from '../../domain/dunning-case.ts';
import { debtorCalendar } from '../../domain/plan/debtor-calendar.ts';
import type { Task, TaskKind } from '../../domain/task.ts';
import { loadDebtor } from '../plan-case.ts';
import { recallHeldWork } from '../recall-work.ts';
import { tellOpenCases } from '../tell-open-cases.ts';
import { holdForOthers } from '../unplaced-payment.ts';
import { withFreshRead } from '../with-fresh-read.ts';
import { approvalEffect } from './approval-outcome.ts';
import { answerEffect } from './call-answer.ts';
import { doneEffect } from './done-outcome.ts';
import { noProceedingsEffect } from './insolvency-outcome.ts';
import { letterEffect } from './letter-outcome.ts';
import type { OutcomeContext, OutcomeDeps, OutcomeEffect } from './outcome-context.ts';
import { isWithdrawnLetter, postedAfterAll } from './posted-after-all.ts';
import { unansweredEffect, wrongContactEffect } from './unanswered-call.ts';

/** What became of an outcome: the task as it is now, or why it was not taken: unknown, something in it that does not suit the task, or the state of affairs does not allow it. */
export type OutcomeAnswer =
  | 'unknown-task'
  | { readonly refused: Fault }
  | { readonly conflict: string }
  | { readonly task: Task };

/**
 * Takes how a person says a task ended, and does what follows: the step counts as served or goes another way, notices wait for what was promised or objected, what was said is confirmed
 * in writing the same day, a call nobody answered is put on the list again. The task, its cases and the debtor change in one transaction.
 */
export function reportOutcome(
  deps: OutcomeDeps,
  command: { taskId: string; outcome: TaskOutcome; at: string; actor: string },
): Promise<OutcomeAnswer> {
  return withFreshRead(async () => {
    const task = await deps.ledger.loadTask(command.taskId);
    if (!task) return 'unknown-task';
    const { outcome } = command;
    const isAfterAll = isWithdrawnLetter(task) && outcome.result === 'posted';
    const isTaken = isAfterAll || canStillRefuse(task, outcome);
    if (task.state === 'done' && !isTaken) return doneAlready(task);
    const unfitting = unfittingResult(task, outcome);
    if (unfitting) return { refused: unfitting };
    const context = await contextOf(deps, task, command);
    if (!context) return { conflict: 'No invoice of this task is open any more; nothing was changed.' };
    const effect = await (isAfterAll ? postedAfterAll(context, outcome) : effectOf(context, outcome));
    if (!effect) return doneAlready(task);
    if ('refused' in effect || 'conflict' in effect) return effect;
    for (const change of effect.before ?? []) await deps.ledger.commit(change);
    await deps.ledger.commit(effect.change);
    await recallHeldWork(deps.ledger, effect.change, command.at);
    if (effect.tells) await tellOpenCases(deps.ledger, effect.tells);
    if (task.kind === 'unapplied-cash') await holdForOthers(deps, task.customerId, command.at);
    return { task: effect.task };
  });
}

/** Whether a person may still say that there are no proceedings: the debtor stays frozen after the claim is declared, or paid, and only this lifts it. */
function canStillRefuse({ kind, outcome }: Task, { result }: TaskOutcome): boolean {
  return kind === 'insolvency' && result === 'refused' && outcome !== 'refused';
}

function doneAlready({ taskId, outcome = 'done' }: Task): OutcomeAnswer {
  return { conflict: `Task ${taskId} is done already (${outcome}); nothing was changed.` };
}

const ANSWER_RESULTS = [
  ...['promise', 'paid-claimed', 'dispute', 'administrative-block', 'cash-difficulty', 'refusal'],
  'insolvency',
];

const CALL_RESULTS = [...ANSWER_RESULTS.slice(0, -1), 'no-contact', 'wrong-contact', 'insolvency'];

/** The results a kind of task takes; every other kind is just done. */
const RESULTS: Partial<Record<TaskKind, readonly string[]>> = {
  call: CALL_RESULTS,
  letter: ['posted', 'received', 'wrong-contact'],
  approval: ['approved', 'refused'],
  insolvency: ['done', 'refused'],
  'promise-broken': ['done', ...ANSWER_RESULTS],
};

/** Work about what is owed: of an invoice that is paid nothing is reported any more. What a person only has to look at may be settled. */
const KINDS_ABOUT_PAYMENT: readonly TaskKind[] = ['call', 'letter', 'approval'];

function unfittingResult({ kind, postedOn }: Task, { result }: TaskOutcome): Fault | null {
  const known = kind === 'letter' && postedOn !== undefined ? ['received', 'done'] : (RESULTS[kind] ?? ['done']);
  if (known.includes(result)) return null;
  return { pointer: '/result', detail: `must be one of ${known.join(', ')} for this ${kind} task, not "${result}"` };
}

async function contextOf(
  deps: OutcomeDeps,
  task: Task,
  { at, actor }: { at: string; actor: string },
): Promise<OutcomeContext | null> {
  const loaded = await Promise.all(task.invoiceIds.map((invoiceId) => deps.ledger.loadCaseFile(invoiceId)));
  const isAboutPayment = KINDS_ABOUT_PAYMENT.includes(task.kind);
  const known = loaded.filter((file) => file !== null);
  const files = isAboutPayment ? known.filter(({ dunningCase }) => isOwed(dunningCase)) : known;
  const [first, ...others] = files;
  if (!first) return null;
  const record = await loadDebtor(deps.ledger, first);
  const calendar = debtorCalendar(record.customer, deps);
  const today = dateIn(at, calendar.timeZone);
  return { deps, task, files: [first, ...others], record, calendar, today, actor, at };
}

function effectOf(context: OutcomeContext, outcome: TaskOutcome): OutcomeEffect | Promise<OutcomeEffect> {
  switch (outcome.result) {
    case 'no-contact':
      return unansweredEffect(context, outcome);
    case 'wrong-contact':
      return wrongContactEffect(context, outcome);
    case 'posted':
    case 'received':
      return letterEffect(context, outcome);
    case 'approved':
      return approvalEffect(context, outcome);
    case 'refused':
      return context.task.kind === 'insolvency'
        ? noProceedingsEffect(context, outcome)
        : approvalEffect(context, outcome);
    case 'done':
      return doneEffect(context, outcome);
    default:
      return answerEffect(context, outcome);
  }
}
