import { describe, expect, it } from 'vitest';
import { NO_CHARGES } from '../../lib/app/charges.ts';
import { composeNotice, type NoticeOccasion } from '../../lib/app/compose-notice.ts';
import { newCustomerRecord } from '../../lib/domain/case-file.ts';
import type { Confirmation } from '../../lib/domain/confirmation.ts';
import type { Customer } from '../../lib/domain/customer.ts';
import type { DunningCase } from '../../lib/domain/dunning-case.ts';
import type { StepClaim } from '../../lib/domain/step-claim.ts';
import { HOLIDAYS } from '../../lib/generated/holidays.ts';
import { aCustomer, anInvoice, aReachableCustomer } from '../support/builders.ts';
import { aCase, aClaim, aDispute, standardPolicy } from '../support/case-builders.ts';
import { aCreditor } from '../support/fake-provider.ts';

interface Parts extends Partial<Omit<NoticeOccasion, 'message'>> {
  readonly customer?: Customer;
  readonly cases?: readonly DunningCase[];
  readonly claims?: readonly StepClaim[];
}

/** The facts of step A3 for these cases, the first of them the one the notice is for. */
function compose({ customer = aCustomer(), cases = [aCase()], claims = [], ...changes }: Parts = {}) {
  const contact = { role: 'accounts-payable', name: 'Anne Martin', email: 'a@martin.example' } as const;
  const step = standardPolicy.steps.find(({ stepId }) => stepId === 'A3')!;
  const [lead, ...others] = cases.map((dunningCase, index) => ({
    ...{ policy: standardPolicy, step },
    file: { dunningCase, claims: index === 0 ? claims : [], payments: [] },
  }));
  return composeNotice({
    message: { lead: lead!, members: [lead!, ...others], mentioned: [], record: newCustomerRecord(customer) },
    recipient: { contact, address: contact.email },
    confirmation: null,
    creditor: aCreditor,
    creditorTimeZone: 'Europe/Paris',
    holidays: HOLIDAYS,
    charges: NO_CHARGES,
    at: '2026-02-09T07:30:00Z',
    ...changes,
  });
}

