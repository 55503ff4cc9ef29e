import { describe, expect, it } from 'vitest';
import { HISTORY_EVENTS_MAX } from '../../../lib/local/states/history.ts';
import { aRunner, create, DAY, history, ROLE, START, single, task } from './harness.ts';

const WAIT_ONE_DAY = single({ Type: 'Wait', Seconds: 86_400 });
const named = (name: string) => expect.objectContaining({ name });

describe('createStateMachine', () => {
  it('gives the same machine for the same definition and refuses another under its name', () => {
    const { machines } = aRunner();
    const first = create(machines, WAIT_ONE_DAY);
    expect(first.stateMachineArn).toBe('arn:aws:states:eu-west-1:000000000000:stateMachine:machine');
    expect(create(machines, WAIT_ONE_DAY)).toEqual(first);
    expect(() => create(machines, single({ Type: 'Pass' }))).toThrow(named('StateMachineAlreadyExists'));
  });

  it.each(['', 'a b', 'a/b', 'a:b', 'x'.repeat(81), 'a\nb', 'a#b', 'a&b'])('refuses the name %j', (name) => {
    expect(() => create(aRunner().machines, WAIT_ONE_DAY, name)).toThrow(named('InvalidName'));
  });

  it('lists and describes machines', () => {
    const { machines } = aRunner();
    create(machines, WAIT_ONE_DAY, 'b');
    create(machines, WAIT_ONE_DAY, 'a');
    const { stateMachines, nextToken } = machines.listStateMachines({ maxResults: 1 });
    expect(stateMachines.map(({ name }) => name)).toEqual(['a']);
    const second = machines.listStateMachines({ nextToken: nextToken! });
    expect(second.stateMachines.map(({ name }) => name)).toEqual(['b']);
    expect(second.nextToken).toBeUndefined();
    expect(machines.describeStateMachine(stateMachines[0]!.stateMachineArn)).toMatchObject({
      name: 'a',
      roleArn: ROLE,
    });
  });
});

describe('startExecution', () => {
  function ready() {
    const runner = aRunner();
    const { stateMachineArn } = create(runner.machines, WAIT_ONE_DAY);
    const begin = (name: string, input?: string) =>
      runner.machines.startExecution({ stateMachineArn, name, ...(input !== undefined && { input }) });
    return { ...runner, stateMachineArn, begin };
  }

  it('is the same execution for the same name and input while it runs', async () => {
    const { begin, clock, machines } = ready();
    const first = begin('one', '{"a":1}');
    await clock.advanceTo(START + 1000);
    expect(begin('one', '{"a":1}')).toEqual(first);
    await clock.settle();
    expect(machines.transitions(first.executionArn)).toBe(1);
  });

  it('refuses another input under a running name', () => {
    const { begin } = ready();
    begin('one', '{"a":1}');
    expect(() => begin('one', '{"a":2}')).toThrow(named('ExecutionAlreadyExists'));
  });

  it('keeps the name of a closed execution for 90 days', async () => {
    const { begin, clock, machines } = ready();
    const { executionArn } = begin('one');
    await clock.advanceTo(START + 2 * DAY);
    expect(machines.describeExecution(executionArn).status).toBe('SUCCEEDED');
    await clock.advanceTo(START + 91 * DAY - 1);
    expect(() => begin('one')).toThrow(named('ExecutionAlreadyExists'));
    await clock.advanceTo(START + 91 * DAY);
    expect(begin('one')).toEqual({ executionArn, startDate: (START + 91 * DAY) / 1000 });
    expect(machines.describeExecution(executionArn).status).toBe('RUNNING');
  });

  it('names an execution itself when no name is given', () => {
    const { machines, stateMachineArn } = ready();
    const [a, b] = [machines.startExecution({ stateMachineArn }), machines.startExecution({ stateMachineArn })];
    expect(a.executionArn).toMatch(/:execution:machine:[0-9a-f-]{36}$/);
    expect(b.executionArn).not.toBe(a.executionArn);
  });

  it.each([
    ['not json', 'InvalidExecutionInput'],
    ['', 'InvalidExecutionInput'],
    [`"${'x'.repeat(262_143)}"`, 'InvalidExecutionInput'],
  ])('refuses a bad input', (input, name) => {
    expect(() => ready().begin('one', input)).toThrow(named(name));
  });

  it.each([
    ['nonsense', 'InvalidArn'],
    ['arn:aws:states:eu-west-1:000000000000:execution:machine:run', 'InvalidArn'],
    ['arn:aws:states:eu-west-1:000000000000:stateMachine:other', 'StateMachineDoesNotExist'],
  ])('refuses the machine %s with %s', (stateMachineArn, name) => {
    expect(() => ready().machines.startExecution({ stateMachineArn })).toThrow(named(name));
    expect(() => ready().machines.listExecutions({ stateMachineArn })).toThrow(named(name));
  });

  it('lists executions newest first, by status and in pages that hold while new ones start', async () => {
    const { begin, clock, machines, stateMachineArn } = ready();
    for (const name of ['a', 'b', 'c']) {
      begin(name);
      await clock.advanceTo(clock.now() + 43_200_000);
    }
    const list = (request: object) => machines.listExecutions({ stateMachineArn, ...request });
    expect(list({}).executions.map(({ name, status }) => [name, status])).toEqual([
      ['c', 'RUNNING'],
      ['b', 'SUCCEEDED'],
      ['a', 'SUCCEEDED'],
    ]);
    expect(list({ statusFilter: 'SUCCEEDED' }).executions.map(({ name }) => name)).toEqual(['b', 'a']);
    const first = list({ maxResults: 2 });
    begin('d');
    expect(list({ maxResults: 2, nextToken: first.nextToken }).executions.map(({ name }) => name)).toEqual(['a']);
    expect(() => list({ nextToken: 'xx' })).toThrow(named('InvalidToken'));
    expect(() => list({ maxResults: 1001 })).toThrow(named('ValidationException'));
  });
});

