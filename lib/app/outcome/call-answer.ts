import { moneyText } from '../../contracts/money-text.ts';
import { addBusinessDays } from '../../domain/calendar/business-day.ts';
import type { CaseFile } from '../../domain/case-file.ts';
import { type Confirmation, withConfirmation as confirmationsWith } from '../../domain/confirmation.ts';
import { type DunningCase, outstandingMinor } from '../../domain/dunning-case.ts';
import type { HistoryDraft } from '../../domain/history.ts';
import type { Hold } from '../../domain/hold.ts';
import type { Task } from '../../domain/task.ts';
import { type EditedCase, editCase } from '../edit-case.ts';
import { type PromiseMade, promiseDates } from '../make-promise.ts';
import { type DisputeOpened, disputeReviewDates } from '../open-dispute.ts';
import { placeHold } from '../place-hold.ts';
import { taskRaised } from '../raise-task.ts';
import { beyondWhatIs } from './amount-refusal.ts';
import { disputeRefused, disputesOf } from './dispute-outcome.ts';
import { followUpTask } from './follow-up-task.ts';
import { insolvencyTold, insolventSinceWrite } from './insolvency-outcome.ts';
import {
  type AnswerOutcome,
  closedTask,
  type OutcomeContext,
  type OutcomeEffect,
  type OutcomeOf,
  openClaimOfTask,
  taskClosed,
} from './outcome-context.ts';
import { promiseRefused, promisesOf } from './promise-outcome.ts';

/** Open days notices wait while a payment that is said to be made is looked for. PROPOSAL. */
const SEARCH_BUSINESS_DAYS = 3;

/** Open days notices wait while what the debtor's administration misses is delivered. PROPOSAL. */
const UNBLOCKING_BUSINESS_DAYS = 5;

/**
 * What an answer does: the call counts as made, notices wait for what was promised or objected, what was said is confirmed in writing, and a person is asked for what only a person can do.
 */
export async function answerEffect(context: OutcomeContext, outcome: AnswerOutcome): Promise<OutcomeEffect> {
  const refused = refusalOf(context, outcome);
  if (refused) return { refused };
  const task = closedTask(context, outcome);
  const asked = holdOf(context, outcome);
  const disputes = outcome.result === 'dispute' ? await disputesOf(context, outcome) : null;
  const followUp = disputes?.task ?? followUpTask(context, outcome, asked);
  const promises = outcome.result === 'promise' ? promisesOf(context, outcome) : new Map<CaseFile, PromiseMade>();
  const [first, ...others] = context.files;
  const edit = (file: OutcomeContext['files'][number], confirms: boolean): EditedCase => {
    const claim = openClaimOfTask(context, file);
    const held = asked && placeHold(file.dunningCase.hold, asked);
    const agreed = disputes?.opened.get(file) ?? promises.get(file) ?? null;
    const changes: Partial<DunningCase> = {
      lastAnsweredOn: context.today,
      ...(held && { hold: held.hold }),
      ...agreed?.changes,
      ...(confirms && { confirmations: withConfirmation(context, file.dunningCase, outcome) }),
    };
    return editCase(
      file,
      {
        moves: claim ? [{ step: claim, transition: { state: 'sent' } }] : [],
        drafts: draftsOf(context, outcome, { held: held?.drafts ?? [], agreed, followUp }),
        changes,
        opensTasks: followUp ? [followUp.taskId] : [],
        closesTasks: [task.taskId],
        wakes: true,
      },
      context.at,
    );
  };
  const edited = [edit(first, TEMPLATES[outcome.result] !== null), ...others.map((file) => edit(file, false))];
  const tasks = [
    { task, expectedVersion: context.task.version },
    ...(followUp ? [{ task: followUp, expectedVersion: null }] : []),
  ];
  const change = { cases: edited.map(({ write }) => write), tasks };
  if (outcome.result !== 'insolvency') return { task, change };
  const customer = insolventSinceWrite(context, outcome.openedOn ?? context.today);
  return { task, change: { ...change, customer }, tells: insolvencyTold(context) };
}

function refusalOf({ files, today }: OutcomeContext, outcome: AnswerOutcome) {
  const misdated = misdatedField(outcome, today);
  if (misdated) return misdated;
  if (outcome.result === 'dispute') return disputeRefused(files, outcome);
  if (outcome.result !== 'promise') return null;
  const tooMuch =
    outcome.amount && beyondWhatIs(files, outcome.amount, { minorOf: outstandingMinor, which: 'is owed' });
  if (tooMuch) return tooMuch;
  const tooMany = promiseRefused(files, outcome);
  return tooMany ? { pointer: '/result', detail: tooMany } : null;
}

