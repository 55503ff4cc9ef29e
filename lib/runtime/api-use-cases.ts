import { listCases } from '../app/list-cases.ts';
import { listTasks } from '../app/list-tasks.ts';
import { listPolicies, savePolicy, viewPolicy } from '../app/manage-policies.ts';
import { migratePolicy } from '../app/migrate-policy.ts';
import { reportOutcome } from '../app/outcome/report-outcome.ts';
import type { PlanningDeps } from '../app/plan-case.ts';
import { registerInvoice } from '../app/register-invoice.ts';
import { replaceCustomer } from '../app/replace-customer.ts';
import { type CaseOverview, viewCase } from '../app/view-case.ts';
import type { CaseFacts } from '../contracts/case-view.ts';
import type { UnappliedCashPage } from '../contracts/unapplied-cash-view.ts';
import { executionName } from '../contracts/workflow.ts';
import type { CashReceipt } from '../domain/payment.ts';
import type { TemplateNames } from '../domain/template-names.ts';
import type { ApiUseCases } from '../http/api-use-cases.ts';

/** What the API needs beside planning: where an execution stands, null before it has started; the templates a policy may name. */
export interface ApiDeps extends PlanningDeps {
  readonly taskOwner: string;
  readonly templates: TemplateNames;
  readonly describeExecution: (name: string) => Promise<CaseFacts['execution']>;
}

/** The use cases as the API asks for them. */
export function apiUseCases(deps: ApiDeps): ApiUseCases {
  return { ...caseUseCases(deps), ...taskUseCases(deps), ...policyUseCases(deps) };
}

type Cases = 'registerInvoice' | 'replaceCustomer' | 'listCases' | 'viewCase' | 'viewHistory' | 'listUnappliedCash';

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
    async listUnappliedCash(page) {
      const slice = await ledger.listUnappliedCash(page);
      if (slice === 'bad-cursor') return slice;
      return { items: slice.receipts.map(unappliedCashOf), cursor: slice.cursor };
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

async function caseFacts(deps: ApiDeps, overview: CaseOverview): Promise<CaseFacts> {
  const { executionPart: part, dunningCase } = overview;
  const { invoiceId } = dunningCase.invoice;
  const execution = await deps.describeExecution(executionName({ invoiceId, cycle: dunningCase.cycle, part }));
  return { ...overview, execution };
}

function unappliedCashOf(receipt: CashReceipt): UnappliedCashPage['items'][number] {
  const { transactionId, kind, unappliedMinor, currency, bookedOn, remittance, suggestedInvoiceIds, unappliedReason } =
    receipt;
  const suggestion = { invoiceIds: suggestedInvoiceIds, rule: 'named-by-payer', why: unappliedReason ?? '' };
  const suggestions = suggestedInvoiceIds.length > 0 ? [suggestion] : [];
  return {
    transactionId,
    kind,
    amountMinor: unappliedMinor,
    currency,
    bookedOn,
    remittance: remittance ?? null,
    suggestions,
  };
}
