import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Json, RunningSystems } from './system/a-running-system.ts';
import { aSmallStack } from './system/a-small-stack.ts';

const systems = new RunningSystems();
let cloudAssemblyFolder: string;

beforeAll(async () => {
  cloudAssemblyFolder = await aSmallStack();
});

afterEach(() => systems.closeAll());

async function start() {
  const running = await systems.start({ cloudAssemblyFolder });
  const inject = (service: string, kind: string, times = 1) => running.post('/_local/faults', { service, kind, times });
  const outbox = async (): Promise<Json[]> => (await running.get('/_local/outbox')).body;
  const execution = async (invoiceId: string) => (await running.get(`/_local/executions/${invoiceId}`)).body;
  const metrics = async () => (await running.get('/_local/metrics')).body;
  return { ...running, inject, outbox, execution, metrics };
}

describe('an injected fault', () => {
  it('of DynamoDB fails the request, and a second one goes through', async () => {
    const { inject, register, execution } = await start();
    await inject('dynamodb', 'throttle');
    expect(await register('A')).toMatchObject({ status: 500, body: { message: 'Internal Server Error' } });
    expect((await register('A')).status).toBe(201);
    expect(await execution('A')).toMatchObject({ status: 'RUNNING' });
  });

  it('of DynamoDB after success leaves the work done and the caller in doubt', async () => {
    const { inject, register, execution } = await start();
    await inject('dynamodb', 'timeout-after-success');
    expect((await register('A')).status).toBe(500);
    expect(await execution('A')).toMatchObject({ status: 'RUNNING', input: { invoiceId: 'A' } });
  });

  it('of Step Functions is retried by the stream until the execution starts', async () => {
    const { inject, register, get, advance, execution, metrics } = await start();
    await inject('states', 'throttle', 3);
    await register('A');
    expect((await get('/_local/executions/A')).status).toBe(404);
    await advance('PT1M');
    expect(await execution('A')).toMatchObject({ status: 'RUNNING', currentStates: ['Wait'] });
    expect((await metrics()).streams.Mapping).toMatchObject({ invocations: 4, discarded: 0 });
  });

  it('of Step Functions after success starts no second execution', async () => {
    const { inject, register, advance, aws } = await start();
    await inject('sfn', 'timeout-after-success');
    await register('A');
    await advance('PT1M');
    const { stateMachines } = await aws('AWSStepFunctions.ListStateMachines', {});
    const { executions } = await aws('AWSStepFunctions.ListExecutions', stateMachines[0]);
    expect(executions).toHaveLength(1);
  });

  it('of the stream delivers a record twice, with one effect', async () => {
    const { inject, register, outbox, advance, metrics } = await start();
    await inject('streams', 'duplicate');
    await register('A');
    await advance('P11D');
    expect((await metrics()).streams.Mapping.invocations).toBe(2);
    expect(await outbox()).toHaveLength(1);
  });

  it('of SES fails the workflow that does not retry it, and names the error', async () => {
    const { inject, register, outbox, advance, execution } = await start();
    await register('A');
    await inject('ses', 'throttle');
    await advance('P11D');
    expect(await outbox()).toEqual([]);
    const { status, error, cause, currentStates } = await execution('A');
    expect({ status, error, currentStates }).toEqual({
      status: 'FAILED',
      error: 'Sample.Refused',
      currentStates: ['Send email'],
    });
    expect(JSON.parse(cause)).toMatchObject({
      errorType: 'Sample.Refused',
      errorMessage: expect.stringContaining('sending rate'),
    });
  });

  it.each([
    ['throttle', 1],
    ['crash-before-reply', 1],
  ])('of Lambda, %s, does not keep the mail from being sent', async (kind, times) => {
    const { inject, register, outbox, advance, get } = await start();
    await register('A');
    await get('/_local/executions/A');
    await inject('lambda', kind, times);
    await advance('P11D');
    expect((await outbox()).length).toBeGreaterThan(0);
  });

  it('of the bus delivers an event twice', async () => {
    const { inject, register, advance, metrics } = await start();
    await register('A');
    await inject('events', 'duplicate');
    await advance('P11D');
    expect((await metrics()).functions['Sample-Record']).toBe(2);
  });
});

describe('time', () => {
  it('does not pass while a request is under way', async () => {
    const { register, advance, outbox } = await start();
    const [registered, moved] = await Promise.all([register('A'), advance('P0D').then(() => advance('P10D'))]);
    expect(registered.status).toBe(201);
    expect(moved.status).toBe(200);
    // Whichever came first, the mail goes out ten days after the invoice and never before.
    await advance('P10D');
    const [mail] = await outbox();
    expect(Date.parse(mail.at) - registered.body.at).toBe(10 * 86_400_000);
  });

  it('runs a hundred cases side by side, each on its own day', async () => {
    const { register, advance, outbox, metrics } = await start();
    const ids = Array.from({ length: 100 }, (_, index) => `F-${index}`);
    for (const invoiceId of ids.slice(0, 50)) await register(invoiceId);
    await advance('P1D');
    await Promise.all(ids.slice(50).map((invoiceId) => register(invoiceId)));
    await advance('P10D');
    const sent = await outbox();
    expect(new Set(sent.flatMap(({ invoiceIds }) => invoiceIds))).toEqual(new Set(ids));
    expect(sent.filter(({ at }) => at.startsWith('2026-01-15'))).toHaveLength(50);
    expect(sent.filter(({ at }) => at.startsWith('2026-01-16'))).toHaveLength(50);
    expect((await metrics()).stateTransitions).toBe(400);
  });
});
