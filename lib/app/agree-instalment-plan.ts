import type { AgreedInstalment } from '../contracts/instalment-plan-body.ts';
import { moneyText } from '../contracts/money-text.ts';
import type { HolidayTable } from '../domain/calendar/holiday-table.ts';
import { dateIn } from '../domain/calendar/sending-window.ts';
import { type CustomerRecord, effectiveProfile } from '../domain/case-file.ts';
import { withConfirmation } from '../domain/confirmation.ts';
import { openDisputes } from '../domain/dispute.ts';
import { type DunningCase, isDisputed, standingAfter } from '../domain/dunning-case.ts';
import type { HistoryDraft } from '../domain/history.ts';
import { type InstalmentPlan, runningPlan } from '../domain/instalment-plan.ts';
import { equalParts } from '../domain/instalment-schedule.ts';
import { timeZoneOf } from '../domain/plan/debtor-calendar.ts';
import { planMessage } from '../domain/plan-message.ts';
import {
  type CaseCommand,
  type CommandAnswer,
  type CommandDeps,
  closedAlready,
  commandCase,
  remarksWith,
} from './case-command.ts';
import type { CaseEdit } from './edit-case.ts';
import { type AgreedPart, judgePlan } from './instalment-terms.ts';
import { loadFacts } from './plan-case.ts';
import type { PolicyBook } from './policy-book.ts';
import { promiseOvertaken } from './promise-ending.ts';
import { restateCase } from './restate-case.ts';

/** A plan somebody agreed with a debtor: its parts, whether it is forced though it does not begin as the policy asks, and what else was said. */
export interface AgreeInstalmentPlan extends CaseCommand {
  readonly instalments: readonly AgreedInstalment[];
  readonly force?: boolean;
  readonly note?: string;
}

/**
 * Takes a plan to pay all that is owed of an invoice in parts: dunning waits while it is kept, what people have in hand is withdrawn, and it is confirmed to the debtor in writing. A promise is overtaken by it, and
 * a plan that was running is replaced. The very same plan again has no effect.
 */
export function agreeInstalmentPlan(
  deps: CommandDeps & { readonly holidays: HolidayTable; readonly policies: PolicyBook },
  command: AgreeInstalmentPlan,
): Promise<CommandAnswer> {
  const { ledger } = deps;
  const { invoiceId, at } = command;
  return commandCase(ledger, invoiceId, async (file) => {
    const { dunningCase } = file;
    const closed = closedAlready(dunningCase);
    if (closed) return closed;
    if (isRunningSo(dunningCase, command)) return { invoiceId, wasThere: true };
    const { record, policy } = await loadFacts(deps, file);
    const conflict = conflictOf(dunningCase, record);
    if (conflict) return { conflict };
    const today = dateIn(at, timeZoneOf(record.customer, deps.creditorTimeZone));
    const profile = effectiveProfile(record);
    const judged = judgePlan(command.instalments, { dunningCase, today, profile, policy });
    if (!('parts' in judged)) return judged;
    if (judged.forceNo && !command.force) return judged.forceNo;
    const plan = planOf(dunningCase, judged.parts, { today, isForced: judged.forceNo !== null, at });
    return {
      invoiceId,
      wasThere: false,
      change: await restateCase(ledger, file, agreement(dunningCase, plan, command), at),
    };
  });
}

/** Whether the very same plan runs already: the same dates and amounts, or, of equal parts, what these dates made of the sum of that time. */
function isRunningSo({ instalmentPlan, invoice }: DunningCase, { instalments }: AgreeInstalmentPlan): boolean {
  const parts = runningPlan(instalmentPlan)?.instalments ?? [];
  if (parts.length !== instalments.length) return false;
  const equal = equalParts(
    parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    parts.length,
  );
  return parts.every(({ dueOn, amountMinor }, index) => {
    const asked = instalments[index];
    const { currency, amountMinor: askedMinor } = asked?.amount ?? { ...invoice, amountMinor: equal[index] };
    return asked?.dueOn === dueOn && askedMinor === amountMinor && currency === invoice.currency;
  });
}

function conflictOf(dunningCase: DunningCase, { insolventSince }: CustomerRecord): string | null {
  const { invoiceId, customerId } = dunningCase.invoice;
  if (insolventSince !== null) {
    return `Customer ${customerId} is said to be insolvent since ${insolventSince}: no plan is made; the claim is declared.`;
  }
  const [dispute] = openDisputes(dunningCase.disputes);
  if (!dispute || !isDisputed(dunningCase)) return null;
  return `Invoice ${invoiceId} is disputed as a whole since ${dispute.openedOn}: resolve the dispute before a plan is made.`;
}

function planOf(
  { instalmentPlan, paidMinor, creditedMinor }: DunningCase,
  parts: readonly AgreedPart[],
  { today, isForced, at }: { today: string; isForced: boolean; at: string },
): InstalmentPlan {
  return {
    planId: String(Number(instalmentPlan?.planId ?? 0) + 1),
    agreedOn: today,
    instalments: parts.map((part) => ({ ...part, remindedOn: null, missedOn: null })),
    ...{ paidBeforeMinor: paidMinor, creditedBeforeMinor: creditedMinor },
    ...{ isForced, state: 'running', at },
  };
}

function agreement(
  dunningCase: DunningCase,
  plan: InstalmentPlan,
  { invoiceId, actor, at, note }: AgreeInstalmentPlan,
): Pick<CaseEdit, 'drafts' | 'changes'> {
  const { instalmentPlan, invoice } = dunningCase;
  const { planId, agreedOn, instalments, isForced } = plan;
  const replaced = runningPlan(instalmentPlan);
  const overtaken = promiseOvertaken(dunningCase);
  const dueOns = instalments.map(({ dueOn }) => dueOn);
  const told = instalments.map(({ dueOn, amountMinor }) => ({
    dueOn,
    amount: moneyText({ amountMinor, currency: invoice.currency }),
  }));
  const agreed: HistoryDraft = {
    type: 'PlanAgreed',
    actor,
    data: { planId, instalments: told, isForced, ...(replaced && { replaces: replaced.planId }) },
  };
  const remarks = note
    ? { remarks: remarksWith(dunningCase, { invoiceId, actor, at, reason: note }, 'PlanAgreed') }
    : {};
  return {
    drafts: [...overtaken.drafts, agreed],
    changes: {
      ...overtaken.changes,
      instalmentPlan: plan,
      standing: standingAfter(dunningCase, { ...overtaken.changes, instalmentPlan: plan }),
      confirmations: withConfirmation(
        dunningCase.confirmations,
        planMessage('plan-agreed', { plan, dueOns, invoiceId, at }),
      ),
      lastAnsweredOn: agreedOn,
      ...remarks,
    },
  };
}
