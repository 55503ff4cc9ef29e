import { describe, expect, it } from 'vitest';
import { parseTaskOutcome } from '../../lib/contracts/task-outcome-body.ts';

const EUR_700 = { amount: '700.00', currency: 'EUR' };

describe('the outcome of a task', () => {
  it.each([
    { result: 'promise', promisedOn: '2026-11-20' },
    { result: 'promise', promisedOn: '2026-11-20', method: 'transfer', contact: 'Anne Martin', note: 'two\nlines' },
    { result: 'paid-claimed' },
    { result: 'paid-claimed', paidOn: '2026-11-02', bankReference: 'VIR 123', note: '' },
    { result: 'dispute', category: 'price' },
    { result: 'dispute', category: 'other', reviewOn: '2026-12-01', ownerEmail: 'anne@seller.example' },
    { result: 'administrative-block', reason: 'missing-purchase-order' },
    { result: 'cash-difficulty' },
    { result: 'cash-difficulty', proposal: 'half now,\nhalf in January' },
    { result: 'refusal', note: 'said no' },
    { result: 'no-contact' },
    { result: 'no-contact', reason: 'voicemail' },
    { result: 'wrong-contact' },
    { result: 'insolvency', openedOn: '2026-11-01' },
    { result: 'posted', postedOn: '2026-11-24', trackingNumber: '1A 234 567 8901 2' },
    { result: 'received', receivedOn: '2026-11-27' },
    { result: 'approved', note: 'yes' },
    { result: 'refused' },
    { result: 'done' },
  ])('may be %j', (body) => {
    expect(parseTaskOutcome(body)).toEqual({ ok: true, outcome: body });
  });

  it.each([
    { result: 'promise', promisedOn: '2026-11-20' },
    { result: 'dispute', category: 'quantity' },
  ])('has the amount of %j in minor units', (body) => {
    expect(parseTaskOutcome({ ...body, amount: EUR_700 })).toEqual({
      ok: true,
      outcome: { ...body, amount: { amountMinor: 70_000, currency: 'EUR' } },
    });
  });

  it.each([
    ['no object', 7, ['']],
    ['no result', {}, ['/result']],
    ['an unknown result', { result: 'paid', note: 7 }, ['/result']],
    ['a promise without a date', { result: 'promise' }, ['/promisedOn']],
    ['a promise for a day that does not exist', { result: 'promise', promisedOn: '2026-02-30' }, ['/promisedOn']],
    [
      'a promise of a wrong amount, by somebody unnamed',
      { result: 'promise', amount: { amount: '700', currency: 'EUR' }, contact: ' ' },
      ['/promisedOn', '/contact', '/amount/amount'],
    ],
    [
      'a promise of nothing',
      { result: 'promise', promisedOn: '2026-11-20', amount: { ...EUR_700, amount: '0.00' } },
      ['/amount/amount'],
    ],
    ['a dispute without a category', { result: 'dispute', amount: EUR_700 }, ['/category']],
    [
      'a dispute of no known category',
      { result: 'dispute', category: 'mood', ownerEmail: 'x' },
      ['/category', '/ownerEmail'],
    ],
    ['an administrative block without a reason', { result: 'administrative-block' }, ['/reason']],
    ['a call nobody answered for no known reason', { result: 'no-contact', reason: 'asleep' }, ['/reason']],
    ['a letter posted on no day', { result: 'posted', trackingNumber: '' }, ['/postedOn', '/trackingNumber']],
    ['a letter received on no day', { result: 'received' }, ['/receivedOn']],
    ['an amount where there is none', { result: 'refusal', amount: EUR_700 }, ['/amount']],
    ['a field of another result', { result: 'done', postedOn: '2026-11-24' }, ['/postedOn']],
    ['a note of 1001 characters', { result: 'done', note: 'x'.repeat(1001) }, ['/note']],
  ])('must not be %s', (_, body, pointers) => {
    const parsed = parseTaskOutcome(body);
    expect(parsed.ok ? [] : parsed.errors.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it('names the results there are when it is none of them', () => {
    expect(parseTaskOutcome({ result: 'paid' })).toMatchObject({
      errors: [{ detail: expect.stringMatching(/^must be one of promise, paid-claimed, .*, refused, done$/) }],
    });
  });
});
