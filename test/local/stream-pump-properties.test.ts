import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AwsEndpoint, startAwsEndpoint } from '../../lib/local/aws/server.ts';
import { VirtualClock } from '../../lib/local/clock.ts';
import { DeadLetters } from '../../lib/local/dead-letters.ts';
import { Faults } from '../../lib/local/faults.ts';
import type { FunctionInvoker, InvokeResult } from '../../lib/local/functions/invoker.ts';
import { StreamPump } from '../../lib/local/stream-pump.ts';
import type { DeployedStreamConsumer } from '../../lib/local/template/deployment.ts';
import { FakeStream } from './dynamodb/fake-stream.ts';
import { FAILED } from './recording-functions.ts';

const START = Date.UTC(2026, 10, 2, 9);
const DAY = 86_400_000;
const STREAM_ARN = 'arn:aws:dynamodb:eu-west-1:123456789012:table/Ledger/stream/1';

interface Situation {
  readonly recordCount: number;
  readonly poisoned: readonly number[];
  /** Invocations that fail whatever is in the batch, by their position. */
  readonly outages: readonly number[];
  readonly consumer: Pick<
    DeployedStreamConsumer,
    'batchSize' | 'bisectBatchOnError' | 'reportsBatchItemFailures' | 'retryAttemptsMax'
  >;
}

const situations: fc.Arbitrary<Situation> = fc.record({
  recordCount: fc.integer({ min: 1, max: 12 }),
  poisoned: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }),
  outages: fc.uniqueArray(fc.nat(8), { maxLength: 3 }),
  consumer: fc.record({
    batchSize: fc.integer({ min: 1, max: 5 }),
    bisectBatchOnError: fc.boolean(),
    reportsBatchItemFailures: fc.boolean(),
    retryAttemptsMax: fc.integer({ min: 0, max: 3 }),
  }),
});

/** A function that cannot take some records, and is out of order now and then; it keeps what it got done. */
class PickyFunction implements FunctionInvoker {
  readonly done: number[] = [];
  readonly #situation: Situation;
  #invocations = 0;

  constructor(situation: Situation) {
    this.#situation = situation;
  }

  async invoke(_name: string, payload: unknown): Promise<InvokeResult> {
    const { poisoned, outages, consumer } = this.#situation;
    this.#invocations += 1;
    if (outages.includes(this.#invocations - 1)) return FAILED;
    const { Records } = payload as { Records: { dynamodb: { SequenceNumber: string } }[] };
    const sequenceNumbers = Records.map(({ dynamodb }) => dynamodb.SequenceNumber);
    const firstBad = sequenceNumbers.findIndex((sequenceNumber) => poisoned.includes(Number(sequenceNumber)));
    if (firstBad >= 0 && !consumer.reportsBatchItemFailures) return FAILED;
    const taken = firstBad < 0 ? sequenceNumbers : sequenceNumbers.slice(0, firstBad);
    this.done.push(...taken.map(Number));
    const failures = firstBad < 0 ? [] : [{ itemIdentifier: sequenceNumbers[firstBad] }];
    return { ok: true, payload: { batchItemFailures: failures } };
  }
}

let stream: FakeStream;
let endpoint: AwsEndpoint;

beforeAll(async () => {
  stream = new FakeStream();
  endpoint = await startAwsEndpoint({ port: 0, services: [stream.service], faults: new Faults() });
});

afterAll(() => endpoint?.close());

async function run(situation: Situation) {
  const records = Array.from({ length: situation.recordCount }, (_, index) => String(index + 1));
  stream.shards.set('s1', { records, hasEnded: false });
  const clock = new VirtualClock(START);
  const deadLetters = new DeadLetters(() => clock.now());
  const invoker = new PickyFunction(situation);
  const consumer: DeployedStreamConsumer = {
    id: 'mapping',
    tableName: 'Ledger',
    streamArn: STREAM_ARN,
    functionName: 'wake-executions',
    filters: [],
    recordAgeSecondsMax: -1,
    onFailureArn: 'dead',
    ...situation.consumer,
  };
  const options = { consumer, endpoint: endpoint.url, clock, invoker, faults: new Faults(), deadLetters };
  const pump = await StreamPump.open(options);
  await clock.advanceTo(START + DAY);
  pump.close();
  return { done: invoker.done, dead: deadLetters.list().flatMap(({ body }) => rangeOf(body)) };
}

/** The sequence numbers a failure record speaks of. */
function rangeOf(body: unknown): number[] {
  const { DDBStreamBatchInfo: info } = body as { DDBStreamBatchInfo: Record<string, string> };
  const first = Number(info.startSequenceNumber);
  return Array.from({ length: Number(info.endSequenceNumber) - first + 1 }, (_, index) => first + index);
}

const inOrder = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);
const settings = { numRuns: 100 };

describe('whatever fails', () => {
  it('every record is done or described on the dead-letter queue, once', async () => {
    await fc.assert(
      fc.asyncProperty(situations, async (situation) => {
        const { done, dead } = await run(situation);
        const all = Array.from({ length: situation.recordCount }, (_, index) => index + 1);
        expect(inOrder([...done, ...dead])).toEqual(all);
      }),
      settings,
    );
  });

  it('records are done, and given up, in the order of the stream', async () => {
    await fc.assert(
      fc.asyncProperty(situations, async (situation) => {
        const { done, dead } = await run(situation);
        expect(done).toEqual(inOrder(done));
        expect(dead).toEqual(inOrder(dead));
      }),
      settings,
    );
  });

  it('a mapping that bisects gives up nothing but the records that cannot be taken', async () => {
    const bisecting = situations.map((situation) => ({
      ...situation,
      // As many attempts as there are outages, so that no good record falls victim to them.
      consumer: { ...situation.consumer, bisectBatchOnError: true, retryAttemptsMax: 3 },
    }));
    await fc.assert(
      fc.asyncProperty(bisecting, async (situation) => {
        const { dead } = await run(situation);
        expect(dead).toEqual(inOrder(situation.poisoned.filter((number) => number <= situation.recordCount)));
      }),
      settings,
    );
  });
});
