import { describe, expect, it } from 'vitest';
import { listTasks } from '../../lib/app/list-tasks.ts';
import { MemoryLedger } from '../../lib/ledger/memory-ledger.ts';
import { aTask, opening } from '../support/ledger-writes.ts';

describe('the work list', () => {
  const ALL = { kind: null, owner: null, state: 'open' } as const;

  async function aLedger(): Promise<MemoryLedger> {
    const ledger = new MemoryLedger();
    const tasks = [
      aTask({ taskId: 'T-1', dueOn: '2026-02-03', kind: 'call', owner: 'anne@vendeur.example' }),
      aTask({ taskId: 'T-2', dueOn: '2026-02-01', kind: 'letter', owner: 'luc@vendeur.example' }),
      aTask({ taskId: 'T-3', dueOn: '2026-02-02', kind: 'call', owner: 'luc@vendeur.example' }),
    ];
    await ledger.commit({ cases: [opening()], tasks: tasks.map((task) => ({ task, expectedVersion: null })) });
    return ledger;
  }

  const idsOf = async (filter: Parameters<typeof listTasks>[1], limit = 10) => {
    const slice = await listTasks(await aLedger(), filter, { limit, cursor: null });
    return slice === 'bad-cursor' ? slice : slice.tasks.map(({ taskId }) => taskId);
  };

  it('shows what is due first', async () => {
    expect(await idsOf(ALL)).toEqual(['T-2', 'T-3', 'T-1']);
  });

  it('keeps to a kind and an owner', async () => {
    expect(await idsOf({ ...ALL, kind: 'call' })).toEqual(['T-3', 'T-1']);
    expect(await idsOf({ ...ALL, kind: 'call', owner: 'luc@vendeur.example' })).toEqual(['T-3']);
    expect(await idsOf({ ...ALL, state: 'done' })).toEqual([]);
  });

  it('goes on until a slice is full of what was asked for', async () => {
    expect(await idsOf({ ...ALL, kind: 'call' }, 1)).toEqual(['T-3']);
  });

  it('refuses a cursor that no list gave out', async () => {
    expect(await listTasks(await aLedger(), ALL, { limit: 1, cursor: 'forged' })).toBe('bad-cursor');
  });
});
