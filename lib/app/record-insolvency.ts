import { moneyText } from '../contracts/money-text.ts';
import type { HolidayTable } from '../domain/calendar/holiday-table.ts';
import type { CaseFile, CustomerRecord } from '../domain/case-file.ts';
import { declarationDueOn } from '../domain/claim-declaration.ts';
import { type DunningCase, isOwed, outstandingMinor } from '../domain/dunning-case.ts';
import type { HistoryDraft } from '../domain/history.ts';
import { debtorCalendar } from '../domain/plan/debtor-calendar.ts';
import type { Task } from '../domain/task.ts';
import {
  type CaseCommand,
  type CommandAnswer,
  type CommandDeps,
  closedAlready,
  commandCase,
  remarksWith,
  todayOf,
} from './case-command.ts';
import { editCustomer } from './edit-customer.ts';
import { openCasesOf } from './open-cases-of.ts';
import { placeHold } from './place-hold.ts';
import { loadDebtor } from './plan-case.ts';
import { CASES_PER_CHANGE_MAX, type LedgerChange } from './ports.ts';
import { raiseTask, taskRaised } from './raise-task.ts';
import { restateCase } from './restate-case.ts';
import { tellOpenCases } from './tell-open-cases.ts';

/** What recording insolvency needs beside: the open days, and who declares the claim. */
export interface InsolvencyDeps extends CommandDeps {
  readonly holidays: HolidayTable;
  readonly taskOwner: string;
}

/** Proceedings somebody knows of, open since a date of the creditor (today when left out). */
interface RecordInsolvency extends CaseCommand {
  readonly reason: string;
  readonly openedOn?: string | undefined;
}

/** The reason of the task that declares a claim. */
export const DECLARATION =
  'Insolvency proceedings are said to be open: nothing is sent any more. Check the official gazette and declare the claim within two months of the publication.';

/** How a case says that proceedings keep its notices back. */
export const HELD_BY_INSOLVENCY: HistoryDraft = {
  type: 'HoldPlaced',
  actor: 'relance',
  data: { reason: 'insolvency', until: null },
};

/**
 * Records that insolvency proceedings are open against the debtor of a case: nothing is sent in any of their cases until a person finds that there are none, what people have in hand is withdrawn, and one task declares
 * all that is owed. The same again tells the cases that were not told yet, and does nothing else.
 */
export async function recordInsolvency(deps: InsolvencyDeps, command: RecordInsolvency): Promise<CommandAnswer> {
  const { ledger } = deps;
  const { invoiceId, openedOn, actor, at } = command;
  const today = todayOf(deps, command);
  const answer = await commandCase(ledger, invoiceId, async (file) => {
    const no = closedAlready(file.dunningCase);
    if (no) return no;
    if (openedOn !== undefined && openedOn > today) {
      return { refused: { pointer: '/openedOn', detail: `must not be after today ${today}, not "${openedOn}"` } };
    }
    const record = await loadDebtor(ledger, file);
    const since = openedOn ?? today;
    if (record.insolventSince !== null) {
      const isSame = openedOn === undefined || openedOn === record.insolventSince;
      return isSame ? { invoiceId, wasThere: true } : { conflict: openSince(record.insolventSince) };
    }
    const task = await declarationTask(deps, { file, record, since, at });
    const { hold } = placeHold(file.dunningCase.hold, { reason: 'insolvency', since: today, until: null });
    const held = { ...HELD_BY_INSOLVENCY, actor, data: { ...HELD_BY_INSOLVENCY.data, openedOn: since } };
    const remarks = remarksWith(file.dunningCase, command, 'HoldPlaced');
    const edit = { drafts: [held, taskRaised(task)], changes: { hold, remarks }, opensTasks: [task.taskId] };
    const restated = await restateCase(ledger, file, edit, at);
    const change: LedgerChange = {
      ...restated,
      tasks: [...(restated.tasks ?? []), { task, expectedVersion: null }],
      customer: editCustomer(record, { insolventSince: since, isTellingPending: true }),
    };
    return { invoiceId, wasThere: false, change };
  });
  if (answer !== 'unknown-case' && 'wasThere' in answer) await tellOthers(deps, command);
  return answer;
}

function openSince(since: string): string {
  return `Proceedings are known to be open since ${since}; end the task that declares the claim as "refused" before another date is recorded.`;
}

/** The one task about all that the debtor owes; of more invoices than one change of the ledger holds, the last are told of in its sum only. */
async function declarationTask(
  deps: InsolvencyDeps,
  { file, record, since, at }: { file: CaseFile; record: CustomerRecord; since: string; at: string },
): Promise<Task> {
  const { invoiceId, customerId } = file.dunningCase.invoice;
  const others = (await openCasesOf(deps.ledger, customerId)).filter(({ invoice }) => invoice.invoiceId !== invoiceId);
  const open = [file.dunningCase, ...others].filter(isOwed);
  const named = others.slice(0, CASES_PER_CHANGE_MAX - 1).map(({ invoice }) => invoice.invoiceId);
  const { task } = raiseTask({
    kind: 'insolvency',
    invoiceIds: [invoiceId, ...named],
    customerId,
    owner: deps.taskOwner,
    title: 'Declare the claim',
    reason: `${DECLARATION} ${owedInAll(open)} Interest and compensation run through ${since}, the day of the opening.`,
    // Proceedings that were denied may be opened after all.
    about: `insolvency/${since}/${record.version}`,
    dueOn: declarationDueOn(since, debtorCalendar(record.customer, deps)),
    at,
  });
  return task;
}

function owedInAll(open: readonly DunningCase[]): string {
  const currencies = [...new Set(open.map(({ invoice }) => invoice.currency))].sort();
  const sums = currencies.map((currency) => {
    const own = open.filter(({ invoice }) => invoice.currency === currency);
    const amountMinor = own.reduce((sum, dunningCase) => sum + outstandingMinor(dunningCase), 0);
    return `${moneyText({ amountMinor, currency }).amount} ${currency}`;
  });
  return `Owed on ${open.length} ${open.length === 1 ? 'invoice' : 'invoices'}: ${sums.join(' and ')}.`;
}

/** Tells the debtor's other open cases, if that is still to be done; those the task names know of it. */
async function tellOthers({ ledger }: InsolvencyDeps, { invoiceId, at }: RecordInsolvency): Promise<void> {
  const file = await ledger.loadCaseFile(invoiceId);
  const record = file && (await loadDebtor(ledger, file));
  if (!file || !record?.isTellingPending) return;
  const tasks = await Promise.all(file.dunningCase.openTaskIds.map((taskId) => ledger.loadTask(taskId)));
  const task = tasks.find((one) => one?.kind === 'insolvency' && one.state === 'open') ?? null;
  await tellOpenCases(ledger, {
    customerId: record.customer.customerId,
    exceptIds: [invoiceId],
    draft: HELD_BY_INSOLVENCY,
    at,
    consequence: ({ dunningCase }) => {
      const isNamed = task?.invoiceIds.includes(dunningCase.invoice.invoiceId);
      const named = task && isNamed ? { drafts: [taskRaised(task)], opensTasks: [task.taskId] } : {};
      return { withdrawsLetters: true, ...named };
    },
  });
}
