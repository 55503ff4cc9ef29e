import { amountText } from '../contracts/money-text.ts';
import { addBusinessDays } from '../domain/calendar/business-day.ts';
import { dateIn } from '../domain/calendar/sending-window.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { withConfirmation } from '../domain/confirmation.ts';
import type { CreditNote } from '../domain/credit-note.ts';
import type { Dispute, DisputeResolution } from '../domain/dispute.ts';
import { type DunningCase, outstandingMinor, standingAfter } from '../domain/dunning-case.ts';
import type { Money } from '../domain/money.ts';
import { type DebtorCalendar, debtorCalendar } from '../domain/plan/debtor-calendar.ts';
import type { Policy } from '../domain/policy.ts';
import {
  type CaseCommand,
  type CommandAnswer,
  type CommandNo,
  closedAlready,
  commandCase,
  otherCurrency,
  remarksWith,
  todayOf,
} from './case-command.ts';
import { creditChange, isCoveredBy } from './credit-invoice.ts';
import { disputeEnded, withResolution } from './dispute-ending.ts';
import type { CaseEdit } from './edit-case.ts';
import { placeHold } from './place-hold.ts';
import { loadFacts, type PlanningDeps } from './plan-case.ts';
import type { CaseLedger, LedgerChange } from './ports.ts';
import { restateCase } from './restate-case.ts';
import { closedByRelance, overwrite, taskWithout } from './task-ending.ts';

/** How somebody settles a dispute: founded, unfounded or by an offer, what is credited for it, and what else is to be known. */
export interface ResolveDispute extends CaseCommand {
  readonly disputeId: string;
  readonly outcome: DisputeResolution;
  readonly credited?: Money;
  readonly note?: string;
}

/** Everything a resolution is decided with. */
interface Resolution {
  readonly command: ResolveDispute;
  readonly dispute: Dispute;
  readonly creditedMinor: number;
  readonly today: string;
  readonly calendar: DebtorCalendar;
  readonly policy: Pick<Policy, 'disputes'>;
}

/**
 * Ends a dispute. Upheld: what was contested is credited, and the rest is dunned on at the level it had reached. Rejected: dunning goes on with the next step of the ladder, after some days of
 * grace, and the debtor is told in writing. Settled: what was agreed is told in writing, what of it is credited is credited, and the rest is dunned on after the grace. The same again has no effect.
 */
export function resolveDispute(deps: PlanningDeps, command: ResolveDispute): Promise<CommandAnswer> {
  const { ledger } = deps;
  const { invoiceId, disputeId, outcome, at } = command;
  return commandCase(ledger, invoiceId, async (file) => {
    const { dunningCase } = file;
    const dispute = dunningCase.disputes.find((one) => one.disputeId === disputeId);
    if (!dispute) return { notFound: `There is no dispute ${disputeId} about invoice ${invoiceId}.` };
    if (dispute.state === outcome) return { invoiceId, wasThere: true };
    const no = endedAlready(dispute) ?? closedAlready(dunningCase) ?? refusalOf(dunningCase, command);
    if (no) return no;
    const creditedMinor = creditedBy(dunningCase, dispute, command);
    const known = creditedMinor > 0 && (await ledger.loadCreditNote(invoiceId, creditNoteIdOf(dispute)));
    if (known) return { conflict: `Credit note ${known.creditNoteId} was taken before; nothing was changed.` };
    const { record, policy } = await loadFacts(deps, file);
    const calendar = debtorCalendar(record.customer, deps);
    const today = dateIn(at, calendar.timeZone);
    const resolution: Resolution = { command, dispute, creditedMinor, today, calendar, policy };
    return { invoiceId, wasThere: false, change: await changeFor(deps, file, resolution) };
  });
}

/** The id of the credit note that is taken for a dispute. */
function creditNoteIdOf({ disputeId }: Dispute): string {
  return `dispute-${disputeId}`;
}

function endedAlready({ disputeId, state, resolvedOn }: Dispute): CommandNo | null {
  if (state === 'open') return null;
  return { conflict: `Dispute ${disputeId} was ${state} on ${resolvedOn}; nothing was changed.` };
}

function refusalOf(dunningCase: DunningCase, { outcome, credited }: ResolveDispute): CommandNo | null {
  if (!credited) return null;
  const foreign = otherCurrency(dunningCase, credited, '/credited');
  if (foreign) return foreign;
  const refused = (detail: string): CommandNo => ({ refused: { pointer: '/credited/amount', detail } });
  if (outcome === 'rejected' && credited.amountMinor > 0)
    return refused('must be zero or left out: nothing is credited for a dispute that is unfounded');
  if (outcome === 'upheld' && credited.amountMinor === 0)
    return refused('must be greater than zero: something is credited for a dispute that is founded');
  const owedMinor = outstandingMinor(dunningCase);
  if (credited.amountMinor <= owedMinor) return null;
  return refused(`must be at most ${amountText(owedMinor, credited.currency)}, which is what is owed`);
}

