import { expect, it } from 'vitest';
import { type CaseSignal, wakeExecution } from '../../lib/app/wake-execution.ts';

async function told(signal: Partial<CaseSignal>, answer: 'started' | 'started-before' = 'started'): Promise<string[]> {
  const calls: string[] = [];
  const executions = {
    start: async (name: string, input: object) => {
      calls.push(`start ${name} ${JSON.stringify(input)}`);
      return answer;
    },
    wake: async (taskToken: string) => {
      calls.push(`wake ${taskToken}`);
      return 'woken' as const;
    },
  };
  const registered = { kind: 'registered', invoiceId: 'INV-1', cycle: 1, taskToken: null } as const;
  calls.push(await wakeExecution(executions, { ...registered, ...signal }));
  return calls;
}

it('starts the execution of a new case', async () => {
  expect(await told({})).toEqual(['start INV-1_1_1 {"invoiceId":"INV-1","cycle":1,"part":1}', 'started']);
});

it('wakes the execution that listened when a fact came', async () => {
  expect(await told({ kind: 'changed', taskToken: 'token-1' })).toEqual(['wake token-1', 'woken']);
});

it('starts the execution of a case that was opened again, under the name of its next cycle, as often as a fact finds no listener', async () => {
  const started = ['start INV-1_2_1 {"invoiceId":"INV-1","cycle":2,"part":1}', 'started'];
  expect(await told({ kind: 'changed', cycle: 2 })).toEqual(started);
  expect(await told({ kind: 'changed', cycle: 2 })).toEqual(started);
});

it('says that the execution of a case was started before, which is no start', async () => {
  expect((await told({}, 'started-before')).at(-1)).toBe('started-before');
});
