import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { ContractError } from '../../lib/domain/errors.ts';
import type { Task } from '../../lib/domain/task.ts';
import { letterSignalOf } from '../../lib/ledger/letter-signal.ts';
import { aTask } from '../support/ledger-writes.ts';

const step = { invoiceId: 'INV-2026-0042', cycle: 1, stepId: 'B1' };
const letter = {
  ...{ taskId: 'letter-1', invoiceIds: ['INV-2026-0042'], step },
  ...{ letterId: 'INV-2026-0042.1.B1', channel: 'registered-letter', documentKey: 'letters/INV-2026-0042.1.B1.pdf' },
};

function aLetterTask(fields: Partial<Task> = {}): Task {
  const { letterId: _, ...posted } = letter;
  return aTask({ ...posted, kind: 'letter', channel: 'registered-letter', ...fields });
}

function image(task: Task) {
  return marshall({ pk: `TASK#${task.taskId}`, sk: 'TASK', ...task }, { removeUndefinedValues: true });
}

function change(from: Partial<Task>, to: Partial<Task>): unknown {
  const dynamodb = { OldImage: image(aLetterTask(from)), NewImage: image(aLetterTask(to)) };
  return { eventName: 'MODIFY', dynamodb };
}

describe('a record of a letter’s task', () => {
  it('says that the letter is ready when the task is new', () => {
    const record = { eventName: 'INSERT', dynamodb: { NewImage: image(aLetterTask()) } };
    expect(letterSignalOf(record)).toEqual({ kind: 'ready', ...letter });
  });

  it('says that it was posted when the task says so for the first time', () => {
    const posted = { postedOn: '2026-02-04', trackingNumber: '1A 234' };
    expect(letterSignalOf(change({}, posted))).toEqual({ kind: 'posted', ...letter, ...posted });
    expect(letterSignalOf(change({}, { postedOn: '2026-02-04', state: 'done', outcome: 'posted' }))).toEqual({
      kind: 'posted',
      ...letter,
      postedOn: '2026-02-04',
    });
  });

  it('says that it was withdrawn when the task ends so', () => {
    const record = change({}, { state: 'done', outcome: 'withdrawn' });
    expect(letterSignalOf(record)).toEqual({ kind: 'withdrawn', ...letter });
  });

  it.each([
    ['its owner', {}, { owner: 'anne' }],
    ['its receipt', { postedOn: '2026-02-04' }, { postedOn: '2026-02-04', state: 'done', outcome: 'received' }],
    ['a note on a withdrawn one', { outcome: 'withdrawn' }, { outcome: 'withdrawn', owner: 'anne' }],
    ['an end without a letter', {}, { state: 'done', outcome: 'done' }],
  ] as const)('says nothing of %s', (_, from, to) => {
    expect(letterSignalOf(change(from, to))).toBeNull();
  });

  it.each([
    ['another kind of task', aTask()],
    ['a letter without a document', aLetterTask({ documentKey: undefined })],
    ['a letter for no step', aLetterTask({ step: undefined })],
  ])('is refused when it is %s', (_, task) => {
    const record = { eventName: 'INSERT', dynamodb: { NewImage: image(task) } };
    expect(() => letterSignalOf(record)).toThrow(ContractError);
  });

  it.each([null, { eventName: 'REMOVE' }, { eventName: 'INSERT', dynamodb: {} }])(
    'is refused when it is %j',
    (record) => {
      expect(() => letterSignalOf(record)).toThrow(ContractError);
    },
  );
});
