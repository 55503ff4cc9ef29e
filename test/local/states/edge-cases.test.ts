import { describe, expect, it } from 'vitest';
import { aRunner, create, DAY, FUNCTION, fails, history, START, single, task, tokenTask } from './harness.ts';

const named = (name: string) => expect.objectContaining({ name });
const lane = (name: string, state: object) => ({ StartAt: name, States: { [name]: { End: true, ...state } } });
const sleep = (Seconds: number) => ({ Type: 'Wait', Seconds });
const failAfter = (Seconds: number, name = 'Bad') => ({
  StartAt: `${name} wait`,
  States: { [`${name} wait`]: { Type: 'Wait', Seconds, Next: name }, [name]: { Type: 'Fail', Error: 'Bad' } },
});

/** A runner whose token tasks leave their tokens behind, newest last. */
function listening() {
  const tokens: string[] = [];
  const runner = aRunner((_, args: { Token?: string }) => {
    if (args.Token !== undefined) tokens.push(args.Token);
    return {};
  });
  return { tokens, ...runner };
}

describe('what runs in branches', () => {
  it('keeps no retry waiting once its branch has lost', async () => {
    let calls = 0;
    const runner = aRunner(() => {
      calls += 1;
      return fails('Busy');
    });
    const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 100 }];
    const branches = [lane('Retrying', task({ Retry })), failAfter(50)];
    const executionArn = await runner.start(single({ Type: 'Parallel', Branches: branches }));
    expect(await runner.clock.advanceTo(START + DAY)).toBe(1);
    expect(calls).toBe(1);
    expect(runner.outcome(executionArn)).toEqual({ status: 'FAILED', error: 'Bad' });
    expect(runner.machines.transitions(executionArn)).toBe(4);
  });

  it('ends by the failure of a sibling when an answer comes in the same turn', async () => {
    const runner = listening();
    const executionArn = await runner.start(
      single({ Type: 'Parallel', Branches: [lane('Listen', tokenTask()), failAfter(10)] }),
    );
    runner.clock.schedule(START + 10_000, () =>
      runner.machines.sendTaskSuccess({ taskToken: runner.tokens[0]!, output: '1' }),
    );
    await runner.clock.advanceTo(START + 10_000);
    expect(runner.outcome(executionArn)).toEqual({ status: 'FAILED', error: 'Bad' });
    expect(runner.types(executionArn).at(-1)).toBe('ExecutionFailed');
    expect(runner.errors).toEqual([]);
  });

  it.each([
    ['fails too', { Type: 'Fail', Error: 'Late' }, 'FailStateEntered'],
    ['succeeds', { Type: 'Succeed' }, 'SucceedStateEntered'],
  ])('links the history to the branch that failed first when another %s in that turn', async (_, last, type) => {
    const other = { StartAt: 'Other wait', States: { 'Other wait': { ...sleep(10), Next: 'Other' }, Other: last } };
    const runner = aRunner();
    const executionArn = await runner.start({
      StartAt: 'Both',
      States: {
        Both: {
          Type: 'Parallel',
          Branches: [failAfter(10), other],
          Catch: [{ ErrorEquals: ['Bad'], Next: 'Caught' }],
          Next: 'Caught',
        },
        Caught: { ...sleep(0), End: true },
      },
    });
    await runner.clock.advanceTo(START + 10_000);
    const lines = runner.events(executionArn);
    const failed = Number(lines.find((line) => line.endsWith('FailStateEntered'))?.split('<')[0]);
    const given = Number(lines.find((line) => line.endsWith('ParallelStateFailed'))?.split('<')[0]);
    expect(lines.filter((line) => line.endsWith(type)).length).toBeGreaterThan(0);
    expect(lines).toContain(`${given}<${failed} ParallelStateFailed`);
    expect(lines).toContain(`${given + 1}<${given} ParallelStateExited`);
    expect(lines).toContain(`${given + 2}<${given + 1} WaitStateEntered`);
    expect(lines).toContain(`${given + 3}<${given + 2} WaitStateExited`);
  });

  it('ends all with the execution when it times out', async () => {
    const runner = listening();
    const definition = single({
      Type: 'Parallel',
      Branches: [lane('Listen', tokenTask()), lane('Sleep', sleep(9999))],
    });
    const executionArn = await runner.start({ ...definition, TimeoutSeconds: 30 });
    await runner.clock.advanceTo(START + 30_000);
    expect(runner.outcome(executionArn)).toEqual({ status: 'TIMED_OUT' });
    expect(() => runner.machines.sendTaskHeartbeat({ taskToken: runner.tokens[0]! })).toThrow(named('TaskTimedOut'));
    expect(await runner.clock.advanceTo(START + DAY)).toBe(0);
  });

  it('ends all with the execution when it is stopped', async () => {
    const runner = listening();
    const executionArn = await runner.start(
      single({ Type: 'Map', Items: [1, 2], ItemProcessor: lane('Listen', tokenTask()) }),
    );
    runner.machines.stopExecution({ executionArn });
    expect(runner.machines.currentStates(executionArn)).toEqual([]);
    for (const taskToken of runner.tokens) {
      expect(() => runner.machines.sendTaskSuccess({ taskToken, output: '1' })).toThrow(named('TaskTimedOut'));
    }
    expect(runner.types(executionArn).at(-1)).toBe('ExecutionAborted');
  });

  it.each([
    ['Parallel', (graph: object) => ({ Type: 'Parallel', Branches: [graph, lane('Sleep', sleep(60))] })],
    ['Map', (graph: object) => ({ Type: 'Map', Items: [1, 2], ItemProcessor: graph })],
  ])('fails the whole execution when the history fills up inside a %s', async (_, around) => {
    const loop = {
      StartAt: 'Loop',
      States: { Loop: { Type: 'Choice', Choices: [{ Condition: true, Next: 'Loop' }], Default: 'Loop' } },
    };
    const runner = aRunner();
    const executionArn = await runner.start(
      single({ ...around(loop), Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Only' }] }),
    );
    expect(runner.outcome(executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(history(runner.machines, executionArn)).toHaveLength(25_000);
    expect(runner.errors).toEqual([]);
  });

  it('catches no States.Runtime of a branch', async () => {
    const lost = {
      StartAt: 'Lost',
      States: { Lost: { Type: 'Choice', Choices: [{ Condition: false, Next: 'Never' }] }, Never: { Type: 'Succeed' } },
    };
    const definition = {
      StartAt: 'Both',
      States: {
        Both: {
          Type: 'Parallel',
          Branches: [lost],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
          Next: 'Caught',
        },
        Caught: { Type: 'Succeed' },
      },
    };
    expect(await aRunner().run(definition)).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('nests a Map in a Parallel in a Map, each item seeing its own', async () => {
    const item = '{% $states.context.Map.Item.Value %}';
    const inner = { Type: 'Map', Items: ['x', 'y'], ItemProcessor: lane('Inner', { Type: 'Pass', Output: item }) };
    const both = { Type: 'Parallel', Branches: [lane('In', inner), lane('Own', { Type: 'Pass', Output: item })] };
    const outer = { Type: 'Map', Items: [1, 2], ItemProcessor: lane('Both', both) };
    expect((await aRunner().run(single(outer))).output).toEqual([
      [['x', 'y'], 1],
      [['x', 'y'], 2],
    ]);
  });

  it('keeps variables of one iteration from the others', async () => {
    const processor = {
      StartAt: 'Look',
      States: {
        Look: {
          Type: 'Pass',
          Assign: { seen: '{% $states.input %}' },
          Output: '{% $exists($seen) %}',
          Next: 'Again',
        },
        Again: { Type: 'Pass', Output: '{% [$states.input, $seen] %}', End: true },
      },
    };
    const outcome = await aRunner().run(
      single({ Type: 'Map', Items: [7, 8], MaxConcurrency: 1, ItemProcessor: processor }),
    );
    expect(outcome.output).toEqual([
      [false, 7],
      [false, 8],
    ]);
  });
});

describe('a Map that fails', () => {
  it('starts all items anew on a retry, with the items as they are then', async () => {
    let calls = 0;
    const runner = aRunner(() => {
      calls += 1;
      return calls === 2 ? fails('Busy') : { n: calls };
    });
    const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 5, MaxAttempts: 1 }];
    const Items = '{% [$states.context.State.RetryCount, 10] %}';
    const processor = lane('Each', task({ Output: '{% $states.context.Map.Item.Value %}' }));
    const executionArn = await runner.start(
      single({ Type: 'Map', Items, MaxConcurrency: 1, ItemProcessor: processor, Retry }),
    );
    await runner.clock.advanceTo(START + 5_000);
    expect(runner.outcome(executionArn)).toEqual({ status: 'SUCCEEDED', output: [1, 10] });
    expect(runner.types(executionArn).filter((type) => type === 'MapStateStarted')).toHaveLength(2);
    expect(runner.types(executionArn)).not.toContain('MapStateFailed');
    expect(runner.machines.transitions(executionArn)).toBe(6);
  });

  it('hands the error to its catcher after saying that it failed', async () => {
    const runner = aRunner(() => fails('Busy', 'why'));
    const Catch = [{ ErrorEquals: ['Busy'], Next: 'Caught' }];
    const state = { Type: 'Map', Items: [1], ItemProcessor: lane('Each', task()), Catch, Next: 'Caught' };
    const executionArn = await runner.start({
      StartAt: 'All',
      States: { All: state, Caught: { Type: 'Pass', End: true } },
    });
    expect(runner.outcome(executionArn).output).toEqual({ Error: 'Busy', Cause: 'why' });
    expect(runner.events(executionArn).slice(7, 13)).toEqual([
      '8<7 TaskFailed',
      '9<8 MapIterationFailed',
      '10<8 TaskStateAborted',
      '11<8 MapStateFailed',
      '12<11 MapStateExited',
      '13<12 PassStateEntered',
    ]);
  });

  it.each(['{% -1 %}', "{% 'x' %}", '{% 1.5 %}'])('refuses MaxConcurrency %s', async (MaxConcurrency) => {
    const state = { Type: 'Map', Items: [1], ItemProcessor: lane('Each', { Type: 'Pass' }), MaxConcurrency };
    const outcome = await aRunner().run(single(state));
    expect(outcome.cause).toContain("field 'MaxConcurrency' returned an unexpected result type");
  });
});

describe('tasks', () => {
  it('show their token, and the count of retries, in the context of the arguments only', async () => {
    const seen: unknown[] = [];
    const runner = aRunner((_, args: { context: { State: object; Task?: object } }) => {
      seen.push([args.context.State, Object.keys(args.context.Task ?? {})]);
      return seen.length === 1 ? fails('Busy') : {};
    });
    const state = tokenTask({
      Arguments: { context: '{% $states.context %}' },
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 60 }],
      TimeoutSeconds: 1,
      Catch: [{ ErrorEquals: ['States.Timeout'], Output: '{% $exists($states.context.Task) %}', Next: 'Late' }],
      End: undefined,
      Next: 'Late',
    });
    const { output } = await runner.run({ StartAt: 'Ask', States: { Ask: state, Late: { Type: 'Pass', End: true } } });
    const EnteredTime = '2026-01-05T08:00:00.000Z';
    expect(seen).toEqual([
      [{ EnteredTime, Name: 'Ask', RetryCount: 0 }, ['Token']],
      [{ EnteredTime, Name: 'Ask', RetryCount: 1 }, ['Token']],
    ]);
    expect(output).toBe(false);
  });

  it('are submitted before they are answered, even when the answer comes first', async () => {
    const answered = Promise.withResolvers<void>();
    const runner = aRunner(async (_, args: { Token: string }) => {
      runner.machines.sendTaskFailure({ taskToken: args.Token, error: 'Early' });
      runner.clock.schedule(runner.clock.now(), () => answered.resolve());
      await answered.promise;
      await new Promise((resolve) => setImmediate(resolve));
      return {};
    });
    const executionArn = await runner.start(single(tokenTask()));
    expect(runner.types(executionArn).slice(3)).toEqual([
      'TaskStarted',
      'TaskSubmitted',
      'TaskFailed',
      'ExecutionFailed',
    ]);
  });

  it('are not submitted any more when their call returns after the timeout', async () => {
    const runner: ReturnType<typeof aRunner> = aRunner((_, __, running) => {
      running.releaseClock();
      return new Promise((resolve) => runner.clock.schedule(START + 60_000, () => resolve({})));
    });
    const Ask = tokenTask({ TimeoutSeconds: 5, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Late' }], Next: 'Late' });
    const executionArn = await runner.start({
      StartAt: 'Ask',
      States: { Ask, Late: { ...sleep(600), End: true } },
    });
    await runner.clock.advanceTo(START + 100_000);
    expect(runner.types(executionArn)).not.toContain('TaskSubmitted');
    expect(runner.machines.currentStates(executionArn)).toEqual(['Late']);
  });

  it('take heartbeats for nothing when they have no HeartbeatSeconds', async () => {
    const runner = listening();
    const executionArn = await runner.start(single(tokenTask()));
    runner.machines.sendTaskHeartbeat({ taskToken: runner.tokens[0]! });
    await runner.clock.advanceTo(START + 100 * DAY);
    expect(runner.outcome(executionArn).status).toBe('RUNNING');
  });

  it.each(['{% 0 %}', '{% -5 %}', "{% '60' %}", '{% 1.5 %}'])('refuse TimeoutSeconds %s', async (TimeoutSeconds) => {
    const runner = aRunner();
    const executionArn = await runner.start(single(task({ TimeoutSeconds })));
    expect(runner.outcome(executionArn).error).toBe('States.QueryEvaluationError');
    expect(runner.types(executionArn)).not.toContain('TaskScheduled');
  });

  it('fail over 256 KiB before the result is passed on, which the history tells', async () => {
    const runner = aRunner(() => ({ big: 'x'.repeat(262_144) }));
    const executionArn = await runner.start(single(task()));
    expect(history(runner.machines, executionArn)[4]).toMatchObject({
      type: 'TaskFailed',
      taskFailedEventDetails: {
        error: 'States.DataLimitExceeded',
        cause:
          "The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes service limit.",
      },
    });
  });

  it.each([undefined, null])('take a result of %s for null', async (result) => {
    const state = { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:dynamodb:putItem' };
    expect(await aRunner(() => result).run(single(state))).toEqual({ status: 'SUCCEEDED', output: null });
  });

  it('fail by their own ARN with the events of a function', async () => {
    const runner = aRunner(() => fails('Dunning.Contract', 'bad'));
    const executionArn = await runner.start(single({ Type: 'Task', Resource: FUNCTION }));
    expect(history(runner.machines, executionArn)[4]).toMatchObject({
      type: 'LambdaFunctionFailed',
      lambdaFunctionFailedEventDetails: { error: 'Dunning.Contract', cause: 'bad' },
    });
  });

  it('time out by their own ARN with the events of a function', async () => {
    const runner = aRunner((_, __, running) => {
      running.releaseClock();
      return new Promise(() => undefined);
    });
    const executionArn = await runner.start(single({ Type: 'Task', Resource: FUNCTION, TimeoutSeconds: 5 }));
    await runner.clock.advanceTo(START + 5_000);
    expect(runner.types(executionArn).slice(-2)).toEqual(['LambdaFunctionTimedOut', 'ExecutionFailed']);
  });
});

describe('many executions', () => {
  it('wake at the same instant in the order in which they began to wait', async () => {
    const woken: string[] = [];
    const runner = aRunner((_, args: { name: string }) => {
      woken.push(args.name);
      return {};
    });
    const note = task({ Arguments: { name: '{% $states.context.Execution.Name %}' }, End: true });
    const { stateMachineArn } = create(runner.machines, {
      StartAt: 'Wait',
      States: { Wait: { Type: 'Wait', Timestamp: '2026-02-01T08:00:00Z', Next: 'Note' }, Note: note },
    });
    const names = Array.from({ length: 300 }, (_, n) => `case-${n}`);
    for (const name of names) runner.machines.startExecution({ stateMachineArn, name });
    await runner.clock.advanceTo(Date.parse('2026-02-01T08:00:00Z'));
    expect(woken).toEqual(names);
    const { executions } = runner.machines.listExecutions({
      stateMachineArn,
      statusFilter: 'SUCCEEDED',
      maxResults: 1000,
    });
    expect(executions).toHaveLength(300);
  });

  it('keep the definition they started with, each its own variables', async () => {
    const runner = aRunner();
    const { stateMachineArn } = create(runner.machines, {
      StartAt: 'Set',
      States: {
        Set: { Type: 'Pass', Assign: { id: '{% $states.input.id %}' }, Next: 'Sleep' },
        Sleep: { Type: 'Wait', Seconds: 60, Output: '{% $id %}', End: true },
      },
    });
    const arns = [1, 2, 3].map(
      (id) =>
        runner.machines.startExecution({ stateMachineArn, name: `run-${id}`, input: JSON.stringify({ id }) })
          .executionArn,
    );
    await runner.clock.advanceTo(START + 60_000);
    expect(arns.map((arn) => runner.outcome(arn).output)).toEqual([1, 2, 3]);
  });
});
