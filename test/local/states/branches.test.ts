import { describe, expect, it } from 'vitest';
import { aRunner, fails, history, START, single, task, tokenTask } from './harness.ts';

const waitFor = (Seconds: number, Output: unknown = '{% $states.input %}') => ({
  Type: 'Wait',
  Seconds,
  Output,
  End: true,
});
const lane = (name: string, state: object) => ({ StartAt: name, States: { [name]: { End: true, ...state } } });
const failLane = (name: string, Seconds: number) => ({
  StartAt: `${name} waits`,
  States: {
    [`${name} waits`]: { Type: 'Wait', Seconds, Next: name },
    [name]: { Type: 'Fail', Error: `${name}.Failed`, Cause: 'why' },
  },
});
const parallel = (Branches: object[], fields: object = {}) => ({ Type: 'Parallel', Branches, ...fields });

describe('Parallel', () => {
  it('gives the outputs in the order of the branches, whatever ends first', async () => {
    const runner = aRunner();
    const branches = [lane('Slow', waitFor(20, 'slow')), lane('Fast', waitFor(5, 'fast'))];
    expect(await runner.run(single(parallel(branches)))).toEqual({ status: 'SUCCEEDED', output: ['slow', 'fast'] });
  });

  it('hands its arguments to each branch, and its result to Output', async () => {
    const branches = [lane('A', { Type: 'Pass' }), lane('B', { Type: 'Pass' })];
    const state = parallel(branches, {
      Arguments: { n: '{% $states.input.n + 1 %}' },
      Output: '{% $sum($states.result.n) %}',
    });
    expect((await aRunner().run(single(state), { n: 1 })).output).toBe(4);
  });

  it('counts one transition for itself and one for each state inside', async () => {
    const runner = aRunner();
    const executionArn = await runner.start(
      single(parallel([lane('A', { Type: 'Pass' }), lane('B', { Type: 'Pass' })])),
    );
    expect(runner.machines.transitions(executionArn)).toBe(3);
    expect(runner.events(executionArn)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 ParallelStateEntered',
      '3<2 ParallelStateStarted',
      '4<3 PassStateEntered',
      '5<3 PassStateEntered',
      '6<4 PassStateExited',
      '7<5 PassStateExited',
      '8<7 ParallelStateSucceeded',
      '9<7 ParallelStateExited',
      '10<9 ExecutionSucceeded',
    ]);
  });

  it('fails with the first branch that fails, and gives up the others', async () => {
    const runner = aRunner();
    const executionArn = await runner.start(
      single(parallel([failLane('B', 5), lane('Long', waitFor(86_400)), failLane('C', 7)])),
    );
    await runner.clock.advanceTo(START + 5_000);
    expect(runner.outcome(executionArn)).toEqual({ status: 'FAILED', error: 'B.Failed', cause: 'why' });
    expect(runner.types(executionArn).slice(-5)).toEqual([
      'FailStateEntered',
      'WaitStateAborted',
      'WaitStateAborted',
      'ParallelStateFailed',
      'ExecutionFailed',
    ]);
    expect(await runner.clock.advanceTo(START + 100_000_000)).toBe(0);
  });

  it('starts all branches anew on a retry, which is one transition more', async () => {
    const runner = aRunner();
    const Retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 2 }];
    const bad = { StartAt: 'Bad', States: { Bad: { Type: 'Fail', Error: 'E', Cause: 'c' } } };
    const executionArn = await runner.start(single(parallel([bad], { Retry })));
    await runner.clock.advanceTo(START + 10_000);
    expect(runner.events(executionArn)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 ParallelStateEntered',
      '3<2 ParallelStateStarted',
      '4<3 FailStateEntered',
      '5<4 ParallelStateStarted',
      '6<5 FailStateEntered',
      '7<6 ParallelStateStarted',
      '8<7 FailStateEntered',
      '9<8 ParallelStateFailed',
      '10<9 ExecutionFailed',
    ]);
    expect(runner.machines.transitions(executionArn)).toBe(6);
  });

  it('hands the error to its catcher', async () => {
    const runner = aRunner();
    const state = {
      ...parallel([failLane('B', 1)], { Catch: [{ ErrorEquals: ['B.Failed'], Next: 'Caught' }], Next: 'Caught' }),
    };
    const { output } = await runner.run({
      StartAt: 'Both',
      States: { Both: state, Caught: { Type: 'Pass', End: true } },
    });
    expect(output).toEqual({ Error: 'B.Failed', Cause: 'why' });
  });

  it('gives up what runs inside the branches of its branches', async () => {
    const tokens: string[] = [];
    const runner = aRunner((_, args: { Token: string }) => {
      tokens.push(args.Token);
      return {};
    });
    const inner = lane('Inner', parallel([lane('Listen', tokenTask()), lane('Sleep', waitFor(999))]));
    const executionArn = await runner.start(single(parallel([inner, failLane('B', 60)])));
    expect(runner.machines.currentStates(executionArn)).toEqual(['Listen', 'Sleep', 'B waits']);
    await runner.clock.advanceTo(START + 60_000);
    expect(runner.types(executionArn).slice(-6)).toEqual([
      'FailStateEntered',
      'TaskStateAborted',
      'WaitStateAborted',
      'ParallelStateAborted',
      'ParallelStateFailed',
      'ExecutionFailed',
    ]);
    expect(() => runner.machines.sendTaskHeartbeat({ taskToken: tokens[0]! })).toThrow(
      expect.objectContaining({ name: 'TaskTimedOut' }),
    );
    expect(runner.machines.currentStates(executionArn)).toEqual([]);
  });

  it('takes the first error when branches fail at the same instant', async () => {
    const runner = aRunner();
    const executionArn = await runner.start(single(parallel([failLane('B', 5), failLane('C', 5)])));
    await runner.clock.advanceTo(START + 5_000);
    expect(runner.outcome(executionArn).error).toBe('B.Failed');
    expect(runner.types(executionArn).filter((type) => type.startsWith('Execution'))).toEqual([
      'ExecutionStarted',
      'ExecutionFailed',
    ]);
  });

  it('drops the result of a task of a branch that lost, and does not stop its work', async () => {
    const isDone = { value: false };
    const release = Promise.withResolvers<void>();
    const runner = aRunner(async () => {
      await release.promise;
      isDone.value = true;
      return {};
    });
    const bad = { StartAt: 'Bad', States: { Bad: { Type: 'Fail', Error: 'E' } } };
    const starting = runner.start(single(parallel([lane('Work', task()), bad])));
    release.resolve();
    const executionArn = await starting;
    expect(isDone.value).toBe(true);
    expect(runner.outcome(executionArn)).toEqual({ status: 'FAILED', error: 'E' });
    expect(runner.types(executionArn)).not.toContain('TaskSucceeded');
    expect(runner.errors).toEqual([]);
  });
});

