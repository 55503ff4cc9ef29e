import { afterEach, describe, expect, it } from 'vitest';
import type { InvokeResult } from '../../../lib/local/functions/invoker.ts';
import { jsonAnswer } from '../../../lib/local/gateway/http-answer.ts';
import { type RunningServer, startHttpServer } from '../../../lib/local/gateway/http-server.ts';
import { TaskFailure } from '../../../lib/local/states/task-failure.ts';
import { LocalTaskResources } from '../../../lib/local/system/local-task-resources.ts';

const servers: RunningServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** Resources before an endpoint that answers `status` and `body`, and keeps what it was asked. */
async function resourcesBefore(status: number, body: unknown) {
  const asked: unknown[] = [];
  const server = await startHttpServer({
    port: 0,
    portVariable: 'NONE',
    answer: async (request, sent) => {
      asked.push({ target: request.headers['x-amz-target'], input: JSON.parse(sent.toString()) });
      return jsonAnswer(status, body);
    },
    onError: () => undefined,
  });
  servers.push(server);
  return { resources: resourcesAt(server.url), asked };
}

function resourcesAt(url: string, result: InvokeResult = { ok: true, payload: null }) {
  const asked: unknown[] = [];
  const invoke = async (functionName: string, payload: unknown) => {
    asked.push({ functionName, payload });
    return result;
  };
  return Object.assign(new LocalTaskResources({ functions: { invoke }, awsEndpointUrl: () => url }), { asked });
}

/** The failure of a task, as Retry and Catch see it. */
async function failureOf(work: Promise<unknown>) {
  const failure = await work.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(TaskFailure);
  return failure as TaskFailure;
}

describe('lambda:invoke', () => {
  it('gives the payload and takes the answer', async () => {
    const resources = resourcesAt('', { ok: true, payload: { standing: 'open' } });
    const result = await resources.run('lambda:invoke', { FunctionName: 'plan', Payload: { invoiceId: 'A' } });
    expect(result).toEqual({ ExecutedVersion: '$LATEST', Payload: { standing: 'open' }, StatusCode: 200 });
    expect(resources.asked).toEqual([{ functionName: 'plan', payload: { invoiceId: 'A' } }]);
  });

  it("fails by the name of the function's error, with the error as JSON", async () => {
    const error = {
      ok: false,
      errorType: 'Dunning.Conflict',
      errorMessage: 'moved',
      trace: ['Dunning.Conflict: moved'],
    } as const;
    const failure = await failureOf(resourcesAt('', error).run('lambda:invoke', { FunctionName: 'plan' }));
    expect(failure.errorName).toBe('Dunning.Conflict');
    expect(JSON.parse(failure.causeText ?? '')).toEqual({
      errorType: 'Dunning.Conflict',
      errorMessage: 'moved',
      trace: ['Dunning.Conflict: moved'],
    });
  });

  it("fails in plain text when Lambda's API did", async () => {
    const error = { ok: false, errorType: 'Lambda.TooManyRequestsException', errorMessage: 'Rate Exceeded.' } as const;
    const failure = await failureOf(resourcesAt('', error).run('lambda:invoke', { FunctionName: 'plan' }));
    expect(failure.toErrorOutput()).toEqual({ Error: 'Lambda.TooManyRequestsException', Cause: 'Rate Exceeded.' });
  });
});

describe('an SDK integration', () => {
  it('calls DynamoDB with its arguments as they are', async () => {
    const { resources, asked } = await resourcesBefore(200, { Attributes: {} });
    const input = { TableName: 'Ledger', Key: { pk: { S: 'A' } } };
    expect(await resources.run('aws-sdk:dynamodb:updateItem', input)).toEqual({ Attributes: {} });
    expect(asked).toEqual([{ target: 'DynamoDB_20120810.UpdateItem', input }]);
  });

  it('calls Step Functions, whose members are in camel case on the wire only', async () => {
    const { resources, asked } = await resourcesBefore(200, { executionArn: 'arn', startDate: 1 });
    const args = { StateMachineArn: 'arn', Name: 'A_1_2', Input: '{"part":2}' };
    expect(await resources.run('aws-sdk:sfn:startExecution', args)).toEqual({ ExecutionArn: 'arn', StartDate: 1 });
    expect(asked).toEqual([
      {
        target: 'AWSStepFunctions.StartExecution',
        input: { stateMachineArn: 'arn', name: 'A_1_2', input: '{"part":2}' },
      },
    ]);
  });

  it.each([
    [
      'aws-sdk:dynamodb:updateItem',
      'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
      'DynamoDb.ConditionalCheckFailedException',
    ],
    [
      'aws-sdk:dynamodb:updateItem',
      'com.amazonaws.dynamodb.v20120810#InternalServerError',
      'DynamoDb.InternalServerErrorException',
    ],
    ['aws-sdk:sfn:startExecution', 'ExecutionAlreadyExists', 'Sfn.ExecutionAlreadyExistsException'],
  ])('%s names the error %s as %s', async (resource, type, errorName) => {
    const { resources } = await resourcesBefore(400, { __type: type, message: 'no' });
    const failure = await failureOf(resources.run(resource, {}));
    expect(failure.toErrorOutput()).toEqual({ Error: errorName, Cause: 'no' });
  });

  it('fails as the SDK does when the connection is cut', async () => {
    const failure = await failureOf(resourcesAt('http://127.0.0.1:9').run('aws-sdk:dynamodb:updateItem', {}));
    expect(failure.errorName).toBe('DynamoDb.SdkClientException');
  });

  it('of a service nobody wired fails by its name', async () => {
    const failure = await failureOf(resourcesAt('').run('aws-sdk:s3:putObject', {}));
    expect(failure).toMatchObject({
      errorName: 'States.Runtime',
      causeText: expect.stringContaining('aws-sdk:s3:putObject'),
    });
  });
});
