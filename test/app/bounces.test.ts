import { describe, expect, it } from 'vitest';
import { replaceCustomer } from '../../lib/app/replace-customer.ts';
import type { Contact, Customer } from '../../lib/domain/customer.ts';
import { aCustomer, anInvoice, aReachableCustomer } from '../support/builders.ts';
import { standardPolicy } from '../support/case-builders.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';
const B = 'INV-B';

/** The evening of Monday 2 February: step A1 of an invoice due on Friday 30 January falls on that day. */
const A1_EVENING = '2026-02-02T16:45:00Z';

const ANNE: Contact = { role: 'accounts-payable', email: 'anne@martin.example', phone: '+33612345678' };
const GENERIC: Contact = { role: 'generic', email: 'contact@martin.example' };

describe('an email that came back for good', () => {
  let desk: Desk;

  /** A desk on the evening A1 was sent, with so many invoices of a customer. */
  const deskWith = async (customer: Customer, siblings: readonly string[] = []) => {
    desk = new Desk();
    const first = anInvoice({ totalMinor: 40_000 });
    await desk.register({ invoice: first, customer });
    for (const invoiceId of siblings) await desk.registerSibling(invoiceId, { totalMinor: 40_000 });
    await desk.runUntil(A1_EVENING);
  };

  const bounce = (index = -1, recipients?: readonly string[]) => {
    const departure = desk.departures.at(index)!;
    return desk.deliver(departure, { event: 'bounce', recipients: recipients ?? [departure.to[0]!] });
  };

  const sent = () => desk.departures.slice(-2).map(({ stepId, channel, to }) => [stepId, channel, to]);

  it('is sent again the same day to the next contact, once', async () => {
    await deskWith(aCustomer({ contacts: [ANNE, GENERIC] }));
    expect(await bounce()).toBe('recorded');
    expect((await desk.ledger.loadCustomer('C-100'))?.addressMarks).toEqual({ 'anne@martin.example': 'bounced' });
    await desk.runUntil('2026-02-02T23:00:00Z');
    expect(sent()).toEqual([
      ['A1', 'email', ['anne@martin.example']],
      ['A1', 'email', ['contact@martin.example']],
    ]);
    expect(await desk.claim('A1')).toMatchObject({ state: 'sent', bounces: 1, attempt: 2 });
  });

  it('goes by text message when no other contact has an email address', async () => {
    await deskWith(aCustomer({ contacts: [ANNE] }));
    await bounce();
    await desk.runUntil('2026-02-02T23:00:00Z');
    expect(desk.departures.at(-1)).toMatchObject({
      ...{ stepId: 'A1', channel: 'sms', template: 'short-message', to: ['+33612345678'] },
    });
  });

  it('ends its step when nobody else can be reached: a person is asked, and its level does not count as served', async () => {
    await deskWith(aCustomer({ contacts: [{ role: 'accounts-payable', email: 'anne@martin.example' }] }));
    await bounce();
    expect(await desk.claim('A1')).toMatchObject({ state: 'failed', failureReason: 'undeliverable' });
    expect(await desk.taskOf('no-contact')).toMatchObject({
      invoiceIds: [A],
      title: 'Notice A1 by email was not served',
    });
  });

  it('is not sent a third time', async () => {
    const contacts = [ANNE, GENERIC, { role: 'approver', email: 'luc@martin.example' } as const];
    await deskWith(aCustomer({ contacts }));
    await bounce();
    await desk.runUntil('2026-02-02T23:00:00Z');
    await bounce();
    expect(await desk.claim('A1')).toMatchObject({ state: 'failed', failureReason: 'undeliverable' });
    await desk.runUntil('2026-02-03T23:00:00Z');
    expect(desk.departures.filter(({ stepId }) => stepId === 'A1')).toHaveLength(2);
  });

  it('was received when only a copy came back: that address is marked, and nothing is sent again', async () => {
    const customer = aReachableCustomer();
    await deskWith(customer);
    await desk.runUntil('2026-02-10T23:00:00Z');
    const departure = desk.departures.at(-1)!;
    expect([departure.stepId, departure.to]).toEqual(['A3', ['compta@martin.example', 'contact@martin.example']]);
    await bounce(-1, ['contact@martin.example']);
    expect((await desk.ledger.loadCustomer('C-100'))?.addressMarks).toEqual({ 'contact@martin.example': 'bounced' });
    expect(await desk.claim('A3')).toMatchObject({ state: 'sent' });
  });

  it('was received when the general mailbox got it, though its first recipient did not', async () => {
    await deskWith(aReachableCustomer());
    await desk.runUntil('2026-02-10T23:00:00Z');
    await bounce(-1, ['compta@martin.example']);
    expect((await desk.ledger.loadCustomer('C-100'))?.addressMarks).toEqual({ 'compta@martin.example': 'bounced' });
    expect(await desk.claim('A3')).toMatchObject({ state: 'sent' });
    expect(await desk.openTasks()).toEqual([]);
  });

  it('was received when its first recipient got it and complained, though the general mailbox did not', async () => {
    await deskWith(aReachableCustomer());
    await desk.runUntil('2026-02-10T23:00:00Z');
    await desk.deliver(desk.departures.at(-1)!, { event: 'complaint', recipients: ['compta@martin.example'] });
    await bounce(-1, ['contact@martin.example']);
    expect(await desk.claim('A3')).toMatchObject({ state: 'sent' });
  });

  it('is sent again when the provider reports its addresses one after the other', async () => {
    await deskWith(aReachableCustomer());
    await desk.runUntil('2026-02-10T23:00:00Z');
    await bounce(-1, ['contact@martin.example']);
    await bounce(-1, ['compta@martin.example']);
    expect(await desk.claim('A3')).toMatchObject({ state: 'released', bounces: 1 });
  });

  it('is sent again when nobody it was written to got it', async () => {
    await deskWith(aReachableCustomer());
    await desk.runUntil('2026-02-10T23:00:00Z');
    await bounce(-1, desk.departures.at(-1)!.to);
    expect(await desk.claim('A3')).toMatchObject({ state: 'released', bounces: 1 });
  });

  it('takes the siblings it served along', async () => {
    await deskWith(aCustomer({ contacts: [ANNE, GENERIC] }), [B, 'INV-C']);
    await bounce();
    await desk.runUntil('2026-02-02T23:00:00Z');
    expect(desk.departures.slice(-2).map(({ to, serves }) => [to, [...serves].sort()])).toEqual([
      [['anne@martin.example'], [`${A}/A1`, `${B}/A1`, 'INV-C/A1']],
      [['contact@martin.example'], [`${A}/A1`, `${B}/A1`, 'INV-C/A1']],
    ]);
  });

  it('takes the siblings along when the invoice it was written for is paid meanwhile', async () => {
    await deskWith(aCustomer({ contacts: [ANNE, GENERIC] }), [B, 'INV-C']);
    const [lead = ''] = desk.departures.at(-1)!.invoiceIds;
    await desk.payInvoice(lead);
    await bounce();
    await desk.runUntil('2026-02-02T23:00:00Z');
    expect(desk.departures.at(-1)?.to).toEqual(['contact@martin.example']);
    expect(desk.departures.at(-1)?.invoiceIds).toHaveLength(2);
  });

  it('takes the siblings along when it comes back before its sender could record it', async () => {
    desk = new Desk();
    await desk.register({
      invoice: anInvoice({ totalMinor: 40_000 }),
      customer: aCustomer({ contacts: [ANNE, GENERIC] }),
    });
    await desk.registerSibling(B, { totalMinor: 40_000 });
    await desk.runUntil('2026-02-02T00:00:00Z');
    desk.provider.duringSend = async (departure) => {
      desk.provider.duringSend = async () => undefined;
      await desk.deliver(departure, { event: 'bounce', recipients: [departure.to[0]!], at: departure.at });
    };
    await desk.runUntil('2026-02-03T23:00:00Z');
    expect(desk.departures.slice(-2).map(({ to }) => to[0])).toEqual(['anne@martin.example', 'contact@martin.example']);
    for (const invoiceId of [A, B]) {
      expect(await desk.claim('A1', invoiceId)).toMatchObject({ state: 'sent', bounces: 1 });
      expect(await desk.claim('A1', invoiceId)).not.toMatchObject({ messageId: 'm-2' });
    }
  });

  it('sends a sibling of another channel by its own when it goes alone afterwards', async () => {
    // A3 (email) of the first, and a call about one due on Monday 2 February, both on Monday the 9th.
    await deskWith(aReachableCustomer({ contacts: [ANNE] }));
    await desk.registerSibling(B, { dueOn: '2026-02-02', totalMinor: 120_000 });
    await desk.runUntil('2026-02-09T17:05:00Z');
    expect(desk.departures.at(-1)?.serves).toEqual([`${A}/A3`, `${B}/A2`]);
    await desk.payInvoice(A);
    await bounce();
    await desk.runUntil('2026-02-10T23:00:00Z');
    expect(desk.assigned.at(-1)).toMatchObject({ stepId: 'A2', channel: 'call', template: 'courteous-call' });
  });

  it('is recognised whatever case the provider writes the address in', async () => {
    await deskWith(aCustomer({ contacts: [{ ...ANNE, email: 'Anne@Martin.example' }, GENERIC] }));
    await bounce(-1, ['anne@martin.example']);
    await desk.runUntil('2026-02-02T23:00:00Z');
    expect(desk.departures.at(-1)?.to).toEqual(['contact@martin.example']);
  });

  it('is an old one when the step is being sent to another address: late reports of it change nothing', async () => {
    await deskWith(aCustomer({ contacts: [ANNE, GENERIC] }));
    const old = desk.departures.at(-1)!;
    await bounce();
    for (const event of ['bounce', 'delivery', 'open', 'delivery-delay'] as const) {
      const recipients = event === 'bounce' ? old.to : [];
      expect(await desk.deliver(old, { event, recipients })).toBe('known');
    }
    expect(await desk.claim('A1')).toMatchObject({ state: 'released' });
    desk.provider.duringSend = async () => {
      for (const event of ['bounce', 'delivery'] as const) {
        expect(await desk.deliver(old, { event, recipients: event === 'bounce' ? old.to : [] })).toBe('known');
      }
    };
    await desk.runUntil('2026-02-02T23:00:00Z');
    expect(await desk.claim('A1')).toMatchObject({ state: 'sent', messageId: desk.departures.at(-1)?.messageId });
    expect(await desk.openTasks()).toEqual([]);
  });

  it('proves that the second message left when nobody answered for it, and the old one’s reports do not', async () => {
    await deskWith(aCustomer({ contacts: [ANNE, GENERIC] }));
    const old = desk.departures.at(-1)!;
    await bounce();
    desk.turns.push({ outcome: 'unknown', leaves: true });
    await desk.runUntil('2026-02-02T17:05:00Z');
    expect(await desk.deliver(old, { event: 'delivery' })).toBe('known');
    expect(await desk.claim('A1')).toMatchObject({ state: 'failed', failureReason: 'outcome-unknown' });
    expect(await desk.deliver(desk.departures.at(-1)!, { event: 'delivery' })).toBe('recorded');
    expect(await desk.claim('A1')).toMatchObject({ state: 'sent' });
    expect(await desk.openTasks()).toEqual([]);
  });

  it('is reported again after its step ended: nothing changes, and no fault is raised', async () => {
    await deskWith(aCustomer({ contacts: [{ role: 'accounts-payable', email: 'anne@martin.example' }] }));
    await bounce();
    const before = await desk.historyTypes();
    expect(await bounce()).toBe('known');
    expect(await desk.deliver(desk.departures.at(-1)!, { event: 'open' })).toBe('known');
    expect(await desk.historyTypes()).toEqual(before);
  });

  it('may be of a step that a new version of the policy no longer has: a person is asked', async () => {
    await deskWith(aCustomer({ contacts: [ANNE, GENERIC] }));
    const steps = standardPolicy.steps.filter(({ stepId }) => stepId !== 'A1');
    await desk.ledger.savePolicy({ ...standardPolicy, version: 2, steps }, desk.now);
    const file = (await desk.ledger.loadCaseFile(A))!;
    const dunningCase = {
      ...file.dunningCase,
      policy: { name: 'standard', version: 2 },
      version: file.dunningCase.version + 1,
    };
    const write = { expectedVersion: file.dunningCase.version, dunningCase, entries: [], wakes: false };
    await desk.ledger.commit({ cases: [write] });
    await bounce();
    expect(await desk.claim('A1')).toMatchObject({ state: 'failed', failureReason: 'undeliverable' });
  });

  it('is a confirmation of a call: a person is asked for an address', async () => {
    await deskWith(aCustomer({ contacts: [ANNE, GENERIC] }));
    const call = await callAbout();
    await desk.report(call.taskId, { result: 'refusal' });
    await desk.runUntil(desk.now);
    await bounce();
    expect(await desk.claim('confirmation-1')).toMatchObject({ state: 'failed', failureReason: 'undeliverable' });
  });

  /** The call of step A2, which the first invoice is too small for, about a larger one. */
  const callAbout = async () => {
    desk = new Desk();
    await desk.register({ customer: aCustomer({ contacts: [ANNE, GENERIC] }) });
    await desk.runUntil('2026-02-05T12:00:00Z');
    return desk.taskOf('call');
  };

  it('has its address written to again once the debtor gives a new one', async () => {
    await deskWith(aCustomer({ contacts: [ANNE] }));
    await bounce();
    const customer = aCustomer({ contacts: [{ ...ANNE, email: 'anne.martin@martin.example' }] });
    await replaceCustomer(desk.planning, { customer, at: desk.now });
    expect((await desk.ledger.loadCustomer('C-100'))?.addressMarks).toEqual({});
  });
});

