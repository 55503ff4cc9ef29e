import { describe, expect, it } from 'vitest';
import {
  aRunner,
  DAY,
  FUNCTION,
  fails,
  history,
  START,
  seeded,
  single,
  task,
  tokenTask,
  type Worker,
} from './harness.ts';

/** A worker that fails with the given errors, one after the other, and then succeeds. */
function failing(...names: string[]): { worker: Worker; calls: () => number } {
  let calls = 0;
  const worker = () => {
    const name = names[calls];
    calls += 1;
    return name === undefined ? { ok: true } : fails(name, 'cause');
  };
  return { worker, calls: () => calls };
}

describe('Task', () => {
  it('hands its arguments to the resource and its result on', async () => {
    const seen: unknown[] = [];
    const runner = aRunner((resource, args) => {
      seen.push([resource, args]);
      return { Payload: { n: 2 }, StatusCode: 200 };
    });
    const state = task({
      Arguments: { FunctionName: FUNCTION, Payload: '{% $states.input %}' },
      Output: '{% $states.result.Payload.n %}',
    });
    expect(await runner.run(single(state), { n: 1 })).toEqual({ status: 'SUCCEEDED', output: 2 });
    expect(seen).toEqual([['lambda:invoke', { FunctionName: FUNCTION, Payload: { n: 1 } }]]);
  });

  it('takes the input for arguments when there are none', async () => {
    const runner = aRunner((resource, args) => ({ resource, args }));
    const state = { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:dynamodb:getItem' };
    const { output } = await runner.run(single(state), { Key: 1 });
    expect(output).toEqual({ resource: 'aws-sdk:dynamodb:getItem', args: { Key: 1 } });
  });

  it('calls a function by its own ARN, with its own events', async () => {
    const runner = aRunner((_, args) => ({ ExecutedVersion: '$LATEST', Payload: { got: args }, StatusCode: 200 }));
    const executionArn = await runner.start(single({ Type: 'Task', Resource: FUNCTION, Arguments: { a: 1 } }));
    expect(runner.outcome(executionArn).output).toEqual({ got: { FunctionName: FUNCTION, Payload: { a: 1 } } });
    expect(runner.types(executionArn).slice(2, 5)).toEqual([
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
    ]);
  });

  it('writes its events as AWS does', async () => {
    const runner = aRunner(() => ({ StatusCode: 200 }));
    const executionArn = await runner.start(single(task({ TimeoutSeconds: '{% 30 + 30 %}' })), { i: 1 });
    const common = { resourceType: 'lambda', resource: 'invoke' };
    const output = { output: '{"StatusCode":200}', outputDetails: { truncated: false } };
    expect(history(runner.machines, executionArn)).toEqual([
      {
        id: 1,
        previousEventId: 0,
        timestamp: START / 1000,
        type: 'ExecutionStarted',
        executionStartedEventDetails: {
          input: '{"i":1}',
          inputDetails: { truncated: false },
          roleArn: 'arn:aws:iam::000000000000:role/workflow',
        },
      },
      {
        id: 2,
        previousEventId: 0,
        timestamp: START / 1000,
        type: 'TaskStateEntered',
        stateEnteredEventDetails: { name: 'Only', input: '{"i":1}', inputDetails: { truncated: false } },
      },
      {
        id: 3,
        previousEventId: 2,
        timestamp: START / 1000,
        type: 'TaskScheduled',
        taskScheduledEventDetails: {
          ...common,
          region: 'eu-west-1',
          parameters: JSON.stringify({ FunctionName: FUNCTION }),
          timeoutInSeconds: 60,
        },
      },
      { id: 4, previousEventId: 3, timestamp: START / 1000, type: 'TaskStarted', taskStartedEventDetails: common },
      {
        id: 5,
        previousEventId: 4,
        timestamp: START / 1000,
        type: 'TaskSucceeded',
        taskSucceededEventDetails: { ...common, ...output },
      },
      {
        id: 6,
        previousEventId: 5,
        timestamp: START / 1000,
        type: 'TaskStateExited',
        stateExitedEventDetails: { name: 'Only', ...output },
      },
      {
        id: 7,
        previousEventId: 6,
        timestamp: START / 1000,
        type: 'ExecutionSucceeded',
        executionSucceededEventDetails: output,
      },
    ]);
  });

  it('fails with the name and cause of the resource', async () => {
    const runner = aRunner(() => fails('Dunning.Contract', '{"errorType":"Dunning.Contract"}'));
    expect(await runner.run(single(task()))).toEqual({
      status: 'FAILED',
      error: 'Dunning.Contract',
      cause: '{"errorType":"Dunning.Contract"}',
    });
  });

  it('takes an error without a name for States.TaskFailed', async () => {
    const runner = aRunner(() => {
      throw new TypeError('broken wiring');
    });
    expect(await runner.run(single(task()))).toEqual({
      status: 'FAILED',
      error: 'States.TaskFailed',
      cause: 'TypeError: broken wiring',
    });
  });
});

describe('Retry and Catch', () => {
  const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 10, MaxAttempts: 2 }];

  it('tries again after the interval, counts each retry as a transition and passes on the count', async () => {
    const { worker, calls } = failing('Busy', 'Busy');
    const runner = aRunner(worker);
    const state = task({ Retry, Output: '{% $states.context.State.RetryCount %}' });
    const executionArn = await runner.start(single(state));
    expect(calls()).toBe(1);
    await runner.clock.advanceTo(START + 10_000);
    expect(calls()).toBe(2);
    await runner.clock.advanceTo(START + 29_999);
    expect(calls()).toBe(2);
    await runner.clock.advanceTo(START + 30_000);
    expect(runner.outcome(executionArn)).toEqual({ status: 'SUCCEEDED', output: 2 });
    expect(runner.machines.transitions(executionArn)).toBe(3);
    expect(runner.events(executionArn)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 TaskStateEntered',
      '3<2 TaskScheduled',
      '4<3 TaskStarted',
      '5<4 TaskFailed',
      '6<5 TaskScheduled',
      '7<6 TaskStarted',
      '8<7 TaskFailed',
      '9<8 TaskScheduled',
      '10<9 TaskStarted',
      '11<10 TaskSucceeded',
      '12<11 TaskStateExited',
      '13<12 ExecutionSucceeded',
    ]);
  });

  it('fails once the attempts are used up', async () => {
    const { worker, calls } = failing('Busy', 'Busy', 'Busy', 'Busy');
    expect(await aRunner(worker).run(single(task({ Retry })))).toMatchObject({ status: 'FAILED', error: 'Busy' });
    expect(calls()).toBe(3);
  });

  it('spreads retries by the injected chance', async () => {
    const { worker } = failing('Busy');
    const runner = aRunner(worker, () => 0.25);
    const executionArn = await runner.start(single(task({ Retry: [{ ...Retry[0], JitterStrategy: 'FULL' }] })));
    await runner.clock.advanceTo(START + 2_499);
    expect(runner.outcome(executionArn).status).toBe('RUNNING');
    await runner.clock.advanceTo(START + 2_500);
    expect(runner.outcome(executionArn).status).toBe('SUCCEEDED');
  });

  it('goes to the first catcher that matches, with its Output and Assign', async () => {
    const runner = aRunner(failing('Busy').worker);
    const { output } = await runner.run(
      {
        StartAt: 'Try',
        States: {
          Try: task({
            Catch: [
              { ErrorEquals: ['Other'], Next: 'Wrong' },
              {
                ErrorEquals: ['States.TaskFailed'],
                Output: "{% $merge([$states.input, {'fault': $states.errorOutput}]) %}",
                Assign: { seen: '{% $states.errorOutput.Error %}' },
                Next: 'Caught',
              },
            ],
            Next: 'Wrong',
          }),
          Wrong: { Type: 'Fail' },
          Caught: { Type: 'Pass', Output: '{% [$states.input, $seen] %}', End: true },
        },
      },
      { id: 1 },
    );
    expect(output).toEqual([{ id: 1, fault: { Error: 'Busy', Cause: 'cause' } }, 'Busy']);
  });

  it('hands the error itself on when the catcher names no Output, and an evaluation can be caught', async () => {
    const state = task({
      Arguments: '{% $nothing %}',
      Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'Caught' }],
      End: undefined,
      Next: 'Caught',
    });
    const { output } = await aRunner().run({
      StartAt: 'Try',
      States: { Try: state, Caught: { Type: 'Pass', End: true } },
    });
    expect(output).toMatchObject({ Error: 'States.QueryEvaluationError' });
  });

  it.each([
    ['States.Runtime', 'States.ALL', 'FAILED'],
    ['States.DataLimitExceeded', 'States.ALL', 'FAILED'],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', 'SUCCEEDED'],
    ['Anything', 'States.ALL', 'SUCCEEDED'],
  ])('an error %s under Catch %s is %s', async (error, name, status) => {
    const runner = aRunner(() => fails(error));
    const Try = task({ Catch: [{ ErrorEquals: [name], Next: 'Caught' }], Next: 'Caught' });
    const outcome = await runner.run({ StartAt: 'Try', States: { Try, Caught: { Type: 'Pass', End: true } } });
    expect(outcome.status).toBe(status);
  });

  it('fails when the catcher itself cannot be evaluated', async () => {
    const Try = task({
      Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $nothing %}', Next: 'Caught' }],
      Next: 'Caught',
    });
    const outcome = await aRunner(failing('Busy').worker).run({
      StartAt: 'Try',
      States: { Try, Caught: { Type: 'Pass', End: true } },
    });
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect(outcome.cause).toContain("field 'Catch[0]/Output'");
  });
});

