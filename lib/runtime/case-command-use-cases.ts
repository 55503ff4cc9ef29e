import { agreeInstalmentPlan } from '../app/agree-instalment-plan.ts';
import { blockCase } from '../app/block-case.ts';
import { cancelInvoice } from '../app/cancel-invoice.ts';
import type { CommandAnswer } from '../app/case-command.ts';
import { creditInvoice } from '../app/credit-invoice.ts';
import { handOver } from '../app/hand-over.ts';
import { moveDueDate } from '../app/move-due-date.ts';
import { recordDispute } from '../app/record-dispute.ts';
import { recordPayment } from '../app/record-payment.ts';
import { recordPromise } from '../app/record-promise.ts';
import { resolveDispute } from '../app/resolve-dispute.ts';
import { unblockCase } from '../app/unblock-case.ts';
import { viewCase } from '../app/view-case.ts';
import { writeOff } from '../app/write-off.ts';
import type { ApiUseCases, CaseCommand, CaseCommandAnswer } from '../http/api-use-cases.ts';
import { type ApiDeps, caseFacts } from './case-facts.ts';

type CaseCommands =
  | 'creditInvoice'
  | 'moveDueDate'
  | 'cancelInvoice'
  | 'recordPayment'
  | 'recordPromise'
  | 'recordDispute'
  | 'resolveDispute'
  | 'agreeInstalmentPlan'
  | 'blockCase'
  | 'unblockCase'
  | 'writeOff'
  | 'handOver';

/** What is done to one case, as the API asks for it: each answers with the case as it is then. */
export function caseCommandUseCases(deps: ApiDeps): Pick<ApiUseCases, CaseCommands> {
  const { ledger } = deps;
  return {
    creditInvoice: (command) => answered(deps, command, creditInvoice(deps, command)),
    moveDueDate: (command) => answered(deps, command, moveDueDate({ ledger }, command)),
    cancelInvoice: (command) => answered(deps, command, cancelInvoice(deps, command)),
    recordPayment: (command) => answered(deps, command, recordPayment(deps, command)),
    recordPromise: (command) => answered(deps, command, recordPromise(deps, command)),
    recordDispute: (command) => answered(deps, command, recordDispute(deps, command)),
    resolveDispute: (command) => answered(deps, command, resolveDispute(deps, command)),
    agreeInstalmentPlan: (command) => answered(deps, command, agreeInstalmentPlan(deps, command)),
    blockCase: (command) => answered(deps, command, blockCase(deps, command)),
    unblockCase: (command) => answered(deps, command, unblockCase(deps, command)),
    writeOff: (command) => answered(deps, command, writeOff(deps, command)),
    handOver: (command) => answered(deps, command, handOver(deps, command)),
  };
}

async function answered(
  deps: ApiDeps,
  { invoiceId, at }: CaseCommand,
  decided: Promise<CommandAnswer>,
): Promise<CaseCommandAnswer> {
  const answer = await decided;
  if (answer === 'unknown-case' || !('wasThere' in answer)) return answer;
  const overview = await viewCase(deps, invoiceId, at);
  if (!overview) return 'unknown-case';
  const { wasThere, unapplied } = answer;
  return { case: await caseFacts(deps, overview), wasThere, ...(unapplied && { unapplied }) };
}
