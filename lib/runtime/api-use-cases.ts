import { allocateCash } from '../app/allocate-cash.ts';
import { listCases } from '../app/list-cases.ts';
import { listTasks } from '../app/list-tasks.ts';
import { listPolicies, savePolicy, viewPolicy } from '../app/manage-policies.ts';
import { migratePolicy } from '../app/migrate-policy.ts';
import { reportOutcome } from '../app/outcome/report-outcome.ts';
import { registerInvoice } from '../app/register-invoice.ts';
import { replaceCustomer } from '../app/replace-customer.ts';
import { unappliedItemOf } from '../app/unapplied-item.ts';
import { viewCase } from '../app/view-case.ts';
import { viewCustomer } from '../app/view-customer.ts';
import { viewStatement } from '../app/view-statement.ts';
import type { ApiUseCases } from '../http/api-use-cases.ts';
import { caseCommandUseCases } from './case-command-use-cases.ts';
import { type ApiDeps, caseFacts } from './case-facts.ts';

/** The use cases as the API asks for them. */
export function apiUseCases(deps: ApiDeps): ApiUseCases {
  return {
    ...caseUseCases(deps),
    ...caseCommandUseCases(deps),
    ...taskUseCases(deps),
    ...policyUseCases(deps),
    ...moneyUseCases(deps),
  };
}

type Cases = 'registerInvoice' | 'replaceCustomer' | 'listCases' | 'viewCase' | 'viewHistory';

function caseUseCases(deps: ApiDeps): Pick<ApiUseCases, Cases> {
  const { ledger } = deps;
  return {
    registerInvoice: (command) => registerInvoice(deps, command),
    replaceCustomer: (command) => replaceCustomer(deps, command),
    async listCases(query, page, at) {
      const slice = await listCases(deps, query, { ...page, at });
      if (slice === 'bad-cursor') return slice;
      // Step Functions describes some 10 executions a second (AWS quota): a list does not ask, the case itself does.
      return { cases: slice.cases.map((listed) => ({ ...listed, execution: null })), cursor: slice.cursor };
    },
    async viewCase(invoiceId, at) {
      const overview = await viewCase(deps, invoiceId, at);
      return overview && caseFacts(deps, overview);
    },
    async viewHistory(invoiceId, page) {
      const slice = await ledger.loadHistory(invoiceId, page);
      // Every case has at least the entry of its registration.
      const isUnknown = slice !== 'bad-cursor' && page.cursor === null && slice.entries.length === 0;
      return isUnknown ? null : slice;
    },
  };
}

type CustomersAndMoney = 'viewCustomer' | 'viewStatement' | 'listUnappliedCash' | 'allocateCash';

function moneyUseCases(deps: ApiDeps): Pick<ApiUseCases, CustomersAndMoney> {
  const { ledger } = deps;
  return {
    viewCustomer: (customerId) => viewCustomer(ledger, customerId),
    viewStatement: (customerId, at) => viewStatement(deps, customerId, at),
    async listUnappliedCash(page) {
      const slice = await ledger.listUnappliedCash(page);
      if (slice === 'bad-cursor') return slice;
      return { items: slice.receipts.map(unappliedItemOf), cursor: slice.cursor };
    },
    async allocateCash(command) {
      const answer = await allocateCash(deps, command);
      if (answer === 'unknown-transaction' || !('receipt' in answer)) return answer;
      return { item: answer.receipt.unappliedMinor > 0 ? unappliedItemOf(answer.receipt) : null };
    },
  };
}

type Tasks = 'listTasks' | 'viewTask' | 'reportOutcome';

function taskUseCases(deps: ApiDeps): Pick<ApiUseCases, Tasks> {
  const { ledger } = deps;
  return {
    listTasks: (query, page) => listTasks(ledger, query, page),
    viewTask: (taskId) => ledger.loadTask(taskId),
    reportOutcome: (command) => reportOutcome(deps, command),
  };
}

type Policies = 'listPolicies' | 'viewPolicy' | 'savePolicy' | 'migratePolicy';

function policyUseCases(deps: ApiDeps): Pick<ApiUseCases, Policies> {
  return {
    listPolicies: () => listPolicies(deps),
    viewPolicy: (name) => viewPolicy(deps, name),
    savePolicy: (command) => savePolicy(deps, command),
    migratePolicy: (command, page) => migratePolicy(deps, command, page),
  };
}
