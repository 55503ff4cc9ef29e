import { describe, expect, it } from 'vitest';
import type { Json } from '../../../lib/local/states/definition.ts';
import { aRunner, DAY, history, START, single } from './harness.ts';

async function output(state: object, input: Json = {}): Promise<unknown> {
  const outcome = await aRunner().run(single(state), input);
  return outcome.status === 'SUCCEEDED' ? outcome.output : outcome;
}

describe('Pass', () => {
  it.each<[object, Json, Json]>([
    [{}, { a: 1 }, { a: 1 }],
    [{ Output: 'text' }, {}, 'text'],
    [{ Output: null }, {}, null],
    [{ Output: { a: '{% $states.input.b %}' } }, { b: [] }, { a: [] }],
    [{ Output: '{% $states.context.State.Name %}' }, {}, 'Only'],
  ])('with %j turns %j into %j', async (fields, input, expected) => {
    expect(await output({ Type: 'Pass', ...fields }, input)).toEqual(expected);
  });

  it('does not take expressions in its input for expressions', async () => {
    expect(await output({ Type: 'Pass' }, { a: '{% 1 %}' })).toEqual({ a: '{% 1 %}' });
  });
});

describe('Assign and Output', () => {
  it('both see the values at entry', async () => {
    const runner = aRunner();
    const outcome = await runner.run({
      StartAt: 'Set',
      States: {
        Set: { Type: 'Pass', Assign: { a: 1, b: 2 }, Next: 'Swap' },
        Swap: { Type: 'Pass', Assign: { a: '{% $b %}', b: '{% $a %}' }, Output: '{% [$a, $b] %}', Next: 'Show' },
        Show: { Type: 'Pass', Output: '{% {"before": $states.input, "after": [$a, $b]} %}', End: true },
      },
    });
    expect(outcome.output).toEqual({ before: [1, 2], after: [2, 1] });
  });

  it('keeps what an inner scope assigns inside it, and lets it read the outer one', async () => {
    const runner = aRunner();
    const inner = {
      StartAt: 'In',
      States: {
        In: { Type: 'Pass', Assign: { own: 1 }, Next: 'Then' },
        Then: { Type: 'Pass', Output: '{% [$outer, $own] %}', End: true },
      },
    };
    const outcome = await runner.run({
      StartAt: 'Set',
      States: {
        Set: { Type: 'Pass', Assign: { outer: 'o' }, Next: 'Both' },
        Both: { Type: 'Parallel', Branches: [inner], Next: 'Show' },
        Show: { Type: 'Pass', Output: "{% {'inside': $states.input, 'outside': $exists($own)} %}", End: true },
      },
    });
    expect(outcome.output).toEqual({ inside: [['o', 1]], outside: false });
  });

  it('writes assigned variables into the history as JSON text', async () => {
    const runner = aRunner();
    const executionArn = await runner.start(single({ Type: 'Pass', Assign: { a: { b: 1 } } }));
    expect(history(runner.machines, executionArn)[2]?.stateExitedEventDetails).toMatchObject({
      assignedVariables: { a: '{"b":1}' },
      assignedVariablesDetails: { truncated: false },
    });
  });

  it('fails the execution on an undefined expression, in the words of AWS', async () => {
    const runner = aRunner();
    const executionArn = await runner.start(single({ Type: 'Pass', Output: { result: '{% $doesNotExist %}' } }));
    const cause =
      "An error occurred while executing the state 'Only' (entered at the event id #2). The JSONata expression '$doesNotExist' specified for the field 'Output/result' returned nothing (undefined).";
    expect(runner.outcome(executionArn)).toEqual({ status: 'FAILED', error: 'States.QueryEvaluationError', cause });
    expect(runner.events(executionArn)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 PassStateEntered',
      '3<0 EvaluationFailed',
      '4<3 ExecutionFailed',
    ]);
    expect(history(runner.machines, executionArn)[2]?.evaluationFailedEventDetails).toEqual({
      error: 'States.QueryEvaluationError',
      cause,
      location: 'Output/result',
      state: 'Only',
    });
  });
});

describe('Choice', () => {
  const choose = (rules: object[], fields: object = { Default: 'Other' }) => ({
    StartAt: 'Choice',
    States: {
      Choice: { Type: 'Choice', Choices: rules, ...fields },
      One: { Type: 'Pass', Output: '{% ["one", $states.input, $v] %}', End: true },
      Other: { Type: 'Pass', Output: '{% ["other", $states.input, $v] %}', End: true },
    },
  });

  it('takes the first rule that holds, with its own Output and Assign', async () => {
    const rules = [
      { Condition: '{% $states.input.n > 5 %}', Next: 'Other' },
      { Condition: '{% $states.input.n > 1 %}', Next: 'One', Output: 'rule', Assign: { v: 'by rule' } },
      { Condition: true, Next: 'Other' },
    ];
    const definition = choose(rules, { Output: 'state', Assign: { v: 'by state' }, Default: 'Other' });
    expect((await aRunner().run(definition, { n: 3 })).output).toEqual(['one', 'rule', 'by rule']);
  });

  it('takes the default with the Output and Assign of the state', async () => {
    const rules = [{ Condition: false, Next: 'One', Output: 'rule' }];
    const definition = choose(rules, { Output: 'state', Assign: { v: 'by state' }, Default: 'Other' });
    expect((await aRunner().run(definition)).output).toEqual(['other', 'state', 'by state']);
  });

  it('fails with States.Runtime when nothing holds and there is no default', async () => {
    const rules = [
      { Condition: false, Next: 'One' },
      { Condition: false, Next: 'Other' },
    ];
    expect(await aRunner().run(choose(rules, {}))).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: expect.stringContaining('The state does not point to a next state.') as string,
    });
  });

  it('refuses a condition that is neither true nor false', async () => {
    const outcome = await aRunner().run(choose([{ Condition: '{% 1 %}', Next: 'One' }]));
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect(outcome.cause).toContain("Expected 'boolean', but was 'number' for value: 1");
  });
});

