import { createHash } from 'node:crypto';
import { compileEventPattern } from '../event-pattern.ts';
import type { FunctionInvoker } from '../functions/invoker.ts';
import type { DeployedStreamConsumer, DeployedTable } from '../template/deployment.ts';
import { callAws, messageOf } from './aws-call.ts';

/** What is delivered again, and to whom. */
export interface ReplayOptions {
  /** Of DynamoDB itself. */
  readonly endpoint: string;
  readonly region: string;
  readonly tables: readonly DeployedTable[];
  readonly consumers: readonly DeployedStreamConsumer[];
  readonly functions: FunctionInvoker;
  /** Virtual time, epoch milliseconds. */
  readonly now: () => number;
}

type Item = Readonly<Record<string, unknown>>;

/**
 * Delivers every item of the tables with a stream once more as `INSERT`, as if their mappings had been made now and
 * read the stream from its beginning. Consumers take deliveries more than once anyway, so whatever they start from the
 * tables, such as one execution per open case, starts again.
 *
 * @returns how many records passed the filters
 * @throws Error when a consumer fails
 */
export async function replayTables(options: ReplayOptions): Promise<number> {
  let delivered = 0;
  for (const consumer of options.consumers) {
    const table = options.tables.find(({ name }) => name === consumer.tableName);
    if (!table) continue;
    const filters = consumer.filters.map((filter) => compileEventPattern(filter, { isNumericAllowed: false }));
    const items = await scan(options.endpoint, table.name);
    const records = items.map((item) => toInsertRecord(item, { table, consumer, ...options }));
    const wanted = records.filter((record) => filters.length === 0 || filters.some((matches) => matches(record)));
    for (let start = 0; start < wanted.length; start += consumer.batchSize) {
      await deliver(options.functions, consumer, wanted.slice(start, start + consumer.batchSize));
    }
    delivered += wanted.length;
  }
  return delivered;
}

async function deliver(functions: FunctionInvoker, { functionName }: DeployedStreamConsumer, Records: object[]) {
  const result = await functions.invoke(functionName, { Records });
  if (result.ok) return;
  throw new Error(`${functionName} failed on the kept data: ${result.errorType}: ${result.errorMessage}`);
}

async function scan(endpoint: string, tableName: string): Promise<Item[]> {
  const items: Item[] = [];
  let from: unknown;
  do {
    const input = { TableName: tableName, ...(from === undefined ? {} : { ExclusiveStartKey: from }) };
    const answer = await callAws(endpoint, 'DynamoDB_20120810.Scan', input);
    if (answer.errorName !== undefined)
      throw new Error(`Cannot read the kept table ${tableName}: ${messageOf(answer)}`);
    items.push(...(answer.body.Items as Item[]));
    from = answer.body.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
}

interface RecordScope {
  readonly table: DeployedTable;
  readonly consumer: DeployedStreamConsumer;
  readonly region: string;
  readonly now: () => number;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html the shape of a stream event */
function toInsertRecord(item: Item, { table, consumer, region, now }: RecordScope): object {
  const keys = table.keySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName]]);
  const text = JSON.stringify(keys);
  return {
    eventID: createHash('md5').update(text).digest('hex'),
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(now() / 1000),
      Keys: Object.fromEntries(keys),
      NewImage: item,
      SequenceNumber: BigInt(`0x${createHash('md5').update(text).digest('hex').slice(0, 15)}`).toString(),
      SizeBytes: Buffer.byteLength(JSON.stringify(item)),
      StreamViewType: table.streamViewType,
    },
    eventSourceARN: consumer.streamArn,
  };
}