function misdatedField(outcome: AnswerOutcome, today: string) {
  switch (outcome.result) {
    case 'promise':
      return outside('/promisedOn', outcome.promisedOn, promiseDates(today));
    case 'dispute':
      return outside('/reviewOn', outcome.reviewOn, disputeReviewDates(today));
    case 'insolvency':
      return outside('/openedOn', outcome.openedOn, { to: today });
    default:
      return null;
  }
}

function outside(pointer: string, date: string | undefined, { from, to }: { from?: string; to?: string }) {
  if (date === undefined) return null;
  if (from !== undefined && date < from) return { pointer, detail: `must not be before ${from}, not "${date}"` };
  if (to !== undefined && date > to) return { pointer, detail: `must not be after ${to}, not "${date}"` };
  return null;
}

function holdOf({ calendar, today }: OutcomeContext, outcome: AnswerOutcome): Hold | null {
  const inBusinessDays = (days: number) => addBusinessDays(today, days, calendar);
  switch (outcome.result) {
    case 'paid-claimed':
      return { reason: 'paid-claimed', since: today, until: inBusinessDays(SEARCH_BUSINESS_DAYS) };
    case 'administrative-block':
      return { reason: 'administrative-block', since: today, until: inBusinessDays(UNBLOCKING_BUSINESS_DAYS) };
    case 'insolvency':
      return { reason: 'insolvency', since: today, until: null };
    case 'promise': // a promise brings its own
    case 'dispute': // and a dispute holds what it is about by itself
    case 'cash-difficulty':
    case 'refusal':
      return null;
  }
}

/** The template that confirms a result; null when there is nothing to confirm to the debtor. */
const TEMPLATES: Readonly<Record<AnswerOutcome['result'], string | null>> = {
  promise: 'promise-confirmation',
  'paid-claimed': 'paid-claimed-confirmation',
  dispute: 'dispute-confirmation',
  'administrative-block': 'block-confirmation',
  'cash-difficulty': 'call-summary',
  refusal: 'call-summary',
  insolvency: null,
};

function withConfirmation(
  { files, today, at }: OutcomeContext,
  { confirmations }: DunningCase,
  outcome: AnswerOutcome,
): Confirmation[] {
  const template = TEMPLATES[outcome.result];
  if (template === null) return confirmations;
  const invoiceIds = files.map(({ dunningCase }) => dunningCase.invoice.invoiceId);
  const { result } = outcome;
  const repeated = {
    ...(result === 'promise' && { promisedOn: outcome.promisedOn }),
    ...((result === 'promise' || result === 'dispute') &&
      outcome.amount && { amountMinor: outcome.amount.amountMinor }),
    ...(result === 'dispute' && { category: outcome.category }),
    ...(result === 'administrative-block' && { category: outcome.reason }),
  };
  const said = { template, invoiceIds, result, agreedOn: today, requestedAt: at, ...repeated };
  return confirmationsWith(confirmations, said);
}

function draftsOf(
  context: OutcomeContext,
  outcome: AnswerOutcome,
  {
    held,
    agreed,
    followUp,
  }: { held: readonly HistoryDraft[]; agreed: PromiseMade | DisputeOpened | null; followUp: Task | null },
): HistoryDraft[] {
  const { actor, task } = context;
  const answered: HistoryDraft = { type: 'AnswerRecorded', actor, data: toldOf(outcome, task.taskId) };
  return [
    answered,
    ...(agreed?.drafts ?? []),
    ...held,
    taskClosed(context, outcome.result),
    ...(followUp ? [taskRaised(followUp)] : []),
  ];
}

/** The facts of an answer, without what somebody wrote freely about a person. */
function toldOf(outcome: AnswerOutcome, taskId: string): Record<string, unknown> {
  switch (outcome.result) {
    case 'promise':
      return { ...{ taskId, result: outcome.result, promisedOn: outcome.promisedOn }, ...amountOf(outcome) };
    case 'dispute':
      return { ...{ taskId, result: outcome.result, category: outcome.category }, ...amountOf(outcome) };
    case 'paid-claimed':
      return { taskId, result: outcome.result, ...(outcome.paidOn && { paidOn: outcome.paidOn }) };
    case 'administrative-block':
      return { taskId, result: outcome.result, reason: outcome.reason };
    default:
      return { taskId, result: outcome.result };
  }
}

function amountOf({ amount }: Pick<OutcomeOf<'promise'>, 'amount'>): Record<string, unknown> {
  return amount ? { amount: moneyText(amount) } : {};
}
