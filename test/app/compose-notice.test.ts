import { describe, expect, it } from 'vitest';
import { composeNotice } from '../../lib/app/compose-notice.ts';
import { HOLIDAYS } from '../../lib/generated/holidays.ts';
import { aCustomer, anInvoice } from '../support/builders.ts';
import { aCase, standardPolicy } from '../support/case-builders.ts';

const creditor = { name: 'V', phone: '', iban: '', bic: '', replyToAddress: '', legalNotice: '', privacyUrl: null };

function compose(changes: Partial<Parameters<typeof composeNotice>[0]> = {}) {
  const contact = { role: 'accounts-payable', name: 'Anne Martin', email: 'a@martin.example' } as const;
  return composeNotice({
    file: { dunningCase: aCase(), claims: [] },
    customer: aCustomer(),
    step: standardPolicy.steps.find(({ stepId }) => stepId === 'A3')!,
    recipient: { contact, address: contact.email },
    creditor,
    creditorTimeZone: 'Europe/Paris',
    holidays: HOLIDAYS,
    at: '2026-02-09T07:30:00Z',
    ...changes,
  });
}

describe('the facts of a notice', () => {
  it('are those of the day it is written: lateness, what is owed, and by when to answer', () => {
    const dunningCase = aCase({ paidMinor: 50_000 });
    // Due on 30 January; 9 February + 8 days is Tuesday the 17th.
    expect(compose({ file: { dunningCase, claims: [] } })).toMatchObject({
      today: '2026-02-09',
      daysLate: 10,
      respondBy: '2026-02-17',
      contactName: 'Anne Martin',
      invoice: { outstandingMinor: 70_000, paidMinor: 50_000, totalMinor: 120_000, exponent: 2 },
    });
  });

  it('ask for an answer by an open day of the debtor', () => {
    // 10 April 2026 + 8 days is a Saturday.
    expect(compose({ at: '2026-04-10T07:30:00Z' }).respondBy).toBe('2026-04-20');
  });

  it('know no lateness before the due date', () => {
    expect(compose({ at: '2026-01-20T07:30:00Z' }).daysLate).toBe(0);
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
    const dunningCase = aCase({ invoice: anInvoice({ currency: 'XXX' }) });
    expect(() => compose({ file: { dunningCase, claims: [] } })).toThrow('unknown currency XXX');
  });
});
