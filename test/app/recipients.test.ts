import { describe, expect, it } from 'vitest';
import type { Customer } from '../../lib/domain/customer.ts';
import { aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';

async function deskAt(stepId: string, customer: Customer): Promise<Desk> {
  const desk = new Desk();
  await desk.register({ customer });
  await desk.runUntil(await desk.climbTo(stepId));
  return desk;
}

describe('who receives a notice', () => {
  it('is the first contact in the order of the step that has what its channel needs', async () => {
    const desk = await deskAt('B2', aReachableCustomer());
    const sentTo = (stepId: string) => desk.departures.find((one) => one.stepId === stepId)?.to[0];
    expect([sentTo('P1'), sentTo('A1'), sentTo('A3')]).toEqual(Array(3).fill('compta@martin.example'));
    expect(desk.assigned.at(-1)).toMatchObject({ stepId: 'B2', channel: 'call', to: ['+33612345680'] });
  });

  it('is the general mailbox too from level 2 on when nobody answered', async () => {
    const desk = await deskAt('B3', aReachableCustomer());
    expect(desk.departures.at(-1)).toMatchObject({
      stepId: 'B3',
      to: ['eva@martin.example', 'contact@martin.example'],
    });
  });

  it('is not the general mailbox when somebody answered', async () => {
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.runUntil(await desk.climbTo('B2'));
    const [call] = (await desk.openTasks()).filter(({ kind, step }) => kind === 'call' && step?.stepId === 'B2');
    await desk.report(call!.taskId, { result: 'refusal' });
    await desk.runUntil(await desk.climbTo('B3'));
    expect(desk.departures.at(-1)).toMatchObject({ stepId: 'B3', to: ['eva@martin.example'] });
  });

  it('is never a mailbox that others may read when it is a consumer', async () => {
    const desk = await deskAt('B3', aReachableCustomer({ kind: 'consumer' }));
    expect(desk.departures.flatMap(({ to }) => to)).not.toContain('contact@martin.example');
  });

  it.each([
    ['business', ['contact@martin.example']],
    ['consumer', []],
  ] as const)('of the confirmation of a call is the general mailbox of a %s: %o', async (kind, to) => {
    const contacts = [
      { role: 'accounts-payable' as const, phone: '+33612345678' },
      { role: 'generic' as const, email: 'contact@martin.example' },
    ];
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer({ kind, policy: 'standard', contacts }) });
    await desk.runUntil('2026-02-05T11:00:00Z');
    await desk.report((await desk.taskOf('call')).taskId, { result: 'refusal' });
    await desk.runUntil(desk.now);
    const confirmations = desk.departures.filter(({ stepId }) => stepId === 'confirmation-1');
    expect(confirmations.flatMap((sent) => sent.to)).toEqual(to);
  });

  it('has the sales representative in copy where the policy says so, and after three notices without an answer', async () => {
    const desk = await deskAt('B3', aReachableCustomer());
    expect(desk.departures.map(({ stepId, cc }) => [stepId, cc])).toEqual([
      ['P1', ['paul@vendeur.example']],
      ['A1', []],
      ['A3', []],
      ['B3', ['paul@vendeur.example']],
    ]);
    const silent = await deskAt('A3', aReachableCustomer({ profile: 'administrative' }));
    expect(silent.departures.find(({ stepId }) => stepId === 'A3')?.cc).toEqual([]);
  });

  it('is never a colleague of the creditor', async () => {
    const contacts = [
      { role: 'accounts-payable' as const, email: 'Compta@Vendeur.example', phone: '+33612345678' },
      { role: 'generic' as const, email: 'contact@martin.example' },
    ];
    const desk = await deskAt('A1', aReachableCustomer({ contacts }));
    expect(desk.departures.find(({ stepId }) => stepId === 'A1')?.to).toEqual(['contact@martin.example']);
  });

  it('is nobody when only colleagues are known: a person is asked', async () => {
    const contacts = [{ role: 'accounts-payable' as const, email: 'compta@rh.vendeur.example' }];
    const desk = await deskAt('A1', aReachableCustomer({ contacts }));
    expect(desk.departures).toEqual([]);
    expect(await desk.claim('A1')).toMatchObject({ state: 'skipped', skipReason: 'no-usable-contact' });
  });
});
