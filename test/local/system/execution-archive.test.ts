import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../lib/local/clock.ts';
import { StateMachines } from '../../../lib/local/states/state-machines.ts';
import { ExecutionArchive } from '../../../lib/local/system/execution-archive.ts';

const DAY_MILLIS = 86_400_000;

const WAITS_A_DAY = {
  QueryLanguage: 'JSONata',
  StartAt: 'Wait',
  States: { Wait: { Type: 'Wait', Seconds: 86_400, Next: 'Settled' }, Settled: { Type: 'Succeed' } },
};

function aMachine() {
  const clock = new VirtualClock(Date.parse('2026-01-05T08:00:00Z'));
  const resources = { run: () => Promise.reject(new Error('no tasks here')) };
  const machines = new StateMachines({ clock, resources, region: 'eu-west-3', accountId: '000000000000' });
  const definition = JSON.stringify(WAITS_A_DAY);
  const { stateMachineArn } = machines.createStateMachine({
    name: 'm',
    definition,
    roleArn: 'arn:aws:iam::000000000000:role/m',
  });
  const start = (name: string, invoiceId: string) =>
    machines.startExecution({ stateMachineArn, name, input: JSON.stringify({ invoiceId }) });
  const move = (days: number) => clock.advanceTo(clock.now() + days * DAY_MILLIS);
  return { archive: new ExecutionArchive(machines), start, move, clock };
}

describe('the archive of executions', () => {
  it('shows a running execution with the states it stands in', async () => {
    const { archive, start, clock } = aMachine();
    start('A_1_1', 'A');
    await clock.settle();
    expect(archive.newestOf('A')).toMatchObject({
      status: 'RUNNING',
      currentStates: ['Wait'],
      transitions: 1,
      output: null,
    });
  });

  it('shows one that ended with its last state and its whole history', async () => {
    const { archive, start, move } = aMachine();
    start('A_1_1', 'A');
    await move(2);
    expect(archive.newestOf('A')).toMatchObject({
      status: 'SUCCEEDED',
      currentStates: ['Settled'],
      transitions: 2,
      output: { invoiceId: 'A' },
    });
    expect(archive.newestOf('A')?.events.at(-1)?.type).toBe('ExecutionSucceeded');
  });

  it('still shows one that Step Functions has forgotten, if it was remembered in time', async () => {
    const { archive, start, move } = aMachine();
    start('A_1_1', 'A');
    await move(2);
    archive.remember();
    await move(200);
    expect(archive.newestOf('A')).toMatchObject({ status: 'SUCCEEDED', currentStates: ['Settled'] });
    expect(archive.totalTransitions()).toBe(2);
  });

  it('prefers the newest execution of an invoice, and none of another', async () => {
    const { archive, start, move } = aMachine();
    start('A_1_1', 'A');
    await move(2);
    start('A_2_1', 'A');
    start('A_1_B', 'A_1');
    await move(0);
    expect(archive.newestOf('A')?.executionArn).toMatch(/:A_2_1$/);
    await move(2);
    expect(archive.newestOf('A')?.executionArn).toMatch(/:A_2_1$/);
    expect(archive.newestOf('A_1')?.executionArn).toMatch(/:A_1_B$/);
    expect(archive.newestOf('B')).toBeUndefined();
    expect(archive.totalTransitions()).toBe(6);
  });
});
