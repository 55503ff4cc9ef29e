import { beforeEach, describe, expect, it } from 'vitest';
import { replaceCustomer } from '../../lib/app/replace-customer.ts';
import { aCustomer, anInvoice, aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';
const B = 'INV-B';
const AT = '2026-01-10T09:00:00Z';

describe('a customer that changes', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B);
  });

  const revision = async (invoiceId: string) => (await desk.ledger.loadCaseFile(invoiceId))?.dunningCase.planRevision;

  it('has every open case planned again, which says what changed and none of its contents', async () => {
    await desk.registerSibling('INV-C');
    await desk.payInvoice('INV-C');
    const settled = await revision('INV-C');
    const customer = aReachableCustomer({ timeZone: 'America/Martinique', profile: 'good-payer' });
    expect(await replaceCustomer(desk.planning, { customer, at: AT })).toBe('replaced');
    expect([await revision(A), await revision(B), await revision('INV-C')]).toEqual([2, 2, settled]);
    expect((await desk.history()).at(-1)).toMatchObject({
      ...{ type: 'CustomerChanged', actor: 'billing', data: { changed: ['profile', 'timeZone'] } },
    });
    // Nothing before the due date for a good payer.
    expect((await desk.plan(AT)).step).toMatchObject({ stepId: 'A1' });
  });

  it('wakes nobody when nothing changed, and knows a new one', async () => {
    expect(await replaceCustomer(desk.planning, { customer: aReachableCustomer(), at: AT })).toBe('replaced');
    expect(await revision(A)).toBe(1);
    expect(await replaceCustomer(desk.planning, { customer: aCustomer({ customerId: 'C-2' }), at: AT })).toBe(
      'created',
    );
  });

  it('is refused when it names a policy there is none of', async () => {
    const customer = aReachableCustomer({ policy: 'velvet-glove' });
    expect(await replaceCustomer(desk.planning, { customer, at: AT })).toBe('unknown-policy');
    expect((await desk.ledger.loadCustomer('C-100'))?.customer.policy).toBeUndefined();
  });

  it('has the other open cases planned again when it comes with a new invoice', async () => {
    const invoice = anInvoice({ invoiceId: 'INV-C', number: 'C', paymentReference: undefined });
    await desk.register({ invoice, customer: aReachableCustomer({ language: 'en' }), at: AT });
    expect([await revision(A), await revision(B), await revision('INV-C')]).toEqual([2, 2, 1]);
  });

  it('keeps what is known of it: contacts, how it paid, addresses that do not work', async () => {
    await desk.runUntil('2026-01-20T20:00:00Z');
    await desk.deliver(desk.departures[0]!, { event: 'complaint', recipients: ['compta@martin.example'] });
    await replaceCustomer(desk.planning, { customer: aReachableCustomer({ name: 'Martin SAS' }), at: AT });
    expect(await desk.ledger.loadCustomer('C-100')).toMatchObject({
      customer: { name: 'Martin SAS' },
      contacts: [{ on: '2026-01-20' }],
      addressMarks: { 'compta@martin.example': 'complained' },
      firstInvoiceId: A,
    });
  });
});

describe('an invoice that is registered', () => {
  it.each([
    ['business', 'standard'],
    ['consumer', 'consumer'],
    ['public', 'public-buyer'],
  ] as const)('of a %s customer is pinned to the policy %s', async (kind, name) => {
    const desk = new Desk();
    await desk.register({ customer: aCustomer({ kind }) });
    expect((await desk.ledger.loadCaseFile(A))?.dunningCase.policy).toEqual({ name, version: 1 });
  });

  it('follows the policy its customer names, in its newest version', async () => {
    const desk = new Desk();
    const [standard] = desk.planning.policies.shipped.filter(({ name }) => name === 'standard');
    await desk.ledger.savePolicy({ ...standard!, name: 'ours', version: 1 }, AT);
    await desk.ledger.savePolicy({ ...standard!, name: 'ours', version: 2 }, AT);
    await desk.register({ customer: aCustomer({ policy: 'ours' }) });
    expect((await desk.ledger.loadCaseFile(A))?.dunningCase.policy).toEqual({ name: 'ours', version: 2 });
  });

  it('is refused when its customer names a policy there is none of: nothing is written', async () => {
    const desk = new Desk();
    expect(await desk.register({ customer: aCustomer({ policy: 'velvet-glove' }) })).toBe('unknown-policy');
    expect(await desk.ledger.loadCaseFile(A)).toBeNull();
    expect(await desk.ledger.loadCustomer('C-100')).toBeNull();
  });

  it('of a customer nobody can be reached at is taken, and a person is asked for a contact', async () => {
    const desk = new Desk();
    expect(await desk.register({ customer: aCustomer({ contacts: [{ role: 'generic' }] }) })).toBe('registered');
    const task = await desk.taskOf('no-contact');
    expect(task).toMatchObject({ owner: 'compta@vendeur.example', invoiceIds: [A] });
    expect((await desk.ledger.loadCaseFile(A))?.dunningCase.openTaskIds).toEqual([task.taskId]);
  });
});
