import { type CaseFile, type CustomerRecord, newCustomerRecord } from '../../lib/domain/case-file.ts';
import type { Customer } from '../../lib/domain/customer.ts';
import type { Dispute } from '../../lib/domain/dispute.ts';
import type { DunningCase } from '../../lib/domain/dunning-case.ts';
import { newCase } from '../../lib/domain/new-case.ts';
import type { PlanFacts } from '../../lib/domain/plan/plan-next-step.ts';
import type { StepClaim } from '../../lib/domain/step-claim.ts';
import { HOLIDAYS } from '../../lib/generated/holidays.ts';
import { POLICIES } from '../../lib/generated/policies.ts';
import { aCustomer, anInvoice } from './builders.ts';

/** The policy `standard` as it ships. */
export const standardPolicy = POLICIES.find(({ name }) => name === 'standard')!;

/** An open case of `anInvoice`, nothing paid, nothing sent. */
export function aCase(fields: Partial<DunningCase> = {}): DunningCase {
  const opened = newCase({
    ...{ invoice: anInvoice(), policy: standardPolicy, isFirstInvoice: true, openTaskIds: [], bodyHash: 'hash-1' },
    ...{ registeredAt: '2026-01-05T08:00:00Z', historySeq: 1, historyHash: 'head' },
  });
  return { ...opened, ...fields };
}

/** An open dispute about the whole of an invoice, raised on 4 February 2026 and looked at on the 18th. */
export function aDispute(fields: Partial<Dispute> = {}): Dispute {
  return {
    ...{ disputeId: '1', category: 'quality', amountMinor: null, openedOn: '2026-02-04', wasAskedBefore: false },
    ...{ ownerEmail: null, reviewOn: '2026-02-18', remindedOn: null, escalatedOn: null, state: 'open' },
    ...{ resolvedOn: null, creditedMinor: null, taskIds: [], at: '2026-02-04T08:00:00Z' },
    ...fields,
  };
}

/** A claim of a step of the standard policy, sent unless said otherwise. */
export function aClaim(fields: Partial<StepClaim> & Pick<StepClaim, 'stepId' | 'at'>): StepClaim {
  const step = standardPolicy.steps.find(({ stepId }) => stepId === fields.stepId)!;
  const { level, channel } = step;
  return { invoiceId: 'INV-2026-0042', cycle: 1, level, channel, state: 'sent', attempt: 1, ...fields };
}

/** The facts of a plan: `aCase` for `aCustomer` under the standard policy on 5 January 2026. */
export function planFacts(
  fields: Partial<PlanFacts> & {
    claims?: CaseFile['claims'];
    dunningCase?: DunningCase;
    customer?: Customer;
    contacts?: CustomerRecord['contacts'];
  } = {},
): PlanFacts {
  const { claims = [], dunningCase = aCase(), customer = aCustomer(), contacts = [], ...rest } = fields;
  return {
    file: { dunningCase, claims, payments: [] },
    record: { ...newCustomerRecord(customer), contacts },
    policy: standardPolicy,
    holidays: HOLIDAYS,
    creditorTimeZone: 'Europe/Paris',
    creditorCountry: 'FR',
    bankDataOn: null,
    internalDomains: [],
    sendTimeoutMinutes: 10,
    at: '2026-01-05T08:00:00Z',
    ...rest,
  };
}
