import { describe, expect, it } from 'vitest';
import { leftOutAdvice, messageCharges, statementOf } from '../../lib/app/charges.ts';
import { newCustomerRecord } from '../../lib/domain/case-file.ts';
import type { Customer } from '../../lib/domain/customer.ts';
import type { DunningCase } from '../../lib/domain/dunning-case.ts';
import type { Invoice } from '../../lib/domain/invoice.ts';
import type { Payment } from '../../lib/domain/payment.ts';
import type { StepClaim } from '../../lib/domain/step-claim.ts';
import { RATES } from '../../lib/generated/rates.ts';
import { aCustomer, anInvoice } from '../support/builders.ts';
import { aCase, aClaim, aDispute, standardPolicy } from '../support/case-builders.ts';
import { aPayment } from '../support/ledger-writes.ts';

interface Parts {
  readonly invoice?: Partial<Invoice>;
  readonly dunningCase?: Partial<DunningCase>;
  readonly customer?: Partial<Customer>;
  readonly payments?: readonly Payment[];
  readonly claims?: readonly StepClaim[];
  readonly creditorCountry?: string;
}

const chargedCase = ({ invoice, dunningCase, customer, payments = [], claims = [] }: Parts) => ({
  file: { dunningCase: aCase({ invoice: anInvoice(invoice), ...dunningCase }), claims, payments },
  record: newCustomerRecord(aCustomer(customer)),
  policy: standardPolicy,
});

/** The statement of 1 200.00 € due on 30 January 2026 between a French creditor and a French business, unless said otherwise. */
function statement(until: string, parts: Parts = {}) {
  return statementOf({ rates: RATES, creditorCountry: parts.creditorCountry ?? 'FR' }, chargedCase(parts), until);
}

const CONSUMER = { customer: { kind: 'consumer' } } as const;
const received = (receivedOn: string) => aClaim({ stepId: 'C2', at: '2026-03-20T09:00:00Z', receivedOn });

describe('the charges of a case', () => {
  it('run from the day after the due date at the rate of the half-year', () => {
    // 31 January to 24 February are 25 days: 120 000 × 12.15 % × 25 / 365 = 998.63.
    const lines = [{ from: '2026-01-31', to: '2026-02-24', days: 25, baseMinor: 120_000, annualRateBps: 1_215 }];
    expect(statement('2026-02-24')).toEqual({
      lines: [{ ...lines[0], amountMinor: 999 }],
      ...{ totalMinor: 999, compensationMinor: 4_000, complete: true, missingFrom: null },
    });
  });

  it('are nothing on the due date, and the compensation on the day after it', () => {
    expect(statement('2026-01-30')).toMatchObject({ totalMinor: 0, compensationMinor: 0 });
    // 120 000 × 12.15 % / 365 = 39.95.
    expect(statement('2026-01-31')).toMatchObject({ totalMinor: 40, compensationMinor: 4_000 });
  });

  it('are on what is left from the day after each value date, and split where the half-year changes', () => {
    const payments = [
      aPayment({ transactionId: 'BK-2', amountMinor: 30_000, valueOn: '2026-07-10' }),
      aPayment({ transactionId: 'BK-1', amountMinor: 50_000, valueOn: '2026-02-02' }),
    ];
    const { lines, totalMinor } = statement('2026-07-14', { payments, dunningCase: { paidMinor: 80_000 } });
    const told = lines.map(({ from, to, days, baseMinor, annualRateBps, amountMinor }) =>
      [from, to, days, baseMinor, annualRateBps, amountMinor].join(' '),
    );
    expect(told).toEqual([
      // 120 000 × 1 215 × 3 / 3 650 000 = 119.84
      '2026-01-31 2026-02-02 3 120000 1215 120',
      // 70 000 × 1 215 × 148 / 3 650 000 = 3 448.60
      '2026-02-03 2026-06-30 148 70000 1215 3449',
      // 70 000 × 1 240 × 10 / 3 650 000 = 237.81
      '2026-07-01 2026-07-10 10 70000 1240 238',
      // 40 000 × 1 240 × 4 / 3 650 000 = 54.36
      '2026-07-11 2026-07-14 4 40000 1240 54',
    ]);
    expect(totalMinor).toBe(3_861);
  });

  it('are on what was never credited, from the first day', () => {
    // 90 000 × 1 215 × 25 / 3 650 000 = 748.97
    const credited = { dunningCase: { creditedMinor: 20_000, writtenOffMinor: 10_000 } };
    expect(statement('2026-02-24', credited)).toMatchObject({ totalMinor: 749, compensationMinor: 4_000 });
  });

  it('follow the clause of the contract, and the floor of the law when the clause is below it', () => {
    const rateOf = (latePaymentRateBps: number) =>
      statement('2026-02-24', { invoice: { latePaymentRateBps } }).lines[0]?.annualRateBps;
    expect(rateOf(1_500)).toBe(1_500);
    // Three times the legal rate of 2.62 %.
    expect(rateOf(500)).toBe(786);
  });

  it('follow the law of the creditor towards a business, and that at home towards a public body', () => {
    const ofBusiness = (creditorCountry: string) => statement('2026-02-24', { creditorCountry });
    expect(ofBusiness('DE').lines[0]?.annualRateBps).toBe(1_027);
    expect(ofBusiness('CH')).toMatchObject({ totalMinor: 0, compensationMinor: 0, complete: true });
    const town = statement('2026-02-24', { creditorCountry: 'DE', customer: { kind: 'public' } });
    expect(town.lines[0]?.annualRateBps).toBe(1_015);
  });

  it('of a French consumer are the legal rate from the receipt of a formal notice, and no compensation', () => {
    expect(statement('2026-04-30', CONSUMER)).toMatchObject({ totalMinor: 0, compensationMinor: 0 });
    const posted = { ...CONSUMER, claims: [aClaim({ stepId: 'C2', at: '2026-03-20T09:00:00Z' })] };
    expect(statement('2026-04-30', posted)).toMatchObject({ totalMinor: 0 });
    // A letter that is no formal notice starts nothing.
    const ordinary = { ...CONSUMER, claims: [{ ...received('2026-02-26'), stepId: 'B1' }] };
    expect(statement('2026-04-30', ordinary)).toMatchObject({ totalMinor: 0 });
    // 26 March to 30 April are 36 days: 120 000 × 2.62 % × 36 / 365 = 310.09.
    expect(statement('2026-04-30', { ...CONSUMER, claims: [received('2026-03-25')] })).toMatchObject({
      lines: [{ from: '2026-03-26', days: 36, annualRateBps: 262 }],
      ...{ totalMinor: 310, compensationMinor: 0 },
    });
  });

  it('are not known beyond the table', () => {
    const late = statement('2027-01-15', { invoice: { dueOn: '2026-12-05' } });
    expect(late).toMatchObject({ complete: false, missingFrom: '2027-01-01', compensationMinor: 4_000 });
  });
});