/** What is credited: what was said, or of a dispute that is founded what it is about, as far as that is still owed. */
function creditedBy(dunningCase: DunningCase, { amountMinor }: Dispute, { outcome, credited }: ResolveDispute): number {
  if (credited) return credited.amountMinor;
  const owedMinor = outstandingMinor(dunningCase);
  return outcome === 'upheld' ? Math.min(amountMinor ?? owedMinor, owedMinor) : 0;
}

async function changeFor(deps: PlanningDeps, file: CaseFile, resolution: Resolution): Promise<LedgerChange> {
  const { dunningCase } = file;
  const { command, creditedMinor } = resolution;
  const resolved = resolvedCase(dunningCase, resolution);
  const note = creditedMinor > 0 ? creditNoteFor(dunningCase, resolution) : null;
  // What closes the case takes every task about it off the list by itself, and leaves nothing to say or to wait for.
  if (note && (await isCoveredBy(deps, file, { note, today: todayOf(deps, command) }))) {
    return creditChange(deps, file, { command, note, also: resolved });
  }
  const ended = await endTasks(deps.ledger, file, resolution);
  const resumed = command.outcome === 'upheld' ? { drafts: [], changes: {} } : resumedCase(dunningCase, resolution);
  const also = {
    drafts: [...resolved.drafts, ...resumed.drafts, ...ended.drafts],
    changes: { ...resolved.changes, ...resumed.changes },
    closesTasks: ended.closesTasks,
  };
  const change = note
    ? await creditChange(deps, file, { command, note, also })
    : await restateCase(deps.ledger, file, also, command.at);
  return { ...change, tasks: [...(change.tasks ?? []), ...ended.tasks] };
}

function creditNoteFor({ invoice }: DunningCase, { command, dispute, creditedMinor }: Resolution): CreditNote {
  return {
    ...{ creditNoteId: creditNoteIdOf(dispute), invoiceId: invoice.invoiceId, currency: invoice.currency },
    ...{ amountMinor: creditedMinor, appliedMinor: creditedMinor, at: command.at },
    reason: `dispute ${dispute.disputeId} (${dispute.category}): ${command.outcome}`,
  };
}

/** What the end of the dispute itself changes in its case, beside the credit note. */
function resolvedCase(
  dunningCase: DunningCase,
  { command, dispute, creditedMinor, today }: Resolution,
): Required<Pick<CaseEdit, 'drafts' | 'changes'>> {
  const { outcome, actor, note } = command;
  const told = { outcome, on: today, creditedMinor, actor };
  const disputes = withResolution(dunningCase.disputes, dispute, told);
  return {
    drafts: [disputeEnded(dunningCase, dispute, told)],
    changes: {
      ...{ disputes, standing: standingAfter(dunningCase, { disputes }) },
      ...(note && { remarks: remarksWith(dunningCase, { ...command, reason: note }, 'DisputeResolved') }),
    },
  };
}

/** How dunning resumes after a dispute that was not upheld: what was decided is told in writing, and notices are held for some days of grace, or longer if they are already. */
function resumedCase(dunningCase: DunningCase, resolution: Resolution): Required<Pick<CaseEdit, 'drafts' | 'changes'>> {
  const { command, today, calendar, policy } = resolution;
  const reason = command.outcome === 'rejected' ? 'dispute-rejected' : 'dispute-settled';
  const until = addBusinessDays(today, policy.disputes.graceDays, calendar);
  const { hold, drafts } = placeHold(dunningCase.hold, { reason, since: today, until });
  const confirmations = confirmed(dunningCase, resolution);
  return { drafts, changes: { hold, confirmations } };
}

/** The dispute that was found unfounded, or the offer that settles it, in writing. */
function confirmed({ confirmations, invoice }: DunningCase, { command, dispute, creditedMinor, today }: Resolution) {
  const { outcome, at } = command;
  const amountMinor = outcome === 'settled' ? creditedMinor : dispute.amountMinor;
  return withConfirmation(confirmations, {
    ...{ template: `dispute-${outcome}-confirmation`, invoiceIds: [invoice.invoiceId], result: `dispute-${outcome}` },
    ...{ agreedOn: today, category: dispute.category, requestedAt: at },
    ...(amountMinor !== null && amountMinor > 0 && { amountMinor }),
  });
}

/** Takes the work that was asked for about the dispute off the list: what it was for is decided. */
async function endTasks(ledger: CaseLedger, file: CaseFile, { command, dispute }: Resolution) {
  const { invoice, openTaskIds } = file.dunningCase;
  const asked = dispute.taskIds.filter((taskId) => openTaskIds.includes(taskId));
  const loaded = await Promise.all(asked.map((taskId) => ledger.loadTask(taskId)));
  const tasks = loaded
    .filter((task) => task?.state === 'open')
    .flatMap((task) => task ?? [])
    .map((task) => taskWithout(task, invoice.invoiceId, { ending: 'dispute-resolved', at: command.at }));
  return {
    tasks: tasks.map(overwrite),
    drafts: tasks.filter(({ state }) => state === 'done').map(closedByRelance),
    closesTasks: asked,
  };
}
