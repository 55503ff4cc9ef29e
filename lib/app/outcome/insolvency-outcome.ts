import type { HistoryDraft } from '../../domain/history.ts';
import { type CaseEdit, editCase } from '../edit-case.ts';
import { editCustomer } from '../edit-customer.ts';
import type { CustomerWrite } from '../ports.ts';
import { HELD_BY_INSOLVENCY } from '../record-insolvency.ts';
import type { Consequence, Touch } from '../touch-open-cases.ts';
import { closedTask, type OutcomeContext, type OutcomeEffect, type OutcomeOf, taskClosed } from './outcome-context.ts';

/** The debtor with the date since which proceedings are said to be open, or without it; the cases that the outcome does not write are still to be told. */
export function insolventSinceWrite({ record }: OutcomeContext, insolventSince: string | null): CustomerWrite {
  return editCustomer(record, { insolventSince, isTellingPending: true });
}

/** How the debtor's other open cases learn that proceedings are open: nothing of them is sent any more, and letters that lie ready are taken back. */
export function insolvencyTold(context: OutcomeContext): Touch {
  return { ...othersOf(context), draft: HELD_BY_INSOLVENCY, consequence: () => ({ withdrawsLetters: true }) };
}

/** What it does when a person finds no proceedings: the debtor is dunned again, in every open case. */
export function noProceedingsEffect(context: OutcomeContext, outcome: OutcomeOf<'refused'>): OutcomeEffect {
  const { at, files } = context;
  const task = closedTask(context, outcome);
  const draft: HistoryDraft = { type: 'HoldLifted', actor: context.actor, data: { reason: 'insolvency' } };
  const cases = files.map((file) => {
    const edit: CaseEdit = { ...lifted(file), drafts: [draft, taskClosed(context, outcome.result)] };
    return editCase(file, { ...edit, closesTasks: [task.taskId], wakes: true }, at).write;
  });
  const customer = insolventSinceWrite(context, null);
  return {
    task,
    change: { cases, customer, tasks: [{ task, expectedVersion: context.task.version }] },
    tells: { ...othersOf(context), draft, consequence: lifted },
  };
}

function lifted({ dunningCase }: OutcomeContext['files'][number]): Consequence {
  return dunningCase.hold?.reason === 'insolvency' ? { changes: { hold: null } } : {};
}

function othersOf({ record, files, at }: OutcomeContext): Pick<Touch, 'customerId' | 'exceptIds' | 'at'> {
  const exceptIds = files.map(({ dunningCase }) => dunningCase.invoice.invoiceId);
  return { customerId: record.customer.customerId, exceptIds, at };
}