describe('the facts of a notice', () => {
  it('are those of the day it is written: lateness, what is owed, and by when to answer', () => {
    const cases = [aCase({ paidMinor: 50_000 })];
    // Due on 30 January; 9 February + 4 days is Friday the 13th.
    expect(compose({ cases })).toMatchObject({
      today: '2026-02-09',
      respondBy: '2026-02-13',
      grantsDays: 4,
      contactName: 'Anne Martin',
      invoices: [{ daysLate: 10, outstandingMinor: 70_000, paidMinor: 50_000, totalMinor: 120_000, exponent: 2 }],
    });
  });

  it('ask for an answer by an open day of the debtor', () => {
    // 31 March 2026 + 4 days is a Saturday, and the Monday after it is Easter Monday.
    expect(compose({ at: '2026-03-31T07:30:00Z' }).respondBy).toBe('2026-04-07');
  });

  it('know no lateness before the due date', () => {
    expect(compose({ at: '2026-01-20T07:30:00Z' }).invoices[0].daysLate).toBe(0);
  });

  it('are of the debtor’s own day: in Auckland it is tomorrow already', () => {
    const customer = aCustomer({ timeZone: 'Pacific/Auckland' });
    expect(compose({ customer, at: '2026-02-09T20:30:00Z' }).today).toBe('2026-02-10');
  });

  it('greet nobody by the name of a shared mailbox', () => {
    const contact = { role: 'generic', name: 'Service comptabilité', email: 'c@martin.example' } as const;
    expect(compose({ recipient: { contact, address: contact.email } }).contactName).toBeNull();
  });

  it('refuse a currency that is none', () => {
    const cases = [aCase({ invoice: anInvoice({ currency: 'XXX' }) })];
    expect(() => compose({ cases })).toThrow('unknown currency XXX');
  });

  it('name the invoice of the step first, and the others most overdue first', () => {
    const due = (invoiceId: string, dueOn: string) => aCase({ invoice: anInvoice({ invoiceId, dueOn }) });
    const cases = [due('I-1', '2026-02-05'), due('I-2', '2026-01-30'), due('I-3', '2026-01-15')];
    const told = compose({ cases }).invoices.map(({ invoiceId, daysLate }) => [invoiceId, daysLate]);
    expect(told).toEqual([
      ['I-1', 4],
      ['I-3', 25],
      ['I-2', 10],
    ]);
  });

  it('recall the contacts that were made, oldest first: no confirmation, and nothing that did not leave', () => {
    const claims = [
      aClaim({ stepId: 'A4', at: '2026-02-07T10:00:00Z', postedOn: '2026-02-06' }),
      aClaim({ stepId: 'A1', at: '2026-02-02T08:00:00Z' }),
      aClaim({ stepId: 'A2', at: '2026-02-05T08:00:00Z', state: 'failed', failureReason: 'nobody-reached' }),
      { ...aClaim({ stepId: 'A1', at: '2026-02-03T08:00:00Z' }), stepId: 'confirmation-1' },
    ];
    expect(compose({ claims }).pastContacts).toEqual([
      { on: '2026-02-02', channel: 'email' },
      { on: '2026-02-06', channel: 'letter' },
    ]);
  });

  it('quote the last promise, and what a confirmation confirms', () => {
    const lastPromise = { promisedOn: '2026-02-20', amountMinor: 70_000 };
    const confirmation: Confirmation = {
      ...{ confirmationId: 'confirmation-1', template: 'promise-confirmation', result: 'promise' },
      ...{ invoiceIds: ['INV-2026-0042'], agreedOn: '2026-02-09', requestedAt: '2026-02-09T08:00:00Z' },
      ...{ promisedOn: '2026-02-20', amountMinor: 70_000 },
    };
    const made = { promiseId: '1', paidBeforeMinor: 0, state: 'open', at: '2026-02-09T08:00:00Z' } as const;
    const promises = [{ ...made, ...lastPromise }];
    expect(compose({ cases: [aCase({ promises })], confirmation })).toMatchObject({
      lastPromise,
      confirms: { result: 'promise', on: '2026-02-09', promisedOn: '2026-02-20', amountMinor: 70_000, category: null },
    });
  });

  it('print the country of the debtor only on a letter that goes abroad', () => {
    const lines = (country: string) => {
      const address = { line1: '1 Place Royale', postalCode: '1000', city: 'X', country };
      return compose({ customer: aReachableCustomer({ address }) }).customer.address?.lines;
    };
    expect(lines('FR')).toEqual(['Boulangerie Martin SARL', '1 Place Royale', '1000 X']);
    expect(lines('BE')?.at(-1)).toBe('BELGIQUE');
  });
});

describe('what is contested', () => {
  const statedOf = (disputes: Parameters<typeof aDispute>[0][], paidMinor = 0) => {
    const [{ outstandingMinor, disputedMinor }] = compose({
      cases: [aCase({ disputes: disputes.map(aDispute), paidMinor })],
    }).invoices;
    return [outstandingMinor, disputedMinor];
  };

  it('is stated beside what is asked for, as long as it is open', () => {
    expect(statedOf([{ amountMinor: 30_000 }], 50_000)).toEqual([40_000, 30_000]);
    expect(statedOf([{ amountMinor: 30_000 }, { amountMinor: 20_000 }])).toEqual([70_000, 50_000]);
    expect(statedOf([{ amountMinor: 30_000, state: 'rejected' }])).toEqual([120_000, 0]);
  });

  it('is stated as owed when it is all there is: only its confirmation says so', () => {
    expect(statedOf([{}])).toEqual([120_000, 0]);
    expect(statedOf([{ amountMinor: 30_000 }], 90_000)).toEqual([30_000, 0]);
  });
});