describe('Wait', () => {
  it.each<[object, Json, number]>([
    [{ Seconds: 90 }, {}, 90_000],
    [{ Seconds: 0 }, {}, 0],
    [{ Seconds: '{% $states.input.s * 2 %}' }, { s: 5 }, 10_000],
    [{ Timestamp: '2026-01-06T08:00:00Z' }, {}, DAY],
    [{ Timestamp: '2026-01-06T09:00:00+01:00' }, {}, DAY],
    [{ Timestamp: '{% $states.input.at %}' }, { at: '2026-01-05T08:00:00.250Z' }, 250],
    [{ Timestamp: '2020-01-01T00:00:00Z' }, {}, 0],
  ])('%j with %j takes %i ms', async (fields, input, millis) => {
    const runner = aRunner();
    const executionArn = await runner.start(single({ Type: 'Wait', ...fields }), input);
    await runner.clock.advanceTo(START + Math.max(0, millis - 1));
    expect(runner.outcome(executionArn).status).toBe(millis === 0 ? 'SUCCEEDED' : 'RUNNING');
    await runner.clock.advanceTo(START + millis);
    expect(runner.outcome(executionArn)).toEqual({ status: 'SUCCEEDED', output: input });
    expect(runner.machines.describeExecution(executionArn).stopDate).toBe((START + millis) / 1000);
  });

  it.each([
    '2016-12-05 21:29:29Z',
    '2016-12-05T21:29:29',
    '2016-13-05T21:29:29Z',
    '2016-12-05T25:29:29Z',
    '05-12-2016T21:29:29Z',
  ])('refuses the timestamp %s as AWS does', async (timestamp) => {
    const runner = aRunner();
    const outcome = await runner.run(single({ Type: 'Wait', Timestamp: '{% $states.input %}' }), timestamp);
    expect(outcome).toEqual({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause: `An error occurred while executing the state 'Only' (entered at the event id #2). The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${timestamp}`,
    });
  });

  it.each([-1, 1.5, 'x', 100_000_000])('refuses %j seconds', async (seconds) => {
    const outcome = await aRunner().run(single({ Type: 'Wait', Seconds: '{% $states.input %}' }), seconds);
    expect(outcome.error).toBe('States.QueryEvaluationError');
  });

  it('evaluates Output when the wait is over', async () => {
    const state = { Type: 'Wait', Seconds: 60, Output: '{% [$states.context.State.EnteredTime, $now()] %}' };
    expect(await output(state)).toEqual(['2026-01-05T08:00:00.000Z', '2026-01-05T08:01:00.000Z']);
  });
});

describe('Succeed and Fail', () => {
  it('ends with the output of Succeed', async () => {
    const runner = aRunner();
    expect(
      await runner.run(
        { StartAt: 'Done', States: { Done: { Type: 'Succeed', Output: '{% $states.input.a %}' } } },
        { a: 1 },
      ),
    ).toEqual({ status: 'SUCCEEDED', output: 1 });
  });

  it.each<[object, object]>([
    [
      { Error: 'Boom', Cause: 'why' },
      { error: 'Boom', cause: 'why' },
    ],
    [{ Error: '{% $states.input.e %}' }, { error: 'Given' }],
    [{ Cause: "{% 'because ' & $states.input.e %}" }, { cause: 'because Given' }],
    [{}, {}],
  ])('fails with %j as %j', async (fields, expected) => {
    const definition = { StartAt: 'Bad', States: { Bad: { Type: 'Fail', ...fields } } };
    expect(await aRunner().run(definition, { e: 'Given' })).toEqual({ status: 'FAILED', ...expected });
  });
});

describe('the context object', () => {
  it('tells of execution, state and machine', async () => {
    const runner = aRunner();
    const { output: context } = await runner.run(single({ Type: 'Pass', Output: '{% $states.context %}' }), { a: 1 });
    expect(context).toEqual({
      Execution: {
        Id: 'arn:aws:states:eu-west-1:000000000000:execution:machine:run',
        Input: { a: 1 },
        Name: 'run',
        RoleArn: 'arn:aws:iam::000000000000:role/workflow',
        StartTime: '2026-01-05T08:00:00.000Z',
        RedriveCount: 0,
      },
      State: { EnteredTime: '2026-01-05T08:00:00.000Z', Name: 'Only', RetryCount: 0 },
      StateMachine: { Id: 'arn:aws:states:eu-west-1:000000000000:stateMachine:machine', Name: 'machine' },
    });
  });
});