describe('stopExecution', () => {
  it('aborts a running execution with its reason and stops its timers', async () => {
    const { clock, machines, events } = aRunner();
    const { stateMachineArn } = create(machines, WAIT_ONE_DAY);
    const { executionArn } = machines.startExecution({ stateMachineArn, name: 'run' });
    await clock.advanceTo(START + 5000);
    expect(machines.stopExecution({ executionArn, error: 'Enough', cause: 'why' })).toEqual({
      stopDate: (START + 5000) / 1000,
    });
    expect(machines.describeExecution(executionArn)).toMatchObject({
      status: 'ABORTED',
      error: 'Enough',
      cause: 'why',
    });
    expect(events(executionArn)).toEqual(['1<0 ExecutionStarted', '2<0 WaitStateEntered', '3<0 ExecutionAborted']);
    expect(await clock.advanceTo(START + 400 * DAY)).toBe(0);
  });

  it('leaves a closed execution as it is', async () => {
    const runner = aRunner();
    const executionArn = await runner.start(single({ Type: 'Pass' }));
    await runner.clock.advanceTo(START + 1000);
    expect(runner.machines.stopExecution({ executionArn, error: 'Late' })).toEqual({ stopDate: START / 1000 });
    expect(runner.outcome(executionArn).status).toBe('SUCCEEDED');
  });

  it('stops an execution whose task is at work, and drops what the task yields', async () => {
    const release = Promise.withResolvers<void>();
    const called = Promise.withResolvers<void>();
    const runner = aRunner(async () => {
      called.resolve();
      await release.promise;
      return {};
    });
    const starting = runner.start(single(task()));
    await called.promise;
    const executionArn = 'arn:aws:states:eu-west-1:000000000000:execution:machine:run';
    runner.machines.stopExecution({ executionArn });
    release.resolve();
    await starting;
    expect(runner.types(executionArn).at(-1)).toBe('ExecutionAborted');
    expect(runner.outcome(executionArn)).toEqual({ status: 'ABORTED' });
  });
});

