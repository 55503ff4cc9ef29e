import { describe, expect, it } from 'vitest';
import { aRunner, create, DAY, fails, history, START } from './harness.ts';

const retry = [{ ErrorEquals: ['Dunning.Unavailable'], IntervalSeconds: 2, MaxAttempts: 6, JitterStrategy: 'FULL' }];

function lambda(fields: object): object {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    TimeoutSeconds: 60,
    Retry: retry,
    ...fields,
  };
}

/** The shape of statemachines/dunning.asl.json: plan, then race the timeline against news of the case. */
const DUNNING = {
  StartAt: 'Plan',
  States: {
    Plan: lambda({
      Arguments: { FunctionName: 'plan', Payload: { now: '{% $states.context.State.EnteredTime %}' } },
      Output: '{% $states.result.Payload %}',
      Next: 'Where does the case stand?',
    }),
    'Where does the case stand?': {
      Type: 'Choice',
      Choices: [{ Condition: "{% $states.input.standing = 'settled' %}", Next: 'Settled' }],
      Default: 'Dunning',
    },
    Settled: { Type: 'Succeed' },
    Dunning: {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'Level 1',
          States: {
            'Level 1': { Type: 'Wait', Timestamp: '{% $states.input.step.at %}', Next: 'Send email' },
            'Send email': lambda({
              Arguments: { FunctionName: 'send', Payload: '{% $states.input.step %}' },
              Output: '{% $states.result.Payload %}',
              Next: 'Anything left?',
            }),
            'Anything left?': {
              Type: 'Choice',
              Choices: [{ Condition: '{% $exists($states.input.step) %}', Next: 'Level 1' }],
              Default: 'Plan again',
            },
            'Plan again': { Type: 'Fail', Error: 'Dunning.Replan' },
          },
        },
        {
          StartAt: 'Listen',
          States: {
            Listen: {
              Type: 'Task',
              Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
              Arguments: {
                Token: '{% $states.context.Task.Token %}',
                Revision: '{% $states.input.planRevision %}',
              },
              TimeoutSeconds: 31_536_000,
              Next: 'Heard',
            },
            Heard: { Type: 'Fail', Error: 'Dunning.CaseChanged' },
          },
        },
      ],
      Catch: [
        {
          ErrorEquals: ['Dunning.Replan', 'Dunning.CaseChanged', 'DynamoDb.ConditionalCheckFailedException'],
          Output: '{% $states.context.Execution.Input %}',
          Next: 'Plan',
        },
      ],
      Next: 'Settled',
    },
  },
};

/** A case that owes money until it is told otherwise, and its notices every ten days. */
function aCase() {
  const state = { revision: 1, isPaid: false, sent: [] as string[], token: '', plans: 0 };
  const step = () => ({ at: new Date(START + (state.sent.length + 1) * 10 * DAY).toISOString() });
  const worker = (
    resource: string,
    args: { FunctionName?: string; Token?: string; Revision?: number; Payload?: { at: string } },
  ) => {
    if (resource === 'aws-sdk:dynamodb:updateItem') {
      state.token = args.Token ?? '';
      return {};
    }
    if (args.FunctionName === 'plan') {
      state.plans += 1;
      const payload = state.isPaid
        ? { standing: 'settled' }
        : { standing: 'dunning', step: step(), planRevision: state.revision };
      return { ExecutedVersion: '$LATEST', Payload: payload, StatusCode: 200 };
    }
    state.sent.push(args.Payload?.at ?? '');
    const Payload = state.sent.length < 4 ? { step: step() } : {};
    return { ExecutedVersion: '$LATEST', Payload, StatusCode: 200 };
  };
  return { state, worker };
}

