import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contestedMinor, type Dispute, openDisputes, wholeDispute } from '../../lib/domain/dispute.ts';
import {
  DunningCaseSchema,
  disputedMinor,
  isDisputed,
  outstandingMinor,
  standingUnblocked,
  undisputedMinor,
} from '../../lib/domain/dunning-case.ts';
import { aCase, aDispute } from '../support/case-builders.ts';

describe('what is contested of an invoice that owes 1 000', () => {
  it.each<[string, Partial<Dispute>[], number]>([
    ['nothing', [], 0],
    ['a part', [{ amountMinor: 300 }], 300],
    ['two parts', [{ amountMinor: 300 }, { amountMinor: 200 }], 500],
    ['all of it', [{ amountMinor: null }], 1_000],
    ['a part, and then all of it', [{ amountMinor: 300 }, { amountMinor: null }], 1_000],
    ['a part that is more than is left', [{ amountMinor: 1_200 }], 1_000],
    ['a part, and one that was rejected', [{ amountMinor: 300 }, { amountMinor: 200, state: 'rejected' }], 300],
    ['what was settled, upheld and rejected', [{ state: 'settled' }, { state: 'upheld' }, { state: 'rejected' }], 0],
  ])('%s', (_, disputes, contested) => {
    expect(contestedMinor(disputes.map(aDispute), 1_000)).toBe(contested);
  });

  it('and what is not contested are always what is owed', () => {
    const amount = fc.integer({ min: 1, max: 200_000 });
    const dispute = fc.record({
      amountMinor: fc.option(amount),
      state: fc.constantFrom('open', 'upheld', 'rejected', 'settled'),
    }) as fc.Arbitrary<Partial<Dispute>>;
    fc.assert(
      fc.property(fc.array(dispute), fc.integer({ min: 0, max: 120_000 }), (disputes, paidMinor) => {
        const dunningCase = aCase({ disputes: disputes.map(aDispute), paidMinor });
        const owed = outstandingMinor(dunningCase);
        const [contested, free] = [disputedMinor(dunningCase), undisputedMinor(dunningCase)];
        expect(contested + free).toBe(owed);
        expect(Math.min(contested, free)).toBeGreaterThanOrEqual(0);
        expect(isDisputed(dunningCase)).toBe(owed > 0 && free === 0);
        if (openDisputes(dunningCase.disputes).length === 0) expect(contested).toBe(0);
      }),
    );
  });
});

it('is no longer whole once it is settled', () => {
  expect(wholeDispute([aDispute({})])).toMatchObject({ disputeId: '1' });
  expect(wholeDispute([aDispute({ state: 'upheld' }), aDispute({ amountMinor: 300 })])).toBeNull();
});

it('was raised in no case of before there were disputes', () => {
  const { disputes: _, ...before } = aCase();
  expect(DunningCaseSchema.parse(before).disputes).toEqual([]);
});

describe('how a case stands', () => {
  const promise = {
    ...{ promiseId: '1', promisedOn: '2026-02-18', amountMinor: null, paidBeforeMinor: 0, state: 'open' as const },
    at: '2026-02-05T11:00:00Z',
  };

  it.each<[string, Parameters<typeof aCase>[0], string]>([
    ['contested as a whole, whatever was promised', { disputes: [aDispute({})], promises: [promise] }, 'disputed'],
    ['contested in part', { disputes: [aDispute({ amountMinor: 300 })] }, 'open'],
    [
      'contested in part, the rest promised',
      { disputes: [aDispute({ amountMinor: 300 })], promises: [promise] },
      'promised',
    ],
    [
      'contested in part, the rest paid',
      { disputes: [aDispute({ amountMinor: 300 })], paidMinor: 119_700 },
      'disputed',
    ],
    ['contested no more', { disputes: [aDispute({ state: 'rejected' })] }, 'open'],
  ])('%s', (_, fields, standing) => {
    expect(standingUnblocked(aCase(fields))).toBe(standing);
  });
});