describe('limits', () => {
  it('times an execution out after its TimeoutSeconds', async () => {
    const runner = aRunner();
    const executionArn = await runner.start({ ...WAIT_ONE_DAY, TimeoutSeconds: 60 });
    await runner.clock.advanceTo(START + DAY);
    expect(runner.outcome(executionArn)).toEqual({ status: 'TIMED_OUT' });
    expect(runner.events(executionArn).at(-1)).toBe('3<0 ExecutionTimedOut');
    expect(runner.machines.describeExecution(executionArn).stopDate).toBe(START / 1000 + 60);
  });

  it('times an execution out after a year', async () => {
    const runner = aRunner();
    const executionArn = await runner.start(single({ Type: 'Wait', Timestamp: '2028-01-01T00:00:00Z' }));
    await runner.clock.advanceTo(START + 365 * DAY - 1);
    expect(runner.outcome(executionArn).status).toBe('RUNNING');
    await runner.clock.advanceTo(START + 365 * DAY);
    expect(runner.outcome(executionArn).status).toBe('TIMED_OUT');
  });

  it('fails an execution whose history is full, with the failure as its last event', async () => {
    const runner = aRunner();
    const executionArn = await runner.start({
      StartAt: 'Loop',
      States: { Loop: { Type: 'Choice', Choices: [{ Condition: true, Next: 'Loop' }], Default: 'Loop' } },
    });
    expect(runner.outcome(executionArn)).toEqual({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'The execution reached the maximum number of history events (25000).',
    });
    expect(runner.events(executionArn).slice(-2)).toEqual([
      '24999<24998 ChoiceStateExited',
      '25000<24999 ExecutionFailed',
    ]);
    expect(history(runner.machines, executionArn)).toHaveLength(HISTORY_EVENTS_MAX);
  });

  it.each([
    ['an output', { Type: 'Pass', Output: "{% $pad('x', 270000, 'y') %}" }],
    ['a result', task()],
    ['arguments', task({ Arguments: "{% $pad('x', 270000, 'y') %}" })],
    ['variables', { Type: 'Pass', Assign: { v: "{% $pad('x', 270000, 'y') %}" } }],
  ])('fails over 256 KiB in %s', async (_, state) => {
    const outcome = await aRunner(() => ({ big: 'é'.repeat(131_100) })).run(single(state));
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    expect(outcome.cause).toContain('exceeding the maximum number of bytes service limit');
  });

  it('carries exactly 256 KiB', async () => {
    const text = 'x'.repeat(262_144 - 2);
    expect(await aRunner().run(single({ Type: 'Pass' }), text)).toEqual({ status: 'SUCCEEDED', output: text });
  });
});

describe('getExecutionHistory', () => {
  it('gives pages, backwards too, and leaves data out on demand', async () => {
    const runner = aRunner();
    const executionArn = await runner.start(single(task()), { secret: 1 });
    const { machines } = runner;
    const first = machines.getExecutionHistory({ executionArn, maxResults: 3 });
    expect(first.events.map(({ id }) => id)).toEqual([1, 2, 3]);
    const second = machines.getExecutionHistory({ executionArn, nextToken: first.nextToken! });
    expect(second.events.map(({ id }) => id)).toEqual([4, 5, 6, 7]);
    const last = machines.getExecutionHistory({ executionArn, maxResults: 2, reverseOrder: true });
    expect(last.events.map(({ id }) => id)).toEqual([7, 6]);
    const bare = machines.getExecutionHistory({ executionArn, includeExecutionData: false });
    expect(JSON.stringify(bare)).not.toContain('secret');
    expect(bare.events[2]?.taskScheduledEventDetails).toEqual({
      resourceType: 'lambda',
      resource: 'invoke',
      region: 'eu-west-1',
    });
  });

  it.each([
    ['nonsense', 'InvalidArn'],
    ['arn:aws:states:eu-west-1:000000000000:execution:machine:none', 'ExecutionDoesNotExist'],
  ])('refuses the execution %s with %s', (executionArn, name) => {
    const { machines } = aRunner();
    expect(() => machines.getExecutionHistory({ executionArn })).toThrow(named(name));
    expect(() => machines.describeExecution(executionArn)).toThrow(named(name));
    expect(() => machines.stopExecution({ executionArn })).toThrow(named(name));
    expect(() => machines.transitions(executionArn)).toThrow(named(name));
  });
});
