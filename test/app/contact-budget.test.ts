import { describe, expect, it } from 'vitest';
import { viewCase } from '../../lib/app/view-case.ts';
import type { Policy } from '../../lib/domain/policy.ts';
import { anInvoice, aReachableCustomer } from '../support/builders.ts';
import { standardPolicy } from '../support/case-builders.ts';
import { Desk } from '../support/desk.ts';

/** The standard policy with one message for each invoice, so that only the budget keeps them apart. */
const apart: Policy = { ...standardPolicy, groupsInvoices: false };

/** The days of all contacts of a desk, in their order. */
function contactDays(desk: Desk): string[] {
  return [...desk.departures, ...desk.assigned].map(({ at }) => at.slice(0, 10)).sort();
}

describe('the contact budget of a debtor', () => {
  it('is one message a day and three in seven days, over all invoices and channels', async () => {
    const desk = new Desk(undefined, [apart]);
    await desk.register({ customer: aReachableCustomer() });
    for (const invoiceId of ['INV-B', 'INV-C', 'INV-D', 'INV-E']) await desk.registerSibling(invoiceId);
    await desk.runUntil('2026-03-31T00:00:00Z');
    const days = contactDays(desk);
    expect(days.length).toBeGreaterThan(10);
    expect(new Set(days).size).toBe(days.length);
    for (const day of days) {
      const to = new Date(Date.parse(day) + 6 * 86_400_000).toISOString().slice(0, 10);
      expect(days.filter((other) => other >= day && other <= to).length).toBeLessThanOrEqual(3);
    }
  });

  it('moves a step that would exceed it, and says so', async () => {
    const desk = new Desk(undefined, [apart]);
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling('INV-B');
    await desk.runUntil('2026-02-02T12:00:00Z');
    const { nextStep } = (await viewCase(desk.planning, 'INV-2026-0042', desk.now))!;
    expect(nextStep).toMatchObject({ stepId: 'A1', at: expect.stringMatching(/^2026-02-03/) });
    expect(nextStep?.why).toContain('one contact with the debtor on 2026-02-02, and the budget allows 1 a day');
  });

  it('counts what leaves as one message once, whatever it serves', async () => {
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    for (const invoiceId of ['INV-B', 'INV-C', 'INV-D', 'INV-E']) await desk.registerSibling(invoiceId);
    await desk.runUntil('2026-02-02T20:00:00Z');
    expect((await desk.ledger.loadCustomer('C-100'))?.contacts.map(({ on }) => on)).toEqual([
      '2026-01-20',
      '2026-02-02',
    ]);
  });

  it('is that of each debtor', async () => {
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    const other = anInvoice({ invoiceId: 'INV-B', number: 'B', customerId: 'C-2', paymentReference: undefined });
    await desk.register({ invoice: other, customer: aReachableCustomer({ customerId: 'C-2' }) });
    await desk.runUntil('2026-02-02T20:00:00Z');
    expect(desk.departures.filter(({ stepId }) => stepId === 'A1')).toHaveLength(2);
  });
});

describe('the hour of a message', () => {
  it('is another for each case, and the same for one case', async () => {
    const desk = new Desk();
    for (let index = 0; index < 20; index += 1) {
      const id = { invoiceId: `INV-${index}`, number: `${index}`, customerId: `C-${index}` };
      const invoice = anInvoice({ ...id, paymentReference: undefined });
      await desk.register({ invoice, customer: aReachableCustomer({ customerId: id.customerId }) });
    }
    await desk.runUntil('2026-02-02T20:00:00Z');
    const ofFirst = desk.departures.filter(({ stepId }) => stepId === 'A1').map(({ at }) => at);
    expect(ofFirst).toHaveLength(20);
    expect(new Set(ofFirst).size).toBeGreaterThan(15);
  });

  it('is within the hours of the channel it goes by, though the case it is written for wakes before they open', async () => {
    const sms = { from: '15:00', to: '19:00' };
    const steps = standardPolicy.steps
      .filter(({ stepId }) => stepId === 'A1' || stepId === 'A3')
      .map((step) => (step.stepId === 'A3' ? { ...step, channel: 'sms' as const, template: 'short-message' } : step));
    const hours = { ...standardPolicy.sendingHours, sms };
    const desk = new Desk(undefined, [{ ...standardPolicy, steps, sendingHours: hours, overlays: {} }]);
    await desk.register({ customer: aReachableCustomer() });
    // The text message A3 of the first and the email A1 of this one fall on Monday 9 February.
    await desk.registerSibling('INV-I', { dueOn: '2026-02-06' });
    await desk.runUntil('2026-02-09T20:00:00Z');
    const { channel, at, serves } = desk.departures.at(-1)!;
    expect([channel, serves]).toEqual(['sms', ['INV-2026-0042/A3', 'INV-I/A1']]);
    // Three o'clock in Paris.
    expect(at >= '2026-02-09T14:00:00').toBe(true);
  });
});
