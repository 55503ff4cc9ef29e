import { describe, expect, it } from 'vitest';
import { registerInvoice } from '../../lib/app/register-invoice.ts';
import { replaceCustomer } from '../../lib/app/replace-customer.ts';
import { anInvoice, aReachableCustomer, aRegistration } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';
import { FlakyLedger } from '../support/flaky-ledger.ts';

const A = 'INV-2026-0042';
const B = 'INV-B';
const AT = '2026-01-10T09:00:00Z';

const MOVED = { line1: '4 rue Neuve', postalCode: '35000', city: 'Rennes', country: 'FR' };

/** How often each case was planned anew because the customer changed. */
const told = async (desk: Desk) =>
  Promise.all(
    [A, B].map(async (id) => (await desk.historyTypes(id)).filter((type) => type === 'CustomerChanged').length),
  );

const isPending = async (desk: Desk) => (await desk.ledger.loadCustomer('C-100'))?.isTellingPending === true;

const changed = aReachableCustomer({ timeZone: 'America/Martinique' });

describe('telling the open cases of a customer that changed', () => {
  const deskWith = async () => {
    const ledger = new FlakyLedger();
    const desk = new Desk(ledger);
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B);
    return { desk, ledger };
  };

  it('leaves no mark once all were told', async () => {
    const { desk } = await deskWith();
    await replaceCustomer(desk.planning, { customer: changed, at: AT });
    expect([await told(desk), await isPending(desk)]).toEqual([[1, 1], false]);
  });

  it.each([
    { write: 1, when: 'after' } as const,
    { write: 2, when: 'before' } as const,
    { write: 3, when: 'before' } as const,
    { write: 4, when: 'before' } as const,
  ])('is done by the same request again when it dies $when write $write', async (crash) => {
    const { desk, ledger } = await deskWith();
    ledger.crashAt(crash);
    await expect(replaceCustomer(desk.planning, { customer: changed, at: AT })).rejects.toThrow('died');
    ledger.crashAt(null);
    expect(await isPending(desk)).toBe(true);
    await replaceCustomer(desk.planning, { customer: changed, at: AT });
    expect(await isPending(desk)).toBe(false);
    for (const times of await told(desk)) expect(times).toBeGreaterThan(0);
  });

  it('is done by the same registration again when it dies in between', async () => {
    const { desk, ledger } = await deskWith();
    const invoice = anInvoice({ invoiceId: 'INV-C', number: 'C', paymentReference: undefined });
    const registration = aRegistration({ invoice, customer: changed, at: AT });
    ledger.crashAt({ write: 2, when: 'before' });
    await expect(registerInvoice(desk.planning, registration)).rejects.toThrow('died');
    ledger.crashAt(null);
    expect(await registerInvoice(desk.planning, registration)).toBe('unchanged');
    for (const times of await told(desk)) expect(times).toBeGreaterThan(0);
    expect(await isPending(desk)).toBe(false);
    expect(await desk.historyTypes('INV-C')).toEqual(['InvoiceRegistered']);
  });
});

describe('a customer who turns out to be another payer', () => {
  it('has its other open cases planned again under the ladder of that profile, once', async () => {
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    const paid = ['INV-1', 'INV-2', 'INV-3', 'INV-4'];
    for (const invoiceId of [...paid, B]) await desk.registerSibling(invoiceId);
    desk.now = AT;
    for (const invoiceId of paid) await desk.payInvoice(invoiceId);
    const record = await desk.ledger.loadCustomer('C-100');
    expect(record?.derivedProfile?.profile).toBe('good-payer');
    expect(await told(desk)).toEqual([1, 1]);
    expect((await desk.history(B)).at(-1)).toMatchObject({ actor: 'relance', data: { changed: ['profile'] } });
    expect((await desk.plan(AT, { invoiceId: B })).step).toMatchObject({ stepId: 'A1' });
  });
});

describe('a customer that moves', () => {
  it('has letters taken back that lie ready for the old address, and written to the new one', async () => {
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B);
    await desk.runUntil(await desk.climbTo('A4'));
    const { taskId } = await desk.taskOf('letter');
    await replaceCustomer(desk.planning, { customer: aReachableCustomer({ address: MOVED }), at: desk.now });
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
    await desk.runUntil('2026-02-20T20:00:00Z');
    expect((await desk.taskOf('letter')).invoiceIds).toHaveLength(2);
    expect(desk.assigned.at(-1)?.to.join()).toContain('4 rue Neuve');
  });

  it('keeps its letters when anything else changes', async () => {
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.runUntil(await desk.climbTo('A4'));
    const { taskId } = await desk.taskOf('letter');
    await replaceCustomer(desk.planning, { customer: changed, at: desk.now });
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'open' });
  });

  it('can be written to again after an address that was wrong', async () => {
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.runUntil(await desk.climbTo('A4'));
    await desk.report((await desk.taskOf('letter')).taskId, { result: 'wrong-contact' });
    await replaceCustomer(desk.planning, { customer: aReachableCustomer(), at: desk.now });
    expect(Object.keys((await desk.ledger.loadCustomer('C-100'))!.addressMarks)).toHaveLength(1);
    await replaceCustomer(desk.planning, { customer: aReachableCustomer({ address: MOVED }), at: desk.now });
    expect((await desk.ledger.loadCustomer('C-100'))?.addressMarks).toEqual({});
    await desk.runUntil('2026-02-20T20:00:00Z');
    expect(desk.assigned.at(-1)).toMatchObject({ stepId: 'A4' });
  });
});

describe('a customer whose kind changes', () => {
  const policyOf = async (desk: Desk) => (await desk.ledger.loadCaseFile(A))?.dunningCase.policy;

  it('has its open cases go on under the policy of the new kind', async () => {
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await replaceCustomer(desk.planning, { customer: aReachableCustomer({ kind: 'consumer' }), at: AT });
    expect(await policyOf(desk)).toEqual({ name: 'consumer', version: 1 });
    expect((await desk.history()).at(-1)).toMatchObject({
      type: 'PolicyChanged',
      data: { name: 'consumer', fromName: 'standard', from: 1, to: 1 },
    });
    expect((await desk.plan(AT)).step).not.toBeNull();
  });

  it('keeps the policy it names', async () => {
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    const customer = aReachableCustomer({ kind: 'consumer', policy: 'standard' });
    await replaceCustomer(desk.planning, { customer, at: AT });
    expect(await policyOf(desk)).toEqual({ name: 'standard', version: 1 });
  });
});
