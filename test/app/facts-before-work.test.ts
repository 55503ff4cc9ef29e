import { expect, it } from 'vitest';
import { aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';
import { FlakyLedger } from '../support/flaky-ledger.ts';

it('puts no call on the list that names what was owed before a payment that came while it was being written', async () => {
  const ledger = new FlakyLedger();
  const desk = new Desk(ledger);
  await desk.register({ customer: aReachableCustomer() });
  await desk.runUntil('2026-02-04T12:00:00Z');
  // The first write reserves the call, the second puts it on the list.
  ledger.cutInBefore(2, () => desk.payPart('INV-2026-0042', { amountMinor: 40_000, transactionId: 'BK-1' }));
  await desk.runUntil('2026-02-06T12:00:00Z');
  const { taskId, step } = await desk.taskOf('call');
  expect(step?.stepId).toBe('A2');
  // Made again, from what is owed now.
  expect(await desk.claim('A2')).toMatchObject({ state: 'assigned', attempt: 2, taskId });
});
