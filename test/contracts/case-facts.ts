import type { CaseFacts } from '../../lib/contracts/case-view.ts';
import { newCase } from '../../lib/domain/new-case.ts';

/** What is known of a case at level 1 with 500.00 of 1 200.00 EUR paid; amounts in minor units. */
export function caseFacts(figures: { totalMinor?: number; paidMinor?: number; currency?: string } = {}): CaseFacts {
  const { totalMinor = 120_000, paidMinor = 50_000, currency = 'EUR' } = figures;
  return {
    dunningCase: {
      ...newCase({
        invoice: {
          ...{ invoiceId: 'INV-2026-0042', number: '2026-0042', issuedOn: '2026-10-01', dueOn: '2026-10-31' },
          ...{ totalMinor, currency, customerId: 'C-100' },
        },
        ...{ policy: { name: 'standard', version: 3 }, isFirstInvoice: true, openTaskIds: [], bodyHash: 'ab' },
        ...{ registeredAt: '2026-10-01T09:00:00.000Z', historySeq: 9, historyHash: 'cd' },
      }),
      ...{ paidMinor, version: 7, planRevision: 2 },
    },
    level: 'level1',
    hold: null,
    profile: 'negligent',
    profileReasons: ['12 days late on average'],
    charges: { interestMinor: 0, compensationMinor: 0, lines: [], missingFrom: null },
    today: '2026-11-05',
    nextStep: { stepId: 'A3', level: 'level1', channel: 'email', at: '2026-11-10T08:41:00Z', why: 'no answer to A1' },
    execution: { arn: 'arn:aws:states:eu-west-3:123456789012:execution:Dunning:INV-2026-0042_1_1', status: 'RUNNING' },
  };
}
