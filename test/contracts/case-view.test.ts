import { describe, expect, it } from 'vitest';
import { caseView } from '../../lib/contracts/case-view.ts';
import { aDispute } from '../support/case-builders.ts';
import { caseFacts } from './case-facts.ts';

describe('the view of a case', () => {
  it('is the shape of the contract', () => {
    expect(caseView(caseFacts())).toEqual({
      invoiceId: 'INV-2026-0042',
      number: '2026-0042',
      customerId: 'C-100',
      dueOn: '2026-10-31',
      standing: 'open',
      level: 'level1',
      cycle: 1,
      version: 7,
      policy: { name: 'standard', version: 3 },
      profile: 'negligent',
      profileReasons: ['12 days late on average'],
      balance: {
        currency: 'EUR',
        billed: '1200.00',
        paid: '500.00',
        credited: '0.00',
        writtenOff: '0.00',
        principalDue: '700.00',
        interest: '0.00',
        interestMissingFrom: null,
        compensation: '0.00',
        interestPaid: '0.00',
        compensationPaid: '0.00',
        totalDue: '700.00',
      },
      interestLines: [],
      nextStep: { stepId: 'A3', level: 'level1', channel: 'email', at: '2026-11-10T08:41:00Z', why: 'no answer to A1' },
      promises: [],
      disputes: [],
      instalmentPlan: null,
      block: null,
      hold: null,
      execution: {
        arn: 'arn:aws:states:eu-west-3:123456789012:execution:Dunning:INV-2026-0042_1_1',
        status: 'RUNNING',
      },
    });
  });

  it('shows what was promised, oldest first, and no amount where all was', () => {
    const facts = caseFacts();
    const promise = { promiseId: '1', promisedOn: '2026-11-20', paidBeforeMinor: 0, at: '2026-11-09T08:00:00Z' };
    const promises = [
      { ...promise, amountMinor: 70_000, state: 'broken' as const },
      { ...promise, promiseId: '2', promisedOn: '2026-12-04', amountMinor: null, state: 'open' as const },
    ];
    const { promises: shown } = caseView({ ...facts, dunningCase: { ...facts.dunningCase, promises } });
    const amount = { amount: '700.00', currency: 'EUR' };
    expect(shown).toEqual([
      { promiseId: '1', promisedOn: '2026-11-20', amount, state: 'broken', at: promise.at },
      { promiseId: '2', promisedOn: '2026-12-04', amount: null, state: 'open', at: promise.at },
    ]);
  });

  it('shows what is contested, oldest first, and no amount where all is', () => {
    const facts = caseFacts();
    const disputes = [
      aDispute({ amountMinor: 30_000, state: 'upheld', resolvedOn: '2026-02-20', creditedMinor: 20_000 }),
      aDispute({ disputeId: '2', category: 'price', wasAskedBefore: true, ownerEmail: 'paul@vendeur.example' }),
    ];
    const { disputes: shown } = caseView({ ...facts, dunningCase: { ...facts.dunningCase, disputes } });
    const euros = (amount: string) => ({ amount, currency: 'EUR' });
    expect(shown).toEqual([
      {
        ...{
          disputeId: '1',
          category: 'quality',
          amount: euros('300.00'),
          openedOn: '2026-02-04',
          wasAskedBefore: false,
        },
        ...{
          ownerEmail: null,
          reviewOn: '2026-02-18',
          state: 'upheld',
          resolvedOn: '2026-02-20',
          credited: euros('200.00'),
        },
      },
      {
        ...{ disputeId: '2', category: 'price', amount: null, openedOn: '2026-02-04', wasAskedBefore: true },
        ...{
          ownerEmail: 'paul@vendeur.example',
          reviewOn: '2026-02-18',
          state: 'open',
          resolvedOn: null,
          credited: null,
        },
      },
    ]);
  });

  it('splits what is due into principal, interest by its lines, and compensation', () => {
    const line = { from: '2026-11-01', to: '2026-11-12', days: 12, baseMinor: 120_000, annualRatePercent: '12.40' };
    const charges = { interestMinor: 489, compensationMinor: 4_000, lines: [{ ...line, amountMinor: 489 }] };
    expect(caseView({ ...caseFacts(), charges: { ...charges, missingFrom: null } })).toMatchObject({
      balance: { principalDue: '700.00', interest: '4.89', compensation: '40.00', totalDue: '744.89' },
      interestLines: [
        {
          ...{ from: '2026-11-01', to: '2026-11-12', days: 12 },
          ...{ base: '1200.00', annualRatePercent: '12.40', amount: '4.89' },
        },
      ],
    });
  });

  it('says from when the interest is not known', () => {
    const charges = { interestMinor: 0, compensationMinor: 4_000, lines: [], missingFrom: '2027-01-01' };
    expect(caseView({ ...caseFacts(), charges }).balance).toMatchObject({
      ...{ interest: '0.00', interestMissingFrom: '2027-01-01', compensation: '40.00', totalDue: '740.00' },
    });
  });

  it.each([
    ['JPY', '1200', '500', '0'],
    ['TND', '1.200', '0.500', '0.000'],
  ])('writes amounts of %s with its own decimals', (currency, billed, paid, interest) => {
    const facts = caseFacts({ totalMinor: 1200, paidMinor: 500, currency });
    expect(caseView(facts).balance).toMatchObject({ currency, billed, paid, interest });
  });

  it('says why the notices wait, without the amount of a promise', () => {
    const facts = caseFacts();
    const hold = { reason: 'promise', since: '2026-11-12', until: '2026-11-20', amountMinor: 70_000 } as const;
    expect(caseView({ ...facts, hold })).toMatchObject({
      hold: { reason: 'promise', since: '2026-11-12', until: '2026-11-20' },
    });
  });

  it('says that a person had everything wait, until when, and whether a direct debit is in flight', () => {
    const facts = caseFacts();
    const block = { reason: 'audit', since: '2026-11-12', until: null };
    const dunningCase = { ...facts.dunningCase, block: { ...block, actor: 'anne' } };
    expect(caseView({ ...facts, dunningCase }).block).toEqual({ ...block, cause: null, collectedOn: null });
    const debit = { ...block, until: '2026-11-18', cause: 'direct-debit', collectedOn: '2026-11-16' } as const;
    const drawn = { ...facts.dunningCase, block: { ...debit, actor: 'anne' } };
    expect(caseView({ ...facts, dunningCase: drawn }).block).toEqual(debit);
  });

  it('of a settled case has no next step, and may have no execution yet', () => {
    expect(caseView({ ...caseFacts(), nextStep: null, execution: null, profile: null })).toMatchObject({
      nextStep: null,
      execution: null,
      profile: null,
    });
  });
});
