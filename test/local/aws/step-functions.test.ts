import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  InvalidArn,
  InvalidDefinition,
  InvalidExecutionInput,
  InvalidName,
  InvalidOutput,
  InvalidToken,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  paginateGetExecutionHistory,
  paginateListExecutions,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StateMachineAlreadyExists,
  StateMachineDoesNotExist,
  StopExecutionCommand,
  TaskTimedOut,
  ValidationException,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stepFunctionsHandler } from '../../../lib/local/aws/step-functions.ts';
import { aRunner, DAY, ROLE, START, single, tokenTask } from '../states/harness.ts';

const LISTEN = JSON.stringify({ QueryLanguage: 'JSONata', ...single(tokenTask({ HeartbeatSeconds: 3600 })) });
const WAIT = JSON.stringify({ QueryLanguage: 'JSONata', ...single({ Type: 'Wait', Seconds: 60 }) });

let server: Server;
let client: SFNClient;
let runner: ReturnType<typeof aRunner>;
let tokens: string[];

beforeEach(async () => {
  tokens = [];
  runner = aRunner((_, args: { Token: string }) => {
    tokens.push(args.Token);
    return {};
  });
  const handle = stepFunctionsHandler(runner.machines);
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { status, body } = await handle(
      String(request.headers['x-amz-target']),
      JSON.parse(Buffer.concat(chunks).toString()),
    );
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = new SFNClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});

