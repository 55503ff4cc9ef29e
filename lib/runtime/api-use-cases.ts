import type { PlanningDeps } from '../app/plan-case.ts';
import { registerInvoice } from '../app/register-invoice.ts';
import { replaceCustomer } from '../app/replace-customer.ts';
import { viewCase } from '../app/view-case.ts';
import type { CaseFacts } from '../contracts/case-view.ts';
import type { UnappliedCashPage } from '../contracts/unapplied-cash-view.ts';
import { executionName } from '../contracts/workflow.ts';
import { invariant } from '../domain/errors.ts';
import type { CashReceipt } from '../domain/payment.ts';
import type { ApiUseCases } from '../http/api-use-cases.ts';

/** What the API needs beside planning: where an execution stands, null before it has started. */
export interface ApiDeps extends PlanningDeps {
  readonly describeExecution: (name: string) => Promise<CaseFacts['execution']>;
}

/** The use cases as the API asks for them. */
export function apiUseCases(deps: ApiDeps): ApiUseCases {
  const { ledger } = deps;
  const versions = deps.policies.filter(({ name }) => name === 'standard');
  const policy = versions.toSorted((one, other) => other.version - one.version)[0];
  invariant(policy !== undefined, 'policy standard is not among the policies');
  return {
    registerInvoice: (command) => registerInvoice({ ledger, policy }, command),
    replaceCustomer: ({ customer }) => replaceCustomer({ ledger }, customer),
    async viewCase(invoiceId, at) {
      const overview = await viewCase(deps, invoiceId, at);
      if (!overview) return null;
      const { executionPart: part, dunningCase } = overview;
      const name = executionName({ invoiceId, cycle: dunningCase.cycle, part });
      return { ...overview, execution: await deps.describeExecution(name) };
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
