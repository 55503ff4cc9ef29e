import { describe, expect, it } from 'vitest';
import { DunningCaseSchema } from '../../lib/domain/dunning-case.ts';
import { endingOf, openPromise, type PromiseToPay, promisedShares, withEnding } from '../../lib/domain/promise.ts';
import { aCase } from '../support/case-builders.ts';

const aPromise = (fields: Partial<PromiseToPay> = {}): PromiseToPay => ({
  ...{ promiseId: '1', promisedOn: '2026-02-18', amountMinor: 70_000, paidBeforeMinor: 10_000, state: 'open' },
  at: '2026-02-05T11:00:00Z',
  ...fields,
});

describe('a promise about an invoice that is still owed', () => {
  it.each([
    ['nothing came', 70_000, 10_000, 'broken'],
    ['a cent came', 70_000, 10_001, 'partly-kept'],
    ['all but a cent came', 70_000, 79_999, 'partly-kept'],
    ['what was promised came', 70_000, 80_000, 'kept'],
    ['more came', 70_000, 90_000, 'kept'],
    ['all was promised, and nothing came', null, 10_000, 'broken'],
    ['all was promised, and not all came', null, 90_000, 'partly-kept'],
  ] as const)('when %s', (_, amountMinor, paidMinor, ending) => {
    expect(endingOf(aPromise({ amountMinor }), paidMinor)).toBe(ending);
  });

  it('ends alone: those before it stay as they ended', () => {
    const promises = [aPromise({ state: 'broken' }), aPromise({ promiseId: '2' })];
    expect(openPromise(promises)?.promiseId).toBe('2');
    const ended = withEnding(promises, 'kept');
    expect(ended.map(({ state }) => state)).toEqual(['broken', 'kept']);
    expect(openPromise(ended)).toBeNull();
  });
});

it('was made in no case of before there were promises', () => {
  const { promises: _, ...before } = aCase();
  expect(DunningCaseSchema.parse(before).promises).toEqual([]);
});

describe('an amount promised for several invoices', () => {
  const items = [30_000, 50_000, 20_000].map((outstandingMinor) => ({ outstandingMinor }));

  it.each([
    ['fills the first', 20_000, [20_000]],
    ['goes on to the next', 30_001, [30_000, 1]],
    ['covers them all', 100_000, [30_000, 50_000, 20_000]],
    ['is all of everything when none is named', null, [null, null, null]],
  ])('%s', (_, amountMinor, shares) => {
    expect(promisedShares(items, amountMinor).map((share) => share.amountMinor)).toEqual(shares);
  });
});
