import type { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { UnavailableError } from '../../lib/domain/errors.ts';
import { caseKey } from '../../lib/ledger/keys.ts';
import { keyOf } from '../../lib/ledger/rows.ts';
import { TableReader } from '../../lib/ledger/table-reader.ts';

const keys = Array.from({ length: 230 }, (_, n) => caseKey(`INV-${n}`));

/** A client that reads no more than so many rows at once, in the opposite order, and counts the calls. */
function clientOf(rowsMax: number) {
  const counted = { calls: 0 };
  const send = async ({ input }: BatchGetItemCommand) => {
    counted.calls += 1;
    const wanted = input.RequestItems?.Ledger?.Keys ?? [];
    if (wanted.length > 100) throw new Error('Too many items requested');
    const rest = wanted.slice(rowsMax);
    return {
      Responses: { Ledger: wanted.slice(0, rowsMax).toReversed() },
      UnprocessedKeys: rest.length > 0 ? { Ledger: { Keys: rest } } : {},
    };
  };
  return { client: { send } as unknown as DynamoDBClient, counted };
}

describe('many keys', () => {
  it('are read a hundred at a time, and come in the order they were asked for', async () => {
    const { client, counted } = clientOf(100);
    expect((await new TableReader(client).getAll('Ledger', keys)).map(keyOf)).toEqual(keys);
    expect(counted.calls).toBe(3);
  });

  it('are asked for again while some of them come', async () => {
    const { client } = clientOf(30);
    expect((await new TableReader(client).getAll('Ledger', keys)).map(keyOf)).toEqual(keys);
  });

  it('are an outage when none comes any more', async () => {
    const { client, counted } = clientOf(0);
    await expect(new TableReader(client).getAll('Ledger', keys)).rejects.toThrow(UnavailableError);
    expect(counted.calls).toBe(5);
  });

  it('cost no call when there are none', async () => {
    const { client, counted } = clientOf(100);
    expect(await new TableReader(client).getAll('Ledger', [])).toEqual([]);
    expect(counted.calls).toBe(0);
  });
});
