import { parseBlock } from '../contracts/block-body.ts';
import { caseView } from '../contracts/case-view.ts';
import { parseDispute } from '../contracts/dispute-body.ts';
import { parseDisputeResolution } from '../contracts/dispute-resolution-body.ts';
import { parseHandOver } from '../contracts/hand-over-body.ts';
import { parseInstalmentPlan } from '../contracts/instalment-plan-body.ts';
import { moneyText } from '../contracts/money-text.ts';
import { parsePromise } from '../contracts/promise-body.ts';
import { parseReasonBody } from '../contracts/reason-body.ts';
import { parseSeenPayment } from '../contracts/seen-payment-body.ts';
import type { ApiRoute } from './api-route.ts';
import type { CaseCommandDone } from './api-use-cases.ts';
import { bareCaseCommand, caseCommand } from './case-command.ts';
import { jsonAnswer } from './json-answer.ts';

/** The routes by which finance decides on a case, or tells of money no bank told of. Each answers with the case as it is now. */
export const CASE_COMMAND_ROUTES: readonly ApiRoute[] = [
  {
    method: 'POST',
    path: '/cases/:invoiceId/payments',
    scopes: ['relance/finance'],
    answer: caseCommand({
      parse: parseSeenPayment,
      carryOut: (useCases, command) => useCases.recordPayment(command),
      show: showPaid,
    }),
  },
  {
    method: 'POST',
    path: '/cases/:invoiceId/promises',
    scopes: ['relance/finance'],
    answer: caseCommand({
      parse: parsePromise,
      carryOut: (useCases, command) => useCases.recordPromise(command),
      show: showOpened,
    }),
  },
  {
    method: 'POST',
    path: '/cases/:invoiceId/disputes',
    scopes: ['relance/finance'],
    answer: caseCommand({
      parse: parseDispute,
      carryOut: (useCases, command) => useCases.recordDispute(command),
      show: showOpened,
    }),
  },
  {
    method: 'POST',
    path: '/cases/:invoiceId/instalment-plan',
    scopes: ['relance/finance'],
    answer: caseCommand({
      parse: parseInstalmentPlan,
      carryOut: (useCases, command) => useCases.agreeInstalmentPlan(command),
      show: showOpened,
    }),
  },
  {
    method: 'POST',
    path: '/cases/:invoiceId/disputes/:disputeId/resolution',
    scopes: ['relance/finance'],
    answer: (input) =>
      caseCommand({
        parse: parseDisputeResolution,
        carryOut: (useCases, command) =>
          useCases.resolveDispute({ ...command, disputeId: input.parameter('disputeId') ?? '' }),
        show: showCase,
      })(input),
  },
  {
    method: 'POST',
    path: '/cases/:invoiceId/block',
    scopes: ['relance/finance'],
    answer: caseCommand({
      parse: parseBlock,
      carryOut: (useCases, command) => useCases.blockCase(command),
      show: showCase,
    }),
  },
  {
    method: 'DELETE',
    path: '/cases/:invoiceId/block',
    scopes: ['relance/finance'],
    answer: bareCaseCommand({
      carryOut: (useCases, command) => useCases.unblockCase(command),
      show: showCase,
    }),
  },
  {
    method: 'POST',
    path: '/cases/:invoiceId/write-off',
    scopes: ['relance/finance'],
    answer: caseCommand({
      parse: parseReasonBody,
      carryOut: (useCases, command) => useCases.writeOff(command),
      show: showCase,
    }),
  },
  {
    method: 'POST',
    path: '/cases/:invoiceId/hand-over',
    scopes: ['relance/finance'],
    answer: caseCommand({
      parse: parseHandOver,
      carryOut: (useCases, command) => useCases.handOver(command),
      show: showCase,
    }),
  },
];

/** What was not there before is created. */
function showOpened(done: CaseCommandDone): Response {
  return jsonAnswer(done.wasThere ? 200 : 201, caseView(done.case));
}

function showCase(done: CaseCommandDone): Response {
  return jsonAnswer(200, caseView(done.case));
}

function showPaid(paid: CaseCommandDone, { transactionId }: { transactionId: string }): Response {
  const unapplied = paid.unapplied ? moneyText(paid.unapplied) : null;
  return jsonAnswer(paid.wasThere ? 200 : 201, { transactionId, unapplied, ...caseView(paid.case) });
}
