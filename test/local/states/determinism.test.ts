import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aRunner, DAY, fails, history, START, seeded, task, tokenTask } from './harness.ts';

/** One step of a generated lane; a lane is a chain of steps, so every generated machine is valid and ends. */
type Step =
  | { kind: 'pass' | 'task' | 'token' | 'flaky' }
  | { kind: 'wait'; seconds: number }
  | { kind: 'fail' }
  | { kind: 'parallel' | 'map'; lanes: Step[][] };

const { lane } = fc.letrec<{ lane: Step[]; step: Step }>((tie) => ({
  step: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Step>({ kind: 'pass' }, { kind: 'task' }, { kind: 'token' }, { kind: 'flaky' }, { kind: 'fail' }),
    fc.record({ kind: fc.constant('wait' as const), seconds: fc.nat(3) }),
    fc.record({
      kind: fc.constantFrom('parallel' as const, 'map' as const),
      lanes: fc.array(tie('lane'), { minLength: 1, maxLength: 3 }),
    }),
  ),
  lane: fc.array(tie('step'), { minLength: 1, maxLength: 4 }),
}));

function graphOf(steps: Step[], name: string): { StartAt: string; States: Record<string, object> } {
  const states = steps.map((step, index) => {
    const self = `${name}.${index}`;
    const isLast = index === steps.length - 1;
    return [self, stateOf(step, self, isLast ? { End: true } : { Next: `${name}.${index + 1}` })] as const;
  });
  const lastReached = steps.findIndex(({ kind }) => kind === 'fail');
  const reached = lastReached < 0 ? states : states.slice(0, lastReached + 1);
  return { StartAt: `${name}.0`, States: Object.fromEntries(reached) };
}

function stateOf(step: Step, name: string, leaving: object): object {
  const Retry = [{ ErrorEquals: ['Flaky'], IntervalSeconds: 1, MaxAttempts: 2, JitterStrategy: 'FULL' }];
  switch (step.kind) {
    case 'pass':
      return { Type: 'Pass', Assign: { [`v${name.replaceAll('.', '_')}`]: '{% $uuid() %}' }, ...leaving };
    case 'task':
      return task({ Output: '{% $random() %}', ...leaving });
    case 'token':
      return tokenTask({ TimeoutSeconds: 5, Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }], ...leaving });
    case 'flaky':
      return task({ Arguments: { FunctionName: 'flaky' }, Retry, ...leaving });
    case 'wait':
      return { Type: 'Wait', Seconds: step.seconds, ...leaving };
    case 'fail':
      return { Type: 'Fail', Error: 'Generated' };
    case 'parallel':
      return {
        Type: 'Parallel',
        Branches: step.lanes.map((steps, index) => graphOf(steps, `${name}.${index}`)),
        ...leaving,
      };
    case 'map':
      return {
        Type: 'Map',
        Items: [1, 2, 3],
        MaxConcurrency: 2,
        ItemProcessor: graphOf(step.lanes[0]!, `${name}.0`),
        ...leaving,
      };
  }
}

/** Runs a machine for a year with everything by chance, and gives back all there is to see of it. */
async function record(steps: Step[], seed: number) {
  const chance = seeded(seed);
  const runner = aRunner(
    async (_, args: { FunctionName?: string; Token?: string }) => {
      if (args.Token !== undefined && chance() < 0.5) {
        const taskToken = args.Token;
        const { clock, machines } = runner;
        clock.schedule(clock.now() + Math.floor(chance() * 8000), () =>
          answerIfOpen(() => machines.sendTaskSuccess({ taskToken, output: '1' })),
        );
      }
      if (args.FunctionName === 'flaky' && chance() < 0.5) fails('Flaky');
      await Promise.resolve();
      return { StatusCode: 200 };
    },
    seeded(seed + 1),
  );
  const executionArn = await runner.start(graphOf(steps, 's'));
  await runner.clock.advanceTo(START + 366 * DAY);
  return {
    status: runner.machines.describeExecution(executionArn).status,
    transitions: runner.machines.transitions(executionArn),
    events: history(runner.machines, executionArn),
    errors: runner.errors,
  };
}

/** A generated answer may come late; AWS says TaskTimedOut then. */
function answerIfOpen(send: () => void): void {
  try {
    send();
  } catch (error) {
    if ((error as Error).name !== 'TaskTimedOut') throw error;
  }
}

describe('generated machines', () => {
  it('run the same way twice, end, and leave a sound history', async () => {
    await fc.assert(
      fc.asyncProperty(lane, fc.nat(1000), async (steps, seed) => {
        const first = await record(steps, seed + 1);
        expect(await record(steps, seed + 1)).toEqual(first);
        expect(first.errors).toEqual([]);
        expect(['SUCCEEDED', 'FAILED']).toContain(first.status);
        const { events } = first;
        expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
        for (const { id, previousEventId } of events) expect(previousEventId).toBeLessThan(id);
        const times = events.map(({ timestamp }) => timestamp);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        const entered = events.filter(({ type }) => type.endsWith('StateEntered')).length;
        expect(first.transitions).toBeGreaterThanOrEqual(entered);
        expect(events.filter(({ type }) => /^Execution(Succeeded|Failed)$/.test(type))).toEqual([events.at(-1)]);
      }),
      { numRuns: 150 },
    );
  });
});