describe('what a message claims', () => {
  const stepNamed = (stepId: string) => standardPolicy.steps.find((step) => step.stepId === stepId)!;

  /** The charges of a message at this step for several cases of one debtor, by invoice. */
  function claimedAt(stepId: string, on: string, cases: readonly Parts[] = [{}]) {
    const members = cases.map((parts) => ({ ...chargedCase(parts), step: stepNamed(stepId) }));
    const [lead, ...others] = members;
    const message = { lead: lead!, members: [lead!, ...others] as const, mentioned: [], record: lead!.record };
    return messageCharges({ rates: RATES, creditorCountry: 'FR' }, message, on);
  }

  it('are nothing on what is contested, and the compensation once', () => {
    // 90 000 × 12.15 % × 25 / 365 = 748.97.
    const disputes = [aDispute({ amountMinor: 30_000 })];
    const claimed = claimedAt('B1', '2026-02-24', [{ dunningCase: { disputes } }]);
    expect(claimed.get('INV-2026-0042')?.charges).toMatchObject({
      ...{ interestMinor: 749, compensationMinor: 4_000, lines: [{ baseMinor: 90_000 }] },
    });
  });

  it('are the charges of every late invoice, at the steps that carry penalties out', () => {
    const cases = [
      {},
      { invoice: { invoiceId: 'I-2', dueOn: '2026-02-20' } },
      { invoice: { invoiceId: 'I-3', dueOn: '2026-02-24' } },
    ];
    const claimed = claimedAt('B1', '2026-02-24', cases);
    const told = [...claimed].map(([id, { charges }]) => [id, charges?.interestMinor, charges?.compensationMinor]);
    expect(told).toEqual([
      ['INV-2026-0042', 999, 4_000],
      // 120 000 × 12.15 % × 4 / 365 = 159.78
      ['I-2', 160, 4_000],
      ['I-3', undefined, undefined],
    ]);
    expect(claimed.get('INV-2026-0042')?.charges?.lines).toEqual([
      {
        from: '2026-01-31',
        to: '2026-02-24',
        days: 25,
        baseMinor: 120_000,
        annualRatePercent: '12.15',
        amountMinor: 999,
      },
    ]);
    expect(leftOutAdvice(claimed)).toBeNull();
  });

  it.each(['A1', 'A4', 'B2'])('are none at %s', (stepId) => {
    expect(claimedAt(stepId, '2026-02-24').size).toBe(0);
  });

  it('are none of a consumer, whatever the policy says', () => {
    const cases = [{ ...CONSUMER, claims: [received('2026-02-01')] }];
    expect(claimedAt('B1', '2026-02-24', cases).size).toBe(0);
  });

  it('leave out the invoice of which a rate is not known, and say from when', () => {
    const claimed = claimedAt('B1', '2027-01-15', [{ invoice: { dueOn: '2026-12-05' } }]);
    expect(claimed.get('INV-2026-0042')).toEqual({ charges: null, missingFrom: '2027-01-01' });
    expect(leftOutAdvice(claimed)).toBe('It claims no late-payment charges: no rate is known from 2027-01-01 on.');
  });
});
