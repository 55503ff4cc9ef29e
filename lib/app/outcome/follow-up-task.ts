import { addBusinessDays } from '../../domain/calendar/business-day.ts';
import { declarationDueOn } from '../../domain/claim-declaration.ts';
import type { Hold } from '../../domain/hold.ts';
import type { Task } from '../../domain/task.ts';
import { raiseTask } from '../raise-task.ts';
import { DECLARATION } from '../record-insolvency.ts';
import type { AnswerOutcome, OutcomeContext } from './outcome-context.ts';

/** Open days in which an arrangement is answered. PROPOSAL. */
const FOLLOW_UP_BUSINESS_DAYS = 2;

/**
 * The work an answer leaves for a person, or null; a dispute brings its own.
 *
 * @param hold the hold the answer asks for; what has to be found out while notices wait is due when it ends
 */
export function followUpTask(context: OutcomeContext, outcome: AnswerOutcome, hold: Hold | null): Task | null {
  const { deps, files, task, calendar, today, at } = context;
  const [first, ...others] = files.map(({ dunningCase }) => dunningCase.invoice.invoiceId);
  const asked = {
    invoiceIds: [first ?? '', ...others] as [string, ...string[]],
    customerId: task.customerId,
    about: `${task.taskId}/${outcome.result}`,
    owner: deps.taskOwner,
    dueOn: hold?.until ?? addBusinessDays(today, FOLLOW_UP_BUSINESS_DAYS, calendar),
    at,
  };
  const attention = { ...asked, kind: 'attention' } as const;
  switch (outcome.result) {
    case 'paid-claimed':
      return raiseTask({ ...attention, title: 'Look for a payment', reason: searchFor(outcome) }).task;
    case 'administrative-block': {
      const title = `Clear an administrative block: ${outcome.reason}`;
      return raiseTask({ ...attention, title, reason: MISSING[outcome.reason] }).task;
    }
    case 'cash-difficulty':
      return raiseTask({ ...attention, title: 'Answer a request for time to pay', reason: ARRANGEMENT }).task;
    case 'insolvency': {
      const dueOn = declarationDueOn(outcome.openedOn ?? today, calendar);
      return raiseTask({ ...asked, kind: 'insolvency', dueOn, title: 'Declare the claim', reason: DECLARATION }).task;
    }
    default:
      return null;
  }
}

function searchFor({ paidOn, bankReference }: Extract<AnswerOutcome, { result: 'paid-claimed' }>): string {
  const on = paidOn ? ` on ${paidOn}` : '';
  const under = bankReference ? ` under the bank reference ${bankReference}` : '';
  return `The debtor says that it was paid${on}${under}. Find it at the bank and in unapplied cash, or ask for a proof of the transfer; notices go on after this day.`;
}

/** What is missing at the debtor's, and who can deliver it. */
const MISSING: Readonly<Record<Extract<AnswerOutcome, { result: 'administrative-block' }>['reason'], string>> = {
  'missing-purchase-order': 'The purchase order is missing. Find its number and send the invoice again with it.',
  'invoice-not-received': 'The invoice was not received. Send it again, and have its receipt confirmed.',
  'wrong-entity': 'The invoice is to the wrong company. Ask for the right one; a new invoice and a credit note follow.',
  'approval-pending': 'The approval of the invoice is pending. Find out who gives it, and by when.',
  'not-on-portal': 'The invoice is not on the portal of the debtor. Put it there.',
  other: 'Something is missing at the debtor’s administration: the note of the call says what. Deliver it.',
};

const ARRANGEMENT =
  'The debtor cannot pay at once. Ask for a written proposal, answer it point by point, and accept instalments only with a part paid immediately.';