afterEach(async () => {
  client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function machine(definition = LISTEN, name = 'dunning'): Promise<string> {
  const { stateMachineArn } = await client.send(new CreateStateMachineCommand({ name, definition, roleArn: ROLE }));
  return stateMachineArn!;
}

async function execution(stateMachineArn: string, name = 'INV-1_1_1'): Promise<string> {
  const { executionArn } = await client.send(
    new StartExecutionCommand({ stateMachineArn, name, input: '{"invoiceId":"INV-1"}' }),
  );
  await runner.clock.waitUntilIdle();
  return executionArn!;
}

describe('Step Functions over the wire', () => {
  it('creates, describes and lists machines', async () => {
    const stateMachineArn = await machine();
    expect(stateMachineArn).toBe('arn:aws:states:eu-west-1:000000000000:stateMachine:dunning');
    expect(await client.send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({
      name: 'dunning',
      status: 'ACTIVE',
      type: 'STANDARD',
      definition: LISTEN,
      roleArn: ROLE,
      creationDate: new Date(START),
    });
    const { stateMachines } = await client.send(new ListStateMachinesCommand({}));
    expect(stateMachines).toEqual([
      { stateMachineArn, name: 'dunning', type: 'STANDARD', creationDate: new Date(START) },
    ]);
  });

  it('runs an execution from start to its answer', async () => {
    const executionArn = await execution(await machine());
    expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: 'RUNNING',
      name: 'INV-1_1_1',
      input: '{"invoiceId":"INV-1"}',
      startDate: new Date(START),
      redriveCount: 0,
    });
    await runner.clock.advanceTo(START + 1_800_000);
    await client.send(new SendTaskHeartbeatCommand({ taskToken: tokens[0] }));
    await client.send(new SendTaskSuccessCommand({ taskToken: tokens[0], output: '{"paid":true}' }));
    await runner.clock.waitUntilIdle();
    expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"paid":true}',
      stopDate: new Date(START + 1_800_000),
    });
  });

  it('fails a task over the wire', async () => {
    const executionArn = await execution(await machine());
    await client.send(
      new SendTaskFailureCommand({ taskToken: tokens[0], error: 'Dunning.CaseChanged', cause: 'paid' }),
    );
    await runner.clock.waitUntilIdle();
    expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: 'FAILED',
      error: 'Dunning.CaseChanged',
      cause: 'paid',
    });
  });

  it('stops an execution', async () => {
    const executionArn = await execution(await machine());
    expect(await client.send(new StopExecutionCommand({ executionArn, error: 'Manual' }))).toMatchObject({
      stopDate: new Date(START),
    });
    expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: 'ABORTED',
      error: 'Manual',
    });
  });

  it('gives the history with dates, page by page and backwards', async () => {
    const executionArn = await execution(await machine());
    const types: string[] = [];
    for await (const page of paginateGetExecutionHistory({ client, pageSize: 2 }, { executionArn })) {
      types.push(...page.events!.map(({ type }) => type!));
    }
    expect(types).toEqual(['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSubmitted']);
    const { events } = await client.send(
      new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, includeExecutionData: false }),
    );
    expect(events!.map(({ id }) => id)).toEqual([5, 4, 3, 2, 1]);
    expect(events![4]).toEqual({
      id: 1,
      previousEventId: 0,
      timestamp: new Date(START),
      type: 'ExecutionStarted',
      executionStartedEventDetails: { roleArn: ROLE },
    });
  });

  it('lists executions by status, page by page', async () => {
    const stateMachineArn = await machine(WAIT);
    for (let n = 1; n <= 5; n += 1) {
      await execution(stateMachineArn, `run-${n}`);
      await runner.clock.advanceTo(START + n * 30_000);
    }
    const names: string[] = [];
    for await (const page of paginateListExecutions({ client, pageSize: 2 }, { stateMachineArn })) {
      names.push(...page.executions!.map(({ name }) => name!));
    }
    expect(names).toEqual(['run-5', 'run-4', 'run-3', 'run-2', 'run-1']);
    const running = await client.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' }));
    expect(running.executions!.map(({ name, status }) => [name, status])).toEqual([['run-5', 'RUNNING']]);
  });

  it('is idempotent while running and refuses the name afterwards', async () => {
    const stateMachineArn = await machine(WAIT);
    const first = await execution(stateMachineArn);
    expect(await execution(stateMachineArn)).toBe(first);
    await runner.clock.advanceTo(START + DAY);
    await expect(execution(stateMachineArn)).rejects.toBeInstanceOf(ExecutionAlreadyExists);
    await expect(execution(stateMachineArn)).rejects.toThrow(`Execution Already Exists: '${first}'`);
  });

  it('answers dead and bad tokens with the errors of AWS', async () => {
    await execution(await machine());
    await client.send(new SendTaskSuccessCommand({ taskToken: tokens[0], output: '1' }));
    const again = client.send(new SendTaskSuccessCommand({ taskToken: tokens[0], output: '1' }));
    await expect(again).rejects.toBeInstanceOf(TaskTimedOut);
    const bad = client.send(new SendTaskFailureCommand({ taskToken: 'nonsense' }));
    await expect(bad).rejects.toBeInstanceOf(InvalidToken);
  });

  it('answers bad requests with the errors of AWS', async () => {
    const stateMachineArn = await machine();
    const executionArn = stateMachineArn.replace('stateMachine', 'execution');
    const refusals: [Promise<unknown>, unknown][] = [
      [machine('{}', 'other'), InvalidDefinition],
      [machine(LISTEN, 'a b'), InvalidName],
      [machine(WAIT), StateMachineAlreadyExists],
      [client.send(new StartExecutionCommand({ stateMachineArn: 'nonsense' })), InvalidArn],
      [client.send(new StartExecutionCommand({ stateMachineArn: `${stateMachineArn}s` })), StateMachineDoesNotExist],
      [client.send(new StartExecutionCommand({ stateMachineArn, input: '{' })), InvalidExecutionInput],
      [client.send(new DescribeExecutionCommand({ executionArn: `${executionArn}:none` })), ExecutionDoesNotExist],
      [client.send(new ListExecutionsCommand({})), ValidationException],
      [
        client.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'succeeded' as never })),
        ValidationException,
      ],
      [client.send(new SendTaskSuccessCommand({ taskToken: 'x', output: '{' })), InvalidOutput],
    ];
    for (const [refused, type] of refusals) await expect(refused).rejects.toBeInstanceOf(type);
  });

  it.each<[string, unknown, string]>([
    ['AWSStepFunctions.StartExecution', {}, 'com.amazon.coral.validate#ValidationException'],
    ['AWSStepFunctions.StartExecution', { stateMachineArn: 7 }, 'com.amazon.coral.service#SerializationException'],
    ['AWSStepFunctions.StartExecution', [], 'com.amazon.coral.service#SerializationException'],
    ['AWSStepFunctions.DeleteEverything', {}, 'com.amazon.coral.service#UnknownOperationException'],
    ['AWSStepFunctions.SendTaskHeartbeat', { taskToken: 'x' }, 'com.amazonaws.swf.service.v2.model#InvalidToken'],
    [
      'AWSStepFunctions.CreateStateMachine',
      { type: 'EXPRESS' },
      'com.amazonaws.swf.service.v2.model#StateMachineTypeNotSupported',
    ],
  ])('answers %s with %j by HTTP 400 and %s', async (target, body, type) => {
    expect(await stepFunctionsHandler(runner.machines)(target, body)).toEqual({
      status: 400,
      body: { __type: type, message: expect.any(String) as string },
    });
  });
});
