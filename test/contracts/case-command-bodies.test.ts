import { describe, expect, it } from 'vitest';
import { parseBlock } from '../../lib/contracts/block-body.ts';
import { parseCreditNote } from '../../lib/contracts/credit-note-body.ts';
import { parseDispute } from '../../lib/contracts/dispute-body.ts';
import { parseDisputeResolution } from '../../lib/contracts/dispute-resolution-body.ts';
import { parseDueDate } from '../../lib/contracts/due-date-body.ts';
import { parseHandOver } from '../../lib/contracts/hand-over-body.ts';
import { parsePromise } from '../../lib/contracts/promise-body.ts';
import { parseReasonBody } from '../../lib/contracts/reason-body.ts';
import { parseSeenPayment } from '../../lib/contracts/seen-payment-body.ts';

const EUROS = { amount: '100.00', currency: 'EUR' };
const CREDIT_NOTE = { creditNoteId: 'CN-1', amount: EUROS, reason: 'goods sent back' };
const DUE_DATE = { dueOn: '2026-11-30', reason: 'delivered late' };
const PAYMENT = { transactionId: 'CHQ-1', amount: EUROS, receivedOn: '2026-11-02', method: 'cheque' };
const PROMISE = { promisedOn: '2026-11-20', amount: EUROS, contact: 'Anne Martin', note: 'by transfer\nafter lunch' };
const DISPUTE = { category: 'price', amount: EUROS, ownerEmail: 'paul@vendeur.example', reviewOn: '2026-11-20' };
const HAND_OVER = { to: 'Cabinet Exemple', reason: 'no answer to the formal notice' };

const pointersOf = (parsed: { ok: boolean; errors?: readonly { pointer: string }[] }) =>
  parsed.ok ? [] : parsed.errors?.map(({ pointer }) => pointer);

