import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type AwsEndpoint, startAwsEndpoint } from '../../../lib/local/aws/server.ts';
import { CapacityMeter } from '../../../lib/local/dynamodb/capacity-meter.ts';
import { type DynamoDbEmulator, startDynamoDbEmulator } from '../../../lib/local/dynamodb/emulator.ts';
import { createDynamoDbProxy, type DynamoDbProxy } from '../../../lib/local/dynamodb/proxy.ts';
import { Faults } from '../../../lib/local/faults.ts';
import { aTable, CREDENTIALS } from './dynamodb-fixture.ts';

/** One emulator behind the proxy for all tests of a file, with the tables `Ledger` and `History`. */
export class ProxyStage {
  readonly meter = new CapacityMeter();
  readonly faults = new Faults();
  /** The tables of each write the proxy told of, since the test began. */
  readonly written: (readonly string[])[] = [];
  #opened:
    | { emulator: DynamoDbEmulator; proxy: DynamoDbProxy; endpoint: AwsEndpoint; client: DynamoDBClient }
    | undefined;

  /** Registers the hooks that set the stage and clear it. */
  static forThisFile(): ProxyStage {
    const stage = new ProxyStage();
    beforeAll(() => stage.#start());
    beforeEach(() => {
      stage.meter.reset();
      stage.written.length = 0;
    });
    afterAll(() => stage.#stop());
    return stage;
  }

  get client(): DynamoDBClient {
    return this.#set().client;
  }

  get url(): string {
    return this.#set().endpoint.url;
  }

  get proxy(): DynamoDbProxy {
    return this.#set().proxy;
  }

  /** The item of the ledger with this sort key, as it is now. */
  async read(sk: string) {
    const get = new GetItemCommand({ TableName: 'Ledger', Key: item(sk), ConsistentRead: true });
    return (await this.client.send(get)).Item;
  }

  #set() {
    if (!this.#opened) throw new Error('the stage is not set yet');
    return this.#opened;
  }

  async #start(): Promise<void> {
    const { meter, written } = this;
    const emulator = await startDynamoDbEmulator({ environment: {} });
    const onWrite = (tables: readonly string[]) => written.push(tables);
    const proxy = createDynamoDbProxy({ endpoint: emulator.endpoint, meter, onWrite });
    const endpoint = await startAwsEndpoint({ port: 0, services: [proxy], faults: this.faults });
    const client = new DynamoDBClient({ endpoint: endpoint.url, ...CREDENTIALS });
    this.#opened = { emulator, proxy, endpoint, client };
    await client.send(aTable('Ledger'));
    await client.send(aTable('History'));
  }

  async #stop(): Promise<void> {
    const { emulator, proxy, endpoint, client } = this.#set();
    client.destroy();
    await endpoint.close();
    proxy.close();
    await emulator.close();
  }
}

export const KILOBYTE_AND_A_HALF = 'x'.repeat(1_500);

export const item = (sk: string, more: Record<string, { S: string }> = {}) => ({
  pk: { S: 'INVOICE#1' },
  sk: { S: sk },
  ...more,
});

export const put = (sk: string, more: Record<string, { S: string }> = {}) =>
  new PutItemCommand({ TableName: 'Ledger', Item: item(sk, more) });
