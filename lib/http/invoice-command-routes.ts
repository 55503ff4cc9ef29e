import { parseCreditNote } from '../contracts/credit-note-body.ts';
import { parseDueDate } from '../contracts/due-date-body.ts';
import { creditNoteView, invoiceChangeView } from '../contracts/invoice-change-view.ts';
import { parseReasonBody } from '../contracts/reason-body.ts';
import type { ApiRoute } from './api-route.ts';
import type { CaseCommandDone } from './api-use-cases.ts';
import { caseCommand } from './case-command.ts';
import { jsonAnswer } from './json-answer.ts';

const showInvoice = (done: CaseCommandDone) => jsonAnswer(200, invoiceChangeView(done.case));

/** The routes by which the billing system changes an invoice it registered. */
export const INVOICE_COMMAND_ROUTES: readonly ApiRoute[] = [
  {
    method: 'POST',
    path: '/invoices/:invoiceId/credit-notes',
    scopes: ['relance/billing'],
    answer: caseCommand({
      parse: parseCreditNote,
      carryOut: (useCases, command) => useCases.creditInvoice(command),
      show: (done, { creditNoteId }) => jsonAnswer(done.wasThere ? 200 : 201, creditNoteView(creditNoteId, done)),
    }),
  },
  {
    method: 'PUT',
    path: '/invoices/:invoiceId/due-date',
    scopes: ['relance/billing'],
    answer: caseCommand({
      parse: parseDueDate,
      carryOut: (useCases, command) => useCases.moveDueDate(command),
      show: showInvoice,
    }),
  },
  {
    method: 'POST',
    path: '/invoices/:invoiceId/cancellation',
    scopes: ['relance/billing'],
    answer: caseCommand({
      parse: parseReasonBody,
      carryOut: (useCases, command) => useCases.cancelInvoice(command),
      show: showInvoice,
    }),
  },
];
