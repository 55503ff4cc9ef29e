import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AwsEndpoint, startAwsEndpoint } from '../../../lib/local/aws/server.ts';
import { StreamReader } from '../../../lib/local/dynamodb/stream-reader.ts';
import { Faults } from '../../../lib/local/faults.ts';
import { FakeStream } from './fake-stream.ts';

let stream: FakeStream;
let endpoint: AwsEndpoint;
let reader: StreamReader;

beforeEach(async () => {
  stream = new FakeStream();
  endpoint = await startAwsEndpoint({ port: 0, services: [stream.service], faults: new Faults() });
  reader = await StreamReader.open(endpoint.url, 'Ledger');
});

afterEach(async () => {
  reader.close();
  await endpoint.close();
});

/** Reads until there is no more. */
async function readAll(limit = 10): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  for (;;) {
    const { records, hasMore } = await reader.read(limit);
    if (!hasMore) return found;
    found.push(...records.map(({ record }) => record.dynamodb?.Keys?.sk?.S));
  }
}

describe('a stream reader', () => {
  it('reads each record once, at most as many as asked for', async () => {
    stream.shards.set('s1', { records: ['A', 'B', 'C'], hasEnded: false });
    expect((await reader.read(2)).records).toHaveLength(2);
    expect(await readAll()).toEqual(['C']);
    stream.shards.get('s1')?.records.push('D');
    expect(await readAll()).toEqual(['D']);
  });

  it('goes on with the children of a shard that has ended', async () => {
    const parent = { records: ['A'], hasEnded: false };
    stream.shards.set('s1', parent);
    expect(await readAll()).toEqual(['A']);
    parent.records.push('B');
    parent.hasEnded = true;
    stream.shards.set('s2', { records: ['C'], hasEnded: true });
    stream.shards.set('s3', { records: ['D'], hasEnded: false });
    expect(await readAll()).toEqual(['B', 'C', 'D']);
    expect(await readAll()).toEqual([]);
  });

  it('finds the child of a shard that ended without another record', async () => {
    const parent = { records: ['A'], hasEnded: false };
    stream.shards.set('s1', parent);
    expect(await readAll()).toEqual(['A']);
    parent.hasEnded = true;
    stream.shards.set('s2', { records: ['B'], hasEnded: false });
    expect(await readAll()).toEqual(['B']);
  });

  it('asks for a new iterator when the old one has expired, and reads nothing twice', async () => {
    stream.shards.set('s1', { records: ['A'], hasEnded: false });
    expect(await readAll()).toEqual(['A']);
    stream.shards.get('s1')?.records.push('B');
    stream.expiredIterators = 1;
    expect(await readAll()).toEqual(['B']);
  });

  it('starts at the beginning when the first iterator expired before it was used', async () => {
    stream.shards.set('s1', { records: ['A'], hasEnded: false });
    stream.expiredIterators = 1;
    expect(await readAll()).toEqual(['A']);
  });
});
