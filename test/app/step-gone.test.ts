import { expect, it } from 'vitest';
import { replaceCustomer } from '../../lib/app/replace-customer.ts';
import { aReachableCustomer } from '../support/builders.ts';
import { standardPolicy } from '../support/case-builders.ts';
import { Desk } from '../support/desk.ts';
import { FlakyLedger } from '../support/flaky-ledger.ts';

const letterOfBadPayers = { ...standardPolicy.steps.find(({ stepId }) => stepId === 'A4')!, stepId: 'X4' };

it('a letter whose maker died is given up when its debtor’s ladder has no such step any more', async () => {
  const steps = standardPolicy.steps.filter(({ stepId }) => stepId === 'B3');
  const overlays = { 'bad-payer': { addedSteps: [letterOfBadPayers] } };
  const ledger = new FlakyLedger();
  const desk = new Desk(ledger, [{ ...standardPolicy, steps, overlays }]);
  await desk.register({ customer: aReachableCustomer({ profile: 'bad-payer' }) });
  const { step } = await desk.plan(desk.now);
  expect(step?.stepId).toBe('X4');
  ledger.crashAt({ write: 2, when: 'before' });
  await expect(desk.send('X4', step!.at)).rejects.toThrow('died');
  ledger.crashAt(null);
  desk.now = step!.at;
  await replaceCustomer(desk.planning, { customer: aReachableCustomer(), at: desk.now });
  expect((await desk.plan(desk.now)).step).toMatchObject({ stepId: 'X4' });
  await desk.runUntil('2026-03-10T00:00:00Z');
  expect(await desk.claim('X4')).toMatchObject({ state: 'released' });
  expect(desk.departures.map(({ stepId }) => stepId)).toEqual(['B3']);
});