describe('a task with a token', () => {
  function waiting(fields: object = {}) {
    const tokens: string[] = [];
    const runner = aRunner((_, args: { Token: string }) => {
      tokens.push(args.Token);
      return { Attributes: {} };
    });
    return { runner, tokens, definition: single(tokenTask(fields)) };
  }

  it('ends with the output that is sent', async () => {
    const { runner, tokens, definition } = waiting();
    const executionArn = await runner.start(definition);
    await runner.clock.advanceTo(START + 90 * DAY);
    expect(runner.outcome(executionArn).status).toBe('RUNNING');
    runner.machines.sendTaskSuccess({ taskToken: tokens[0]!, output: '{"paid":true}' });
    await runner.clock.settle();
    expect(runner.outcome(executionArn)).toEqual({ status: 'SUCCEEDED', output: { paid: true } });
    expect(runner.types(executionArn).slice(2, 6)).toEqual([
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
    ]);
    expect(tokens[0]!.length).toBeLessThanOrEqual(1024);
  });

  it('goes on by itself after an answer, without an advance', async () => {
    const { runner, tokens, definition } = waiting();
    const executionArn = await runner.start(definition);
    runner.machines.sendTaskSuccess({ taskToken: tokens[0]!, output: '1' });
    await runner.clock.waitUntilIdle();
    expect(runner.outcome(executionArn).status).toBe('SUCCEEDED');
  });

  it('fails with the error that is sent, also with none', async () => {
    const { runner, tokens, definition } = waiting();
    const executionArn = await runner.start(definition);
    runner.machines.sendTaskFailure({ taskToken: tokens[0]! });
    await runner.clock.settle();
    expect(runner.outcome(executionArn)).toEqual({ status: 'FAILED' });
    expect(history(runner.machines, executionArn).at(-1)?.executionFailedEventDetails).toEqual({});
  });

  it('times out, and a retry gets a new token', async () => {
    const { runner, tokens, definition } = waiting({
      TimeoutSeconds: '{% $states.input.seconds %}',
      Retry: [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 1, MaxAttempts: 1 }],
    });
    const executionArn = await runner.start(definition, { seconds: 60 });
    await runner.clock.advanceTo(START + 61_000);
    expect(tokens).toHaveLength(2);
    expect(tokens[0]).not.toBe(tokens[1]);
    await runner.clock.advanceTo(START + 121_000);
    expect(runner.outcome(executionArn)).toEqual({ status: 'FAILED', error: 'States.Timeout' });
    expect(runner.types(executionArn).filter((type) => type === 'TaskTimedOut')).toHaveLength(2);
  });

  it('stays while heartbeats come and times out when one is missed', async () => {
    const { runner, tokens, definition } = waiting({ HeartbeatSeconds: 30, TimeoutSeconds: 3600 });
    const executionArn = await runner.start(definition);
    for (const second of [29, 58, 87]) {
      await runner.clock.advanceTo(START + second * 1000);
      runner.machines.sendTaskHeartbeat({ taskToken: tokens[0]! });
    }
    await runner.clock.advanceTo(START + 116_999);
    expect(runner.outcome(executionArn).status).toBe('RUNNING');
    await runner.clock.advanceTo(START + 117_000);
    expect(runner.outcome(executionArn)).toEqual({ status: 'FAILED', error: 'States.Timeout' });
    expect(history(runner.machines, executionArn)[2]?.taskScheduledEventDetails).toMatchObject({
      heartbeatInSeconds: 30,
      timeoutInSeconds: 3600,
    });
  });

  it('fails like any task when its call fails, and its token is dead then', async () => {
    const tokens: string[] = [];
    const runner = aRunner((_, args: { Token: string }) => {
      tokens.push(args.Token);
      return fails('DynamoDb.ConditionalCheckFailedException', 'The conditional request failed');
    });
    expect(await runner.run(single(tokenTask()))).toMatchObject({ error: 'DynamoDb.ConditionalCheckFailedException' });
    expect(() => runner.machines.sendTaskHeartbeat({ taskToken: tokens[0]! })).toThrow(
      expect.objectContaining({ name: 'TaskTimedOut' }),
    );
  });

  it.each([
    ['answered', 'TaskTimedOut'],
    ['of a stopped execution', 'TaskTimedOut'],
    ['never issued', 'TaskDoesNotExist'],
    ['malformed', 'InvalidToken'],
  ])('refuses a token %s with %s', async (kind, name) => {
    const { runner, tokens, definition } = waiting();
    const executionArn = await runner.start(definition);
    const [taskToken = ''] = tokens;
    const unissued = taskToken.slice(0, 16) + Buffer.from('99 arn:aws:states').toString('base64');
    if (kind === 'answered') runner.machines.sendTaskSuccess({ taskToken, output: '1' });
    if (kind === 'of a stopped execution') runner.machines.stopExecution({ executionArn });
    const used = { malformed: 'NoSuchTaskToken', 'never issued': unissued }[kind] ?? taskToken;
    const error = expect.objectContaining({ name });
    expect(() => runner.machines.sendTaskSuccess({ taskToken: used, output: '1' })).toThrow(error);
    expect(() => runner.machines.sendTaskFailure({ taskToken: used })).toThrow(error);
    expect(() => runner.machines.sendTaskHeartbeat({ taskToken: used })).toThrow(error);
  });

  it.each(['not json', '', `"${'x'.repeat(262_144)}"`])(
    'refuses an output that is no JSON or too large',
    async (output) => {
      const { runner, tokens, definition } = waiting();
      await runner.start(definition);
      const send = () => runner.machines.sendTaskSuccess({ taskToken: tokens[0]!, output });
      expect(send).toThrow(expect.objectContaining({ name: 'InvalidOutput' }));
      runner.machines.sendTaskHeartbeat({ taskToken: tokens[0]! });
    },
  );
});

