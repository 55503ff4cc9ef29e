import { expect, it } from 'vitest';
import { aCustomer, anInvoice } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';

// Its emails leave at 08:31 in Paris, by the hash of its id.
const EARLY = 'INV-2026-0006';

/** A desk with a call due on Thursday 5 February, and another invoice of the same debtor whose first email is due on that day. */
async function aMorning(customer = aCustomer()) {
  const desk = new Desk();
  await desk.register({ customer });
  const callAt = await desk.climbTo('A2');
  const { planRevision } = await desk.plan(callAt);
  const invoice = anInvoice({ invoiceId: EARLY, number: '2026-0006', dueOn: '2026-02-03' });
  await desk.register({ invoice, customer, bodyHash: 'hash-2', at: '2026-02-03T20:00:00Z' });
  const serveEarly = (at: string, channel: 'email' | 'call') =>
    desk.send('A1', at, 1, { invoiceId: EARLY, channels: [channel] });
  return { desk, callAt, planRevision, serveEarly };
}

it('lets a message led by a sibling of another channel leave when that channel is open, not when the first case wakes', async () => {
  const { desk, callAt, planRevision, serveEarly } = await aMorning();
  const early = await serveEarly('2026-02-05T07:31:00Z', 'email');
  expect(early).toMatchObject({ outcome: 'redirected', step: { stepId: 'A1', channel: 'call' } });
  expect(early.step.at).toBe('2026-02-05T08:00:00Z');
  expect(desk.assigned).toEqual([]);
  await serveEarly('2026-02-05T08:00:00Z', 'call');
  expect(desk.assigned.map(({ stepId, invoiceIds }) => [stepId, invoiceIds])).toEqual([
    ['A2', ['INV-2026-0042', EARLY]],
  ]);
  expect((await desk.send('A2', callAt, planRevision)).outcome).toBe('served-before');
});

it('keeps to the clock of whoever the leading step goes to', async () => {
  const contacts = [
    { role: 'accounts-payable' as const, email: 'compta@martin.example' },
    { role: 'approver' as const, phone: '+12125550123', timeZone: 'America/New_York' },
  ];
  const { serveEarly } = await aMorning(aCustomer({ contacts }));
  const early = await serveEarly('2026-02-05T07:31:00Z', 'email');
  // Nine in the morning in New York.
  expect(early.step).toMatchObject({ channel: 'call', at: '2026-02-05T14:00:00Z' });
});
