import { Agent } from 'node:http';
import { crc32 } from 'node:zlib';
import { targetOperation } from '../aws/protocols.ts';
import { AwsError, type AwsReply, type AwsRequest, type AwsService } from '../aws/service.ts';
import type { CapacityMeter } from './capacity-meter.ts';
import { capacityIn, capacityOfFailedCondition, type DynamoDbBody, isWrite, tablesOf } from './consumed-capacity.ts';
import { forward } from './forward.ts';

/** What the proxy stands before, and whom it tells. */
export interface DynamoDbProxyOptions {
  /** Address of the emulator. */
  readonly endpoint: string;
  readonly meter: CapacityMeter;
  /** Called after each write and before its answer goes out, so that a stream has been told before the writer knows. */
  readonly onWrite: (tableNames: readonly string[]) => void;
}

/** DynamoDB and DynamoDB Streams, answered by the emulator. */
export interface DynamoDbProxy extends AwsService {
  /** Closes the connections to the emulator. */
  close(): void;
}

/**
 * Passes requests to the emulator as they are, adds up the request units they use and tells of writes. Where the caller
 * did not ask for `ReturnConsumedCapacity`, the proxy asks, and takes the figures out of the answer again.
 */
export function createDynamoDbProxy(options: DynamoDbProxyOptions): DynamoDbProxy {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return {
    name: 'dynamodb',
    protocol: 'json-1.0',
    claims: { targetPrefixes: ['DynamoDB_20120810', 'DynamoDBStreams_20120810'] },
    throttled: new AwsError(
      'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
      'The level of configured provisioned throughput for the table was exceeded. ' +
        'Consider increasing your provisioning level with the UpdateTable API.',
    ),
    internalError: new AwsError('com.amazonaws.dynamodb.v20120810#InternalServerError', 'Internal server error', 500),
    handle: (request) => pass({ ...options, agent }, asOneCaller(request)),
    close: () => agent.destroy(),
  };
}

interface Proxy extends DynamoDbProxyOptions {
  readonly agent: Agent;
}

/**
 * DynamoDB Local shows every access key and region tables of its own. Here all callers are one account, so that
 * functions, tools and the stream see the same tables; nobody checks the signature.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocal.UsageNotes.html
 */
function asOneCaller(request: AwsRequest): AwsRequest {
  const authorization = request.headers.authorization?.replace(CREDENTIAL_SCOPE, 'Credential=local/$1/local/');
  return authorization === undefined ? request : { ...request, headers: { ...request.headers, authorization } };
}

const CREDENTIAL_SCOPE = /Credential=[^/,\s]*\/(\d{8})\/[^/]+\//;

async function pass(proxy: Proxy, request: AwsRequest): Promise<AwsReply> {
  const operation = targetOperation(request);
  const body = isWrite(operation) === undefined ? undefined : parse(request.body);
  if (body === undefined) return forward(request, proxy);
  const isAsked = ASKED.has(String(body.ReturnConsumedCapacity));
  const asking = isAsked ? request : { ...request, body: askForCapacity(body) };
  const reply = await forward(asking, proxy);
  const answer = parse(reply.body);
  if (answer === undefined) return reply;
  meter(proxy.meter, operation, { body, answer, status: reply.status });
  if (isWrite(operation) && reply.status === 200) proxy.onWrite(tablesOf(body));
  return isAsked || reply.status !== 200 ? reply : withoutCapacity(reply, answer);
}

const ASKED = new Set(['TOTAL', 'INDEXES']);

function meter(
  capacity: CapacityMeter,
  operation: string,
  exchange: { readonly body: DynamoDbBody; readonly answer: DynamoDbBody; readonly status: number },
): void {
  const { body, answer, status } = exchange;
  const hasFailedCondition = status === 400 && isFailedCondition(answer);
  const used = hasFailedCondition ? capacityOfFailedCondition(body) : capacityIn(answer, operation);
  for (const { tableName, ...units } of used) capacity.record(tableName, operation, units);
}

function isFailedCondition(answer: DynamoDbBody): boolean {
  const type = String(answer.__type);
  if (type.endsWith('#ConditionalCheckFailedException')) return true;
  return type.endsWith('#TransactionCanceledException') && JSON.stringify(answer).includes('ConditionalCheckFailed');
}

function askForCapacity(body: DynamoDbBody): Buffer {
  return Buffer.from(JSON.stringify({ ...body, ReturnConsumedCapacity: 'TOTAL' }));
}

function withoutCapacity(reply: AwsReply, answer: DynamoDbBody): AwsReply {
  const { ConsumedCapacity: _asked, ...rest } = answer;
  const body = Buffer.from(JSON.stringify(rest));
  // Some SDKs compare this checksum with the body.
  return { ...reply, headers: { ...reply.headers, 'x-amz-crc32': String(crc32(body)) }, body };
}

function parse(body: string | Buffer): DynamoDbBody | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === 'object' && value !== null ? (value as DynamoDbBody) : undefined;
  } catch {
    // The emulator says what is wrong with a body that is not JSON.
    return undefined;
  }
}