describe('Map', () => {
  const map = (processor: object, fields: object = {}) => ({ Type: 'Map', ItemProcessor: processor, ...fields });

  it.each<[object, unknown, unknown]>([
    [{}, ['a', 'b'], ['a', 'b']],
    [{}, [], []],
    [{ Items: '{% $states.input.list %}' }, { list: [1, 2] }, [1, 2]],
    [{ Items: ['{% $states.input.n %}', 5] }, { n: 4 }, [4, 5]],
    [
      { ItemSelector: '{% [$states.context.Map.Item.Index, $states.context.Map.Item.Value] %}' },
      ['x', 'y'],
      [
        [0, 'x'],
        [1, 'y'],
      ],
    ],
    [{ Output: '{% $count($states.result) %}' }, [1, 2, 3], 3],
  ])('with %j over %j gives %j', async (fields, input, expected) => {
    const outcome = await aRunner().run(single(map(lane('Each', { Type: 'Pass' }), fields)), input as never);
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: expected });
  });

  it('shows the item to the states inside', async () => {
    const processor = lane('Each', { Type: 'Pass', Output: '{% $states.context.Map.Item %}' });
    expect((await aRunner().run(single(map(processor)), ['x'])).output).toEqual([{ Index: 0, Value: 'x' }]);
  });

  it.each<[unknown, number[]]>([
    [1, [10, 20, 30, 40]],
    ['{% 2 %}', [10, 10, 20, 20]],
    [0, [10, 10, 10, 10]],
  ])('with MaxConcurrency %j ends its items after %j s', async (MaxConcurrency, expected) => {
    const ended: number[] = [];
    const runner = aRunner(() => {
      ended.push((runner.clock.now() - START) / 1000);
      return {};
    });
    const processor = {
      StartAt: 'Wait',
      States: { Wait: { Type: 'Wait', Seconds: 10, Next: 'Note' }, Note: task({ End: true }) },
    };
    await runner.run(single(map(processor, { MaxConcurrency })), [1, 2, 3, 4]);
    expect(ended).toEqual(expected);
  });

  it('runs at most 40 items at a time, the limit of an inline map', async () => {
    const runner = aRunner();
    const executionArn = await runner.start(
      single(map(lane('Each', waitFor(10)))),
      Array.from({ length: 50 }, (_, n) => n),
    );
    expect(runner.machines.currentStates(executionArn)).toHaveLength(40);
  });

  it('writes its iterations into the history as AWS does', async () => {
    const runner = aRunner();
    const executionArn = await runner.start(single(map(lane('Each', { Type: 'Pass' }), { MaxConcurrency: 1 })), [1, 2]);
    expect(runner.events(executionArn)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 MapStateEntered',
      '3<2 MapStateStarted',
      '4<3 MapIterationStarted',
      '5<4 PassStateEntered',
      '6<5 PassStateExited',
      '7<6 MapIterationSucceeded',
      '8<6 MapIterationStarted',
      '9<8 PassStateEntered',
      '10<9 PassStateExited',
      '11<10 MapIterationSucceeded',
      '12<11 MapStateSucceeded',
      '13<11 MapStateExited',
      '14<13 ExecutionSucceeded',
    ]);
    const events = history(runner.machines, executionArn);
    expect(events[2]?.mapStateStartedEventDetails).toEqual({ length: 2 });
    expect(events[7]?.mapIterationStartedEventDetails).toEqual({ name: 'Only', index: 1 });
    expect(runner.machines.transitions(executionArn)).toBe(3);
  });

  it('fails with its first item that fails, and gives up the others', async () => {
    const processor = lane(
      'Each',
      tokenTask({ Arguments: { n: '{% $states.input %}', Token: '{% $states.context.Task.Token %}' } }),
    );
    const runner = aRunner((_, args: { n: number }) => (args.n === 2 ? fails('Odd') : {}));
    const executionArn = await runner.start(single(map(processor)), [1, 2, 3]);
    expect(runner.outcome(executionArn)).toEqual({ status: 'FAILED', error: 'Odd' });
    const types = runner.types(executionArn);
    expect(types.slice(types.indexOf('TaskFailed') + 1)).toEqual([
      'MapIterationAborted',
      'TaskStateAborted',
      'MapIterationFailed',
      'TaskStateAborted',
      'MapIterationAborted',
      'TaskStateAborted',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
  });

  it.each([
    [
      { Items: '{% 1 %}' },
      "The JSONata expression '1' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was 'number' for value: 1",
    ],
    [{}, 'Map state input must be an array but was: {}'],
  ])('refuses items that are no list: %j', async (fields, message) => {
    const runner = aRunner();
    const executionArn = await runner.start(single(map(lane('Each', { Type: 'Pass' }), fields)));
    const { error, cause } = runner.outcome(executionArn);
    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toContain(message);
    expect(runner.events(executionArn).slice(2)).toEqual([
      '3<0 EvaluationFailed',
      '4<3 MapStateFailed',
      '5<4 ExecutionFailed',
    ]);
  });
});