describe('a bounce that may pass', () => {
  it('marks no address and sends nothing again', async () => {
    const desk = new Desk();
    await desk.register({ customer: aCustomer({ contacts: [ANNE, GENERIC] }) });
    await desk.runUntil(A1_EVENING);
    const departure = desk.departures.at(-1)!;
    await desk.deliver(departure, { event: 'bounce', recipients: departure.to, isPermanent: false });
    expect((await desk.ledger.loadCustomer('C-100'))?.addressMarks).toEqual({});
    expect(await desk.claim('A1')).toMatchObject({ state: 'sent', delivery: 'bounce' });
  });
});

describe('a complaint', () => {
  it('marks the address, which is not written to again, and leaves the notice served', async () => {
    const desk = new Desk();
    await desk.register({ customer: aCustomer({ contacts: [ANNE, GENERIC] }) });
    await desk.runUntil(A1_EVENING);
    const departure = desk.departures.at(-1)!;
    await desk.deliver(departure, { event: 'complaint', recipients: ['anne@martin.example'] });
    expect((await desk.ledger.loadCustomer('C-100'))?.addressMarks).toEqual({ 'anne@martin.example': 'complained' });
    expect(await desk.claim('A1')).toMatchObject({ state: 'sent', delivery: 'complaint' });
    await desk.runUntil('2026-02-10T23:00:00Z');
    expect(desk.departures.at(-1)).toMatchObject({ stepId: 'A3', to: ['contact@martin.example'] });
  });
});
