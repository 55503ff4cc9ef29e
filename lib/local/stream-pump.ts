import type { VirtualClock } from './clock.ts';
import type { DeadLetters } from './dead-letters.ts';
import { countDone } from './dynamodb/batch-outcome.ts';
import { failureRecord, type StreamItem, toStreamItem } from './dynamodb/stream-event.ts';
import { StreamReader } from './dynamodb/stream-reader.ts';
import { compileEventPattern, type EventMatcher } from './event-pattern.ts';
import type { Faults } from './faults.ts';
import type { FunctionInvoker, InvokeResult } from './functions/invoker.ts';
import type { DeployedStreamConsumer } from './template/deployment.ts';

/** What an event source mapping works with. */
export interface StreamPumpOptions {
  readonly consumer: DeployedStreamConsumer;
  /** Address of the emulator itself: reading the stream is neither metered nor hit by faults, as Lambda's is not. */
  readonly endpoint: string;
  readonly clock: VirtualClock;
  readonly invoker: FunctionInvoker;
  readonly faults: Faults;
  readonly deadLetters: DeadLetters;
}

/** What went through a mapping since it was opened. */
export interface StreamCounts {
  /** Records the stream held. */
  readonly read: number;
  /** Records the filters dropped: they cost no invocation. */
  readonly filtered: number;
  readonly invocations: number;
  /** Records given up after the last attempt. */
  readonly discarded: number;
}

/**
 * The event source mapping of a table's stream: reads it in order, drops what no filter takes, invokes the function,
 * and does not go on before a batch is done. A failed batch is halved where the mapping bisects, tried again in virtual
 * time, and in the end described on the dead-letter queue.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html (read 2026-11-23)
 */
export class StreamPump {
  readonly #options: StreamPumpOptions;
  readonly #reader: StreamReader;
  readonly #filters: readonly EventMatcher[];
  readonly #counts = { read: 0, filtered: 0, invocations: 0, discarded: 0 };
  /** Batches to deliver, in order; none is read while there are any. */
  #batches: Batch[] = [];
  #hasNews = true;
  #isDelivering = false;
  #isPoked = false;
  #hasReadFailed = false;

  private constructor(options: StreamPumpOptions, reader: StreamReader) {
    this.#options = options;
    this.#reader = reader;
    this.#filters = options.consumer.filters.map((filter) => compileEventPattern(filter, { isNumericAllowed: false }));
  }

  /**
   * Opens the mapping and adds it to the clock's sources of work.
   * @throws Error when the table has no stream or a filter is not valid
   */
  static async open(options: StreamPumpOptions): Promise<StreamPump> {
    const reader = await StreamReader.open(options.endpoint, options.consumer.tableName);
    const pump = new StreamPump(options, reader);
    options.clock.addSource(() => pump.#drain());
    return pump;
  }

  /** Says that tables were written to; the stream is only asked after that. */
  notifyWrite(tableNames: readonly string[]): void {
    if (!tableNames.includes(this.#options.consumer.tableName)) return;
    this.#hasNews = true;
    this.#poke();
  }

  /** What went through so far. */
  counts(): StreamCounts {
    return { ...this.#counts };
  }

  /** Closes the connections; nothing is read any more. */
  close(): void {
    this.#hasNews = false;
    this.#reader.close();
  }

  /** Lets a write that happens outside of an advance of the clock reach the function by itself. */
  #poke(): void {
    if (this.#isPoked) return;
    this.#isPoked = true;
    void this.#options.clock.waitUntilIdle().finally(() => {
      this.#isPoked = false;
      // The write may have come when the clock had already asked this source.
      if (this.#hasNews && !this.#isBusy() && !this.#hasReadFailed) this.#poke();
    });
  }

  #isBusy(): boolean {
    return this.#isDelivering || this.#batches.length > 0;
  }

  async #drain(): Promise<boolean> {
    if (this.#isBusy() || !this.#hasNews) return false;
    this.#hasNews = false;
    const { consumer, clock } = this.#options;
    const { records, hasMore } = await this.#read();
    const items = records.map((record) => toStreamItem(record, consumer.streamArn, clock.now()));
    const wanted = items.filter((item) => this.#isWanted(item));
    this.#hasNews ||= hasMore;
    this.#counts.read += items.length;
    this.#counts.filtered += items.length - wanted.length;
    if (wanted.length > 0) {
      this.#batches = [{ items: wanted, failures: 0, attempts: 0 }];
      void clock.track(this.#deliver());
    }
    return hasMore;
  }

  async #read() {
    this.#hasReadFailed = true;
    const answer = await this.#reader.read(this.#options.consumer.batchSize).catch((error: unknown) => {
      // The clock reports the error; the next settling asks again.
      this.#hasNews = true;
      throw error;
    });
    this.#hasReadFailed = false;
    return answer;
  }

  #isWanted({ record }: StreamItem): boolean {
    return this.#filters.length === 0 || this.#filters.some((matches) => matches(record));
  }