describe('a race of a timeline against news', () => {
  it('sends the notices on their days over 120 days', async () => {
    const { state, worker } = aCase();
    const runner = aRunner(worker);
    const executionArn = await runner.start(DUNNING);
    expect(runner.machines.currentStates(executionArn)).toEqual(['Level 1', 'Listen']);
    await runner.clock.advanceTo(START + 35 * DAY);
    expect(state.sent).toEqual(['2026-01-15T08:00:00.000Z', '2026-01-25T08:00:00.000Z', '2026-02-04T08:00:00.000Z']);
    expect(state.plans).toBe(1);
    await runner.clock.advanceTo(START + 120 * DAY);
    expect(state.plans).toBeGreaterThan(1);
    expect(runner.errors).toEqual([]);
  });

  it('ends settled without another notice when a payment wakes it', async () => {
    const { state, worker } = aCase();
    const runner = aRunner(worker);
    const executionArn = await runner.start(DUNNING);
    await runner.clock.advanceTo(START + 15 * DAY);
    state.isPaid = true;
    runner.machines.sendTaskFailure({ taskToken: state.token, error: 'Dunning.CaseChanged' });
    await runner.clock.advanceTo(START + 120 * DAY);
    expect(state.sent).toHaveLength(1);
    expect(runner.outcome(executionArn)).toEqual({ status: 'SUCCEEDED', output: { standing: 'settled' } });
    expect(runner.machines.transitions(executionArn)).toBe(11);
  });

  it('kills the token of the branch that lost', async () => {
    const { state, worker } = aCase();
    const runner = aRunner(worker);
    await runner.start(DUNNING);
    const first = state.token;
    await runner.clock.advanceTo(START + 41 * DAY);
    expect(state.token).not.toBe(first);
    const send = () => runner.machines.sendTaskFailure({ taskToken: first, error: 'Dunning.CaseChanged' });
    expect(send).toThrow(expect.objectContaining({ name: 'TaskTimedOut' }));
  });

  it('cancels the timer of the branch that lost', async () => {
    const { state, worker } = aCase();
    const runner = aRunner(worker);
    const executionArn = await runner.start(DUNNING);
    state.isPaid = true;
    runner.machines.sendTaskFailure({ taskToken: state.token, error: 'Dunning.CaseChanged' });
    await runner.clock.settle();
    expect(runner.outcome(executionArn).status).toBe('SUCCEEDED');
    expect(await runner.clock.advanceTo(START + 120 * DAY)).toBe(0);
  });

  it('drops the result of a notice under way when its branch lost, and lets the work finish', async () => {
    const { state, worker } = aCase();
    const sending = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const runner = aRunner(async (resource, args: never) => {
      const isSend = (args as { FunctionName?: string }).FunctionName === 'send';
      if (isSend) {
        started.resolve();
        await sending.promise;
      }
      return worker(resource, args);
    });
    const executionArn = await runner.start(DUNNING);
    const advancing = runner.clock.advanceTo(START + 10 * DAY);
    await started.promise;
    state.isPaid = true;
    runner.machines.sendTaskFailure({ taskToken: state.token, error: 'Dunning.CaseChanged' });
    sending.resolve();
    await advancing;
    expect(state.sent).toHaveLength(1);
    expect(runner.outcome(executionArn).status).toBe('SUCCEEDED');
  });

  it('plans again when the case changed between planning and listening', async () => {
    const { state, worker } = aCase();
    let refusals = 0;
    const runner = aRunner((resource, args: never) => {
      if (resource === 'aws-sdk:dynamodb:updateItem' && refusals < 2) {
        refusals += 1;
        fails('DynamoDb.ConditionalCheckFailedException', 'The conditional request failed');
      }
      return worker(resource, args);
    });
    const executionArn = await runner.start(DUNNING);
    expect(state.plans).toBe(3);
    expect(runner.machines.currentStates(executionArn)).toEqual(['Level 1', 'Listen']);
  });

  it('takes an answer that comes before the call that stored the token has returned', async () => {
    const { state, worker } = aCase();
    const runner = aRunner((resource, args: { Token?: string }) => {
      const result = worker(resource, args as never);
      if (resource === 'aws-sdk:dynamodb:updateItem' && !state.isPaid) {
        state.isPaid = true;
        runner.machines.sendTaskFailure({ taskToken: state.token, error: 'Dunning.CaseChanged' });
      }
      return result;
    });
    const executionArn = await runner.start(DUNNING);
    expect(runner.outcome(executionArn).status).toBe('SUCCEEDED');
  });

  it('writes the race into the history as AWS does', async () => {
    const { state, worker } = aCase();
    const runner = aRunner(worker);
    const { stateMachineArn } = create(runner.machines, DUNNING);
    const { executionArn } = runner.machines.startExecution({ stateMachineArn, name: 'one' });
    await runner.clock.settle();
    state.isPaid = true;
    runner.machines.sendTaskFailure({ taskToken: state.token, error: 'Dunning.CaseChanged', cause: 'paid' });
    await runner.clock.settle();
    expect(runner.events(executionArn)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 TaskStateEntered',
      '3<2 TaskScheduled',
      '4<3 TaskStarted',
      '5<4 TaskSucceeded',
      '6<5 TaskStateExited',
      '7<6 ChoiceStateEntered',
      '8<7 ChoiceStateExited',
      '9<8 ParallelStateEntered',
      '10<9 ParallelStateStarted',
      '11<10 WaitStateEntered',
      '12<10 TaskStateEntered',
      '13<12 TaskScheduled',
      '14<13 TaskStarted',
      '15<14 TaskSubmitted',
      '16<15 TaskFailed',
      '17<16 WaitStateAborted',
      '18<16 TaskStateAborted',
      '19<16 ParallelStateFailed',
      '20<19 ParallelStateExited',
      '21<20 TaskStateEntered',
      '22<21 TaskScheduled',
      '23<22 TaskStarted',
      '24<23 TaskSucceeded',
      '25<24 TaskStateExited',
      '26<25 ChoiceStateEntered',
      '27<26 ChoiceStateExited',
      '28<27 SucceedStateEntered',
      '29<28 SucceedStateExited',
      '30<29 ExecutionSucceeded',
    ]);
    expect(history(runner.machines, executionArn)[15]).toMatchObject({
      taskFailedEventDetails: {
        resourceType: 'aws-sdk:dynamodb',
        resource: 'updateItem.waitForTaskToken',
        error: 'Dunning.CaseChanged',
        cause: 'paid',
      },
    });
  });
});
