import { DynamoDBClient, TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type AwsEndpoint, startAwsEndpoint } from '../../lib/local/aws/server.ts';
import { VirtualClock } from '../../lib/local/clock.ts';
import { DeadLetters } from '../../lib/local/dead-letters.ts';
import { CapacityMeter } from '../../lib/local/dynamodb/capacity-meter.ts';
import { type DynamoDbEmulator, startDynamoDbEmulator } from '../../lib/local/dynamodb/emulator.ts';
import { createDynamoDbProxy, type DynamoDbProxy } from '../../lib/local/dynamodb/proxy.ts';
import { Faults } from '../../lib/local/faults.ts';
import { StreamPump } from '../../lib/local/stream-pump.ts';
import type { DeployedStreamConsumer } from '../../lib/local/template/deployment.ts';
import { aTable, CREDENTIALS } from './dynamodb/dynamodb-fixture.ts';
import { RecordingFunctions } from './recording-functions.ts';

export const START = Date.UTC(2026, 10, 2, 9, 0, 0, 250);
export const STREAM_ARN = 'arn:aws:dynamodb:eu-west-1:123456789012:table/Ledger/stream/2026-11-02T09:00:00.000';
export const DEAD_QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:dead';

/** What the tests read of a record. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly dynamodb: { readonly Keys: { readonly sk: { readonly S: string } }; readonly SequenceNumber: string };
}

export const aKey = (sk: string) => ({ pk: { S: 'INVOICE#1' }, sk: { S: sk } });

/** A table of its own, with a clock, a function and a mapping, for each test of a file. */
export class StreamStage {
  clock = new VirtualClock(START);
  functions = new RecordingFunctions();
  deadLetters = new DeadLetters(() => this.clock.now());
  faults = new Faults();
  tableName = '';
  #tables = 0;
  #pump: StreamPump | undefined;
  #emulator: DynamoDbEmulator | undefined;
  #proxy: DynamoDbProxy | undefined;
  #endpoint: AwsEndpoint | undefined;
  #client: DynamoDBClient | undefined;

  /** Registers the hooks that set the stage and clear it. */
  static forThisFile(): StreamStage {
    const stage = new StreamStage();
    beforeAll(() => stage.#start());
    beforeEach(() => stage.#reset());
    afterEach(() => stage.#pump?.close());
    afterAll(() => stage.#stop());
    return stage;
  }

  get client(): DynamoDBClient {
    if (!this.#client) throw new Error('the stage is not set yet');
    return this.#client;
  }

  get pump(): StreamPump {
    if (!this.#pump) throw new Error('no mapping is open yet');
    return this.#pump;
  }

  async open(more: Partial<DeployedStreamConsumer> = {}): Promise<void> {
    const consumer: DeployedStreamConsumer = {
      id: 'mapping',
      tableName: this.tableName,
      streamArn: STREAM_ARN,
      functionName: 'wake-executions',
      batchSize: 100,
      filters: [],
      bisectBatchOnError: false,
      reportsBatchItemFailures: false,
      retryAttemptsMax: -1,
      recordAgeSecondsMax: -1,
      onFailureArn: DEAD_QUEUE,
      ...more,
    };
    const { clock, functions: invoker, faults, deadLetters } = this;
    const endpoint = this.#emulator?.endpoint ?? '';
    this.#pump = await StreamPump.open({ consumer, endpoint, clock, invoker, faults, deadLetters });
  }

  async put(...sortKeys: string[]): Promise<void> {
    const TransactItems = sortKeys.map((sk) => ({ Put: { TableName: this.tableName, Item: aKey(sk) } }));
    await this.client.send(new TransactWriteItemsCommand({ TransactItems }));
  }

  async setAttribute(sk: string, name: string, value: string): Promise<void> {
    await this.client.send(
      new UpdateItemCommand({
        TableName: this.tableName,
        Key: aKey(sk),
        UpdateExpression: 'SET #name = :value',
        ExpressionAttributeNames: { '#name': name },
        ExpressionAttributeValues: { ':value': { S: value } },
      }),
    );
  }

  /** What the function was invoked with. */
  batches(): StreamRecord[][] {
    return this.functions.invocations.map(({ payload }) => (payload as { Records: StreamRecord[] }).Records);
  }

  /** The sort keys of each batch: which records the function saw together. */
  seen(): string[][] {
    return this.batches().map((records) => records.map(({ dynamodb }) => dynamodb.Keys.sk.S));
  }

  async #start(): Promise<void> {
    this.#emulator = await startDynamoDbEmulator({ environment: {} });
    const onWrite = (tables: readonly string[]) => this.#pump?.notifyWrite(tables);
    this.#proxy = createDynamoDbProxy({ endpoint: this.#emulator.endpoint, meter: new CapacityMeter(), onWrite });
    this.#endpoint = await startAwsEndpoint({ port: 0, services: [this.#proxy], faults: new Faults() });
    this.#client = new DynamoDBClient({ endpoint: this.#endpoint.url, ...CREDENTIALS });
  }

  async #reset(): Promise<void> {
    this.#pump = undefined;
    this.clock = new VirtualClock(START);
    this.functions = new RecordingFunctions();
    this.deadLetters = new DeadLetters(() => this.clock.now());
    this.faults = new Faults();
    this.#tables += 1;
    this.tableName = `Ledger${this.#tables}`;
    await this.client.send(aTable(this.tableName));
  }

  async #stop(): Promise<void> {
    this.#client?.destroy();
    await this.#endpoint?.close();
    this.#proxy?.close();
    await this.#emulator?.close();
  }
}