describe('a task that takes virtual time', () => {
  /** Answers after a virtual delay, as an injected slowness does. */
  function slow(runner: () => ReturnType<typeof aRunner>, millis: number): Worker {
    return (_, __, running) => {
      running.releaseClock();
      const { clock } = runner();
      return new Promise((resolve) => clock.schedule(clock.now() + millis, () => resolve({ done: true })));
    };
  }

  it.each([
    [59_000, { status: 'SUCCEEDED', output: { done: true } }],
    [61_000, { status: 'FAILED', error: 'States.Timeout' }],
  ])('of %i ms against a timeout of 60 s', async (millis, expected) => {
    const runner: ReturnType<typeof aRunner> = aRunner(
      slow(() => runner, millis),
      seeded(1),
    );
    expect(await runner.run(single(task({ TimeoutSeconds: 60 })))).toEqual(expected);
  });

  it('drops the answer that comes after the timeout', async () => {
    const runner: ReturnType<typeof aRunner> = aRunner(slow(() => runner, 120_000));
    const state = task({
      TimeoutSeconds: 60,
      Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Late' }],
      Next: 'Late',
    });
    const executionArn = await runner.start({
      StartAt: 'Slow',
      States: { Slow: state, Late: { Type: 'Wait', Seconds: 600, End: true } },
    });
    await runner.clock.advanceTo(START + 200_000);
    expect(runner.machines.currentStates(executionArn)).toEqual(['Late']);
    expect(runner.errors).toEqual([]);
  });
});
