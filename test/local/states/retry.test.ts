import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Retrier } from '../../../lib/local/states/definition.ts';
import { RetryPlan } from '../../../lib/local/states/retry.ts';
import { matchesError, TaskFailure, TaskTimeout } from '../../../lib/local/states/task-failure.ts';

function delays(retriers: Retrier[], names: string[], random = () => 0.5): (number | undefined)[] {
  const plan = new RetryPlan(retriers, random);
  return names.map((name) => plan.nextDelayMillis(new TaskFailure(name)));
}

const A = { ErrorEquals: ['A'] };

describe('RetryPlan', () => {
  it.each<[string, Retrier, (number | undefined)[]]>([
    ['takes the defaults: three attempts, 1 s, doubled', A, [1000, 2000, 4000, undefined]],
    ['takes the interval', { ...A, IntervalSeconds: 5, MaxAttempts: 2 }, [5000, 10_000, undefined]],
    ['takes the backoff', { ...A, BackoffRate: 1.5 }, [1000, 1500, 2250, undefined]],
    ['keeps an even pace at backoff 1', { ...A, BackoffRate: 1, MaxAttempts: 2 }, [1000, 1000, undefined]],
    ['caps the delay', { ...A, MaxDelaySeconds: 3 }, [1000, 2000, 3000, undefined]],
    ['never retries at 0 attempts', { ...A, MaxAttempts: 0 }, [undefined]],
    ['draws the delay with full jitter', { ...A, JitterStrategy: 'FULL' }, [500, 1000, 2000, undefined]],
    ['draws nothing with jitter NONE', { ...A, JitterStrategy: 'NONE', MaxAttempts: 1 }, [1000, undefined]],
  ])('%s', (_, retrier, expected) => {
    expect(
      delays(
        [retrier],
        expected.map(() => 'A'),
      ),
    ).toEqual(expected);
  });

  it('counts attempts per retrier, and asks the first that matches', () => {
    const retriers = [
      { ErrorEquals: ['A'], MaxAttempts: 1 },
      { ErrorEquals: ['States.ALL'], IntervalSeconds: 7, MaxAttempts: 2 },
    ];
    expect(delays(retriers, ['A', 'B', 'A', 'B'])).toEqual([1000, 7000, undefined, 14_000]);
  });

  it('keeps full jitter between nothing and the whole delay', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.nat(5), (chance, attempts) => {
        const retrier: Retrier = { ...A, MaxAttempts: 6, MaxDelaySeconds: 20, JitterStrategy: 'FULL' };
        const drawn = delays([retrier], Array(attempts + 1).fill('A'), () => chance).at(-1)!;
        expect(drawn).toBeGreaterThanOrEqual(0);
        expect(drawn).toBeLessThanOrEqual(Math.min(2 ** attempts, 20) * 1000);
      }),
    );
  });
});

describe('matchesError', () => {
  it.each([
    [['A'], new TaskFailure('A'), true],
    [['A'], new TaskFailure('B'), false],
    [['B', 'A'], new TaskFailure('A'), true],
    [['States.ALL'], new TaskFailure('A'), true],
    [['States.ALL'], new TaskFailure(), true],
    [['A'], new TaskFailure(), false],
    [['States.ALL'], new TaskFailure('States.Timeout'), true],
    [['States.ALL'], new TaskFailure('States.QueryEvaluationError'), true],
    [['States.ALL'], new TaskFailure('States.DataLimitExceeded'), false],
    [['States.DataLimitExceeded'], new TaskFailure('States.DataLimitExceeded'), true],
    [['States.TaskFailed'], new TaskFailure('States.DataLimitExceeded'), false],
    [['States.ALL'], new TaskFailure('States.Runtime'), false],
    [['States.Runtime'], new TaskFailure('States.Runtime'), false],
    [['States.TaskFailed'], new TaskFailure('A'), true],
    [['States.TaskFailed'], new TaskTimeout(false), false],
    [['States.TaskFailed'], new TaskFailure('States.Timeout'), false],
    [['States.Timeout'], new TaskTimeout(false), true],
    [['States.Timeout'], new TaskTimeout(true), true],
    [['States.HeartbeatTimeout'], new TaskTimeout(true), true],
    [['States.HeartbeatTimeout'], new TaskTimeout(false), false],
  ])('%j against %s: %s', (names, failure, expected) => {
    expect(matchesError(names, failure)).toBe(expected);
  });
});