  async #deliver(): Promise<void> {
    this.#isDelivering = true;
    const retryMillis = await this.#deliverUntilFailure();
    this.#isDelivering = false;
    const { clock } = this.#options;
    if (retryMillis !== undefined) clock.schedule(clock.now() + retryMillis, () => clock.track(this.#deliver()));
  }

  /** Delivers batch after batch; answers the delay before the next attempt when one failed. */
  async #deliverUntilFailure(): Promise<number | undefined> {
    for (let batch = this.#batches.shift(); batch !== undefined; batch = this.#batches.shift()) {
      const remaining = await this.#attempt(batch);
      this.#batches.unshift(...remaining);
      const failures = remaining[0]?.failures ?? 0;
      if (failures > 0) return retryDelayMillis(failures);
    }
    return undefined;
  }

  /** Invokes the function once; answers what of the batch is left to deliver. */
  async #attempt(batch: Batch): Promise<Batch[]> {
    const { consumer, faults } = this.#options;
    const result = await this.#invoke(batch.items);
    const done = countDone(batch.items, result, consumer.reportsBatchItemFailures);
    const rest = batch.items.slice(done);
    if (rest.length === 0) {
      const isDuplicated = faults.take('streams', ['duplicate']) !== undefined;
      return isDuplicated ? [{ items: batch.items, failures: 0, attempts: 0 }] : [];
    }
    const failures = batch.failures + 1;
    if (done > 0) return [{ items: rest, failures, attempts: 0 }];
    if (consumer.bisectBatchOnError && rest.length > 1) {
      const middle = Math.ceil(rest.length / 2);
      // Halving does not use up an attempt.
      const halves = [rest.slice(0, middle), rest.slice(middle)];
      return halves.map((items, index) => ({ items, failures: index === 0 ? failures : 0, attempts: batch.attempts }));
    }
    return this.#retryOrDiscard({ items: rest, failures, attempts: batch.attempts + 1 });
  }

  #retryOrDiscard(batch: Batch): Batch[] {
    const { consumer, clock, deadLetters } = this.#options;
    const ageMillisMax = 1000 * Math.min(unlimitedIfNegative(consumer.recordAgeSecondsMax), STREAM_RETENTION_SECONDS);
    const retryAtMillis = clock.now() + retryDelayMillis(batch.failures);
    const isTooOld = retryAtMillis - (batch.items[0]?.arrivedAtMillis ?? 0) > ageMillisMax;
    if (batch.attempts <= unlimitedIfNegative(consumer.retryAttemptsMax) && !isTooOld) return [batch];
    this.#counts.discarded += batch.items.length;
    const body = failureRecord({
      items: batch.items,
      functionArn: functionArnOf(consumer),
      streamArn: consumer.streamArn,
      condition: isTooOld ? 'RecordAgeExceeded' : 'RetryAttemptsExhausted',
      invocations: batch.attempts,
      atMillis: clock.now(),
    });
    deadLetters.send({ queueArn: consumer.onFailureArn, body, attributes: {} });
    return [];
  }

  async #invoke(items: readonly StreamItem[]): Promise<InvokeResult> {
    this.#counts.invocations += 1;
    const event = { Records: items.map(({ record }) => record) };
    try {
      return await this.#options.invoker.invoke(this.#options.consumer.functionName, event);
    } catch (error) {
      return { ok: false, errorType: 'InvocationFailed', errorMessage: String(error) };
    }
  }
}

/** Consecutive records to deliver together. */
interface Batch {
  readonly items: readonly StreamItem[];
  /** Failures in a row, for the delay. */
  readonly failures: number;
  /** Attempts that count towards the maximum. */
  readonly attempts: number;
}

/** A stream keeps its records for a day, however long the mapping would try. */
const STREAM_RETENTION_SECONDS = 86_400;

/** The function lives where the stream does. */
function functionArnOf({ streamArn, functionName }: DeployedStreamConsumer): string {
  const [, partition, , region, accountId] = streamArn.split(':');
  return `arn:${partition}:lambda:${region}:${accountId}:function:${functionName}`;
}

/** −1 stands for no limit. */
function unlimitedIfNegative(limit: number): number {
  return limit < 0 ? Number.POSITIVE_INFINITY : limit;
}

function retryDelayMillis(failures: number): number {
  return Math.min(1_000 * 2 ** (failures - 1), 60_000);
}