describe('the body of a command to a case', () => {
  it('becomes minor units where it is about money', () => {
    const amount = { amountMinor: 10_000, currency: 'EUR' };
    expect(parseCreditNote(CREDIT_NOTE)).toEqual({ ok: true, value: { ...CREDIT_NOTE, amount } });
    expect(parsePromise(PROMISE)).toEqual({ ok: true, value: { ...PROMISE, amount } });
    expect(parseSeenPayment(PAYMENT)).toEqual({ ok: true, value: { ...PAYMENT, amount } });
    expect(parseDispute(DISPUTE)).toEqual({ ok: true, value: { ...DISPUTE, amount } });
    expect(parseDisputeResolution({ outcome: 'upheld', credited: EUROS })).toEqual({
      ok: true,
      value: { outcome: 'upheld', credited: amount },
    });
  });

  it('may credit nothing for a dispute', () => {
    const credited = { amountMinor: 0, currency: 'EUR' };
    const body = { outcome: 'settled', credited: { ...EUROS, amount: '0.00' } };
    expect(parseDisputeResolution(body)).toEqual({ ok: true, value: { outcome: 'settled', credited } });
    expect(parseDisputeResolution({ outcome: 'rejected' })).toEqual({ ok: true, value: { outcome: 'rejected' } });
  });

  it('is taken as it is where it is not', () => {
    expect(parseDueDate(DUE_DATE)).toEqual({ ok: true, value: DUE_DATE });
    expect(parseHandOver(HAND_OVER)).toEqual({ ok: true, value: HAND_OVER });
    expect(parseReasonBody({ reason: 'insolvent' })).toEqual({ ok: true, value: { reason: 'insolvent' } });
  });

  it('promises all that is owed when it names no amount', () => {
    const value = { promisedOn: '2026-11-20' };
    expect(parsePromise(value)).toEqual({ ok: true, value });
  });

  it('blocks until somebody lifts it when it says no last day', () => {
    expect(parseBlock({ reason: 'audit' })).toEqual({ ok: true, value: { reason: 'audit', until: null } });
    expect(parseBlock({ reason: 'audit', until: '2026-12-31' })).toEqual({
      ok: true,
      value: { reason: 'audit', until: '2026-12-31' },
    });
  });

  it('says why nothing may be sent where that is no decision of theirs', () => {
    const debit = { reason: 'SEPA', cause: 'direct-debit', until: '2026-12-31' };
    expect(parseBlock(debit)).toEqual({ ok: true, value: debit });
    const proceedings = { reason: 'BODACC', cause: 'insolvency', openedOn: '2026-10-01' };
    expect(parseBlock(proceedings)).toEqual({ ok: true, value: { ...proceedings, until: null } });
  });

  it.each([
    ['of a direct debit without its day', { cause: 'direct-debit' }, ['/until']],
    ['of proceedings with an end', { cause: 'insolvency', until: '2026-12-31' }, ['/until']],
    ['with an opening of nothing', { openedOn: '2026-10-01' }, ['/openedOn']],
    ['of no known cause', { cause: 'holidays' }, ['/cause']],
    ['of a direct debit that was opened', { cause: 'direct-debit', openedOn: '2026-10-01' }, ['/until', '/openedOn']],
  ] as const)('is refused %s', (_, fields, pointers) => {
    expect(pointersOf(parseBlock({ reason: 'audit', ...fields }))).toEqual(pointers);
  });

  it.each([
    ['a credit note', parseCreditNote, ['/creditNoteId', '/amount', '/reason']],
    ['a due date', parseDueDate, ['/dueOn', '/reason']],
    ['a cancellation or a write-off', parseReasonBody, ['/reason']],
    ['a payment', parseSeenPayment, ['/transactionId', '/amount', '/receivedOn', '/method']],
    ['a promise', parsePromise, ['/promisedOn']],
    ['a dispute', parseDispute, ['/category']],
    ['the end of a dispute', parseDisputeResolution, ['/outcome']],
    ['a block', parseBlock, ['/reason']],
    ['a hand-over', parseHandOver, ['/to', '/reason']],
  ] as const)('of %s names what it lacks and what it must not hold, all at once', (_, parse, required) => {
    expect(pointersOf(parse({ colour: 'red' }))).toEqual([...required, '/colour']);
  });

  it.each([
    ['an id with a slash', parseCreditNote, { ...CREDIT_NOTE, creditNoteId: 'CN/1' }, '/creditNoteId'],
    ['nothing credited', parseCreditNote, { ...CREDIT_NOTE, amount: { ...EUROS, amount: '0.00' } }, '/amount/amount'],
    ['a third decimal', parseSeenPayment, { ...PAYMENT, amount: { ...EUROS, amount: '1.000' } }, '/amount/amount'],
    ['a method nobody pays by', parseSeenPayment, { ...PAYMENT, method: 'barter' }, '/method'],
    ['a day that does not exist', parseSeenPayment, { ...PAYMENT, receivedOn: '2026-02-30' }, '/receivedOn'],
    ['a due date in the year 20226', parseDueDate, { ...DUE_DATE, dueOn: '20226-11-30' }, '/dueOn'],
    ['a blank reason', parseReasonBody, { reason: ' ' }, '/reason'],
    ['a reason of two lines', parseReasonBody, { reason: 'a\nb' }, '/reason'],
    ['a reason of 501 characters', parseReasonBody, { reason: 'a'.repeat(501) }, '/reason'],
    ['a promise of nothing', parsePromise, { ...PROMISE, amount: { ...EUROS, amount: '0.00' } }, '/amount/amount'],
    ['a dispute of nothing', parseDispute, { ...DISPUTE, amount: { ...EUROS, amount: '0.00' } }, '/amount/amount'],
    ['a dispute about the weather', parseDispute, { ...DISPUTE, category: 'weather' }, '/category'],
    ['a dispute of nobody', parseDispute, { ...DISPUTE, ownerEmail: 'paul' }, '/ownerEmail'],
    ['a dispute that is open', parseDisputeResolution, { outcome: 'open' }, '/outcome'],
    [
      'less than nothing credited',
      parseDisputeResolution,
      { outcome: 'settled', credited: { ...EUROS, amount: '-1.00' } },
      '/credited/amount',
    ],
    ['a block until soon', parseBlock, { reason: 'audit', until: 'soon' }, '/until'],
    ['a hand-over to nobody', parseHandOver, { ...HAND_OVER, to: '' }, '/to'],
  ] as const)('refuses %s', (_, parse, body, pointer) => {
    expect(new Set(pointersOf(parse(body)))).toEqual(new Set([pointer]));
  });
});
