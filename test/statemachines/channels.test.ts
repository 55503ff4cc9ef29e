import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHANNELS } from '../../lib/domain/step-claim.ts';
import { aRunner } from '../local/states/harness.ts';

const DUNNING = JSON.parse(
  readFileSync('statemachines/dunning.asl.json', 'utf8').replaceAll(/\$\{(\w+)FunctionArn\}/g, '$1'),
);
const { States: STATES } = DUNNING.States.Dunning.Branches[0];

const SERVED_BY: Readonly<Record<(typeof CHANNELS)[number], { state: string; functionName: string }>> = {
  email: { state: 'Send email', functionName: 'SendEmail' },
  sms: { state: 'Send SMS', functionName: 'SendSms' },
  call: { state: 'Assign call', functionName: 'AssignCall' },
  letter: { state: 'Post letter', functionName: 'PostLetter' },
  'registered-letter': { state: 'Post letter', functionName: 'PostLetter' },
  'hand-over': { state: 'Hand over', functionName: 'HandOver' },
};

interface Call {
  readonly FunctionName: string;
  readonly Payload: Readonly<Record<string, unknown>>;
}

/** Plans one step of a channel, then settlement; answers the calls that were made and where the execution ended. */
async function runStep(channel: string) {
  const calls: Call[] = [];
  const step = { stepId: 'S1', level: 'level1', lane: 'level1', channel, at: '2026-01-06T08:00:00Z' };
  const answers: Readonly<Record<string, () => object>> = {
    Plan: () => ({ standing: calls.length > 1 ? 'settled' : 'open', planRevision: 3, step }),
    Act: () => ({ step: { ...step, stepId: 'S2', channel: 'replan' } }),
  };
  const runner = aRunner((resource, args: Call) => {
    if (resource !== 'lambda:invoke') return {};
    calls.push(args);
    return { Payload: answers[args.FunctionName === 'PlanNextStep' ? 'Plan' : 'Act']?.() };
  });
  const { status } = await runner.run(DUNNING, { invoiceId: 'INV-1', cycle: 2, part: 1 });
  return { calls, status };
}

describe('a step', () => {
  it.each(CHANNELS)(
    'by %s is served by the state of its channel, and the case planned again after it',
    async (channel) => {
      const { calls, status } = await runStep(channel);
      const { functionName } = SERVED_BY[channel];
      expect(calls.map(({ FunctionName }) => FunctionName)).toEqual(['PlanNextStep', functionName, 'PlanNextStep']);
      expect(calls[1]?.Payload).toMatchObject({ invoiceId: 'INV-1', cycle: 2, planRevision: 3, stepId: 'S1' });
      expect(calls[1]?.Payload).toMatchObject({
        at: '2026-01-06T08:00:00.000Z',
        startedAt: '2026-01-05T08:00:00.000Z',
      });
      expect(status).toBe('SUCCEEDED');
    },
  );

  it('without a channel asks for a new plan', async () => {
    const { calls, status } = await runStep('replan');
    expect(status).toBe('SUCCEEDED');
    expect(calls.map(({ FunctionName }) => FunctionName)).toEqual(['PlanNextStep', 'PlanNextStep']);
  });
});

it('acts by every channel with the same patience, and goes on in the same way', () => {
  const { Comment: _, Arguments: email, ...wanted } = STATES['Send email'];
  for (const { state, functionName } of Object.values(SERVED_BY)) {
    const { Comment, Arguments, ...rest } = STATES[state];
    expect(Comment).toMatch(/^[A-Z].*\.$/);
    expect(rest).toEqual(wanted);
    expect(Arguments).toEqual({ ...email, FunctionName: functionName });
  }
});

it('reviews a case with that patience too, so that a review in trouble is put off like a notice', () => {
  const { Comment: _, Arguments: email, ...wanted } = STATES['Send email'];
  const { Comment, Arguments, ...rest } = STATES['Review case'];
  expect(Comment).toMatch(/^[A-Z].*\.$/);
  expect(rest).toEqual(wanted);
  expect(Arguments).toEqual({ ...email, FunctionName: 'ReviewCase' });
});
