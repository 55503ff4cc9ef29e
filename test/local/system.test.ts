import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { LocalSystemOptions } from '../../lib/local/system.ts';
import { type Json, RunningSystems } from './system/a-running-system.ts';
import { aSmallStack } from './system/a-small-stack.ts';

const systems = new RunningSystems();

afterEach(() => systems.closeAll());

async function start(changes: Partial<LocalSystemOptions> = {}) {
  return systems.start({ cloudAssemblyFolder: await aSmallStack(), ...changes });
}

describe('the local system', () => {
  it('runs a stack from the API through table, stream and workflow to the mail and its events', async () => {
    const log: string[] = [];
    const { system, get, post, register, aws } = await start({ onLog: (name, line) => log.push(`${name}: ${line}`) });
    expect(await get('/_local/health')).toMatchObject({ status: 200, body: { ready: true } });
    expect(await register('A')).toMatchObject({
      status: 201,
      body: { invoiceId: 'A', at: Date.parse('2026-01-05T08:00:00Z') },
    });

    const waiting = await get('/_local/executions/A');
    expect(waiting.body).toMatchObject({ status: 'RUNNING', currentStates: ['Wait'], transitions: 1 });
    expect((await get('/_local/outbox')).body).toEqual([]);

    const moved = await post('/_local/clock', { advanceBy: 'P10DT1M' });
    expect(moved).toMatchObject({ status: 200, body: { now: '2026-01-15T08:01:00.000Z', ran: expect.any(Number) } });
    const { body: outbox } = await get('/_local/outbox?invoiceId=A');
    expect(outbox).toMatchObject([
      {
        channel: 'email',
        subject: 'Invoice A',
        at: '2026-01-15T08:00:00.000Z',
        invoiceIds: ['A'],
        stepId: 'A1',
        level: 'level1',
      },
    ]);
    const done = await get('/_local/executions/A');
    expect(done.body).toMatchObject({
      status: 'SUCCEEDED',
      currentStates: ['Settled'],
      transitions: 4,
      input: { invoiceId: 'A' },
    });

    const { Items: items } = await aws('DynamoDB_20120810.Scan', { TableName: system.outputs.LedgerTableName });
    expect(items.map((item: Json) => item.sk.S).sort()).toEqual(['CASE', 'Delivery']);
    expect(log).toContain('Sample-Api: registering A');
    expect(systems.errors).toEqual([]);
  });

  it('refuses a data folder that another local system uses', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'relance-data-'));
    await start({ dataFolder });
    await expect(start({ dataFolder })).rejects.toThrow('is in use by another local system');
  });

  it('counts what would have been billed', async () => {
    const { get, post, register } = await start();
    await register('A');
    await post('/_local/clock', { advanceBy: 'P11D' });
    const { body } = await get('/_local/metrics');
    expect(body).toMatchObject({
      functions: { 'Sample-Api': 1, 'Sample-Wake': 1, 'Sample-Send': 1, 'Sample-Record': 1 },
      streams: { Mapping: { read: 3, filtered: 2, invocations: 1, discarded: 0 } },
      tables: { 'Sample-Ledger': { PutItem: { requests: 2 }, UpdateItem: { requests: 1 } } },
      stateTransitions: 4,
      deadLetters: [],
    });
  });

  it('retries what an injected fault broke, and sends once', async () => {
    const { get, post, register } = await start();
    await register('A');
    await get('/_local/executions/A');
    expect((await post('/_local/faults', { service: 'lambda', kind: 'throttle', times: 2 })).status).toBe(200);
    await post('/_local/clock', { advanceBy: 'P11D' });
    expect((await get('/_local/outbox')).body).toHaveLength(1);
    expect((await get('/_local/executions/A')).body).toMatchObject({ status: 'SUCCEEDED', transitions: 6 });
  });

  it('tells the stack what became of an email', async () => {
    const { system, get, post, register, aws } = await start();
    await register('A');
    await post('/_local/clock', { advanceBy: 'P10D' });
    const [{ messageId }] = (await get('/_local/outbox')).body;
    expect((await post('/_local/delivery-events', { messageId, event: 'bounce' })).status).toBe(200);
    const { Items: items } = await aws('DynamoDB_20120810.Scan', { TableName: system.outputs.LedgerTableName });
    expect(items.map((item: Json) => item.sk.S)).toContain('Bounce');
  });

  it('still shows an execution that ended half a year ago, and runs moves of the clock in turn', async () => {
    const { get, post, register } = await start();
    await register('A');
    const moves = await Promise.all(
      ['P100D', 'P100D', 'P100D'].map((advanceBy) => post('/_local/clock', { advanceBy })),
    );
    expect(moves.map(({ body }) => body.now)).toEqual([
      '2026-04-15T08:00:00.000Z',
      '2026-07-24T08:00:00.000Z',
      '2026-11-01T08:00:00.000Z',
    ]);
    expect((await get('/_local/executions/A')).body).toMatchObject({ status: 'SUCCEEDED', currentStates: ['Settled'] });
    expect((await get('/_local/metrics')).body.stateTransitions).toBe(4);
  });

  it('hands out the secret of the bank', async () => {
    const { get, aws } = await start();
    const { body } = await get('/_local/bank-secret');
    expect(body.secret).toMatch(/^[A-Za-z0-9]{40}$/);
    const { SecretString } = await aws('secretsmanager.GetSecretValue', { SecretId: 'Sample-Bank' });
    expect(SecretString).toBe(body.secret);
  });

  it('goes on from a data folder: tables, outbox, secrets and clock as they were, executions anew', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'relance-data-'));
    const cloudAssemblyFolder = await aSmallStack();
    const first = await start({ dataFolder, cloudAssemblyFolder });
    await first.register('A');
    await first.post('/_local/clock', { advanceBy: 'P10D' });
    await first.register('B');
    await first.post('/_local/clock', { advanceBy: 'P1D' });
    const secret = (await first.get('/_local/bank-secret')).body;
    const outbox = (await first.get('/_local/outbox')).body;
    await systems.closeAll();

    const second = await start({ dataFolder, cloudAssemblyFolder, startAt: undefined });
    expect(second.system).toMatchObject({ isResumed: true, startedAt: '2026-01-16T08:00:00.000Z' });
    expect((await second.get('/_local/clock')).body).toEqual({ now: '2026-01-16T08:00:00.000Z' });
    expect((await second.get('/_local/bank-secret')).body).toEqual(secret);
    expect((await second.get('/_local/outbox')).body).toEqual(outbox);
    expect((await second.get('/_local/executions/B')).body.status).toBe('RUNNING');
    await second.post('/_local/clock', { advanceBy: 'P11D' });
    expect((await second.get('/_local/outbox?invoiceId=B')).body).toHaveLength(1);
    expect((await second.get('/_local/executions/A')).body.currentStates).toEqual(['Sent before']);
  });

  it('shows a letter once it is said to be posted, and keeps it in a data folder', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'relance-data-'));
    const cloudAssemblyFolder = await aSmallStack();
    const first = await start({ dataFolder, cloudAssemblyFolder });
    const wording = { channel: 'letter', to: ['Martin SARL'], subject: 'Relevé', text: 'Bonjour' };
    const about = { invoiceIds: ['A', 'B'], stepId: 'A4', level: 'level1' };
    const url = `${first.system.awsUrl}/sample-letters/letters/1.json`;
    const headers = { authorization: 'Credential=local/20260105/eu-west-3/s3/aws4_request' };
    await fetch(url, { method: 'PUT', headers, body: JSON.stringify({ ...wording, ...about }) });
    const detail = { letterId: '1', bucket: 'sample-letters', documentKey: 'letters/1.pdf' };
    const entry = { Source: 'relance.letters', Detail: JSON.stringify(detail) };
    const publish = (DetailType: string) => first.aws('AWSEvents.PutEvents', { Entries: [{ ...entry, DetailType }] });
    await publish('LetterReady');
    expect((await first.get('/_local/outbox')).body).toEqual([]);
    await publish('LetterPosted');
    const { body: outbox } = await first.get('/_local/outbox?invoiceId=B');
    const at = '2026-01-05T08:00:00.000Z';
    expect(outbox).toEqual([{ ...wording, ...about, messageId: '1', cc: [], html: null, at }]);
    await first.advance('P1D');
    await systems.closeAll();

    const second = await start({ dataFolder, cloudAssemblyFolder, startAt: undefined });
    expect((await second.get('/_local/outbox')).body).toEqual(outbox);
    const kept = await fetch(url.replace(first.system.awsUrl, second.system.awsUrl), { headers });
    expect(await kept.json()).toMatchObject(wording);
    expect(systems.errors).toEqual([]);
  });

  it('reports a letter that was posted and is nowhere', async () => {
    const { get, aws } = await start();
    const detail = { letterId: '1', bucket: 'sample-letters', documentKey: 'letters/1.pdf' };
    const entry = { Source: 'relance.letters', DetailType: 'LetterPosted', Detail: JSON.stringify(detail) };
    await aws('AWSEvents.PutEvents', { Entries: [entry] });
    expect((await get('/_local/outbox')).body).toEqual([]);
    expect(String(systems.errors.splice(0))).toContain('the bucket sample-letters holds no letters/1.json');
  });

  it('does not take a data folder back in time', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'relance-data-'));
    const cloudAssemblyFolder = await aSmallStack();
    await start({ dataFolder, cloudAssemblyFolder });
    await systems.closeAll();
    const again = start({ dataFolder, cloudAssemblyFolder, startAt: '2025-12-31T00:00:00Z' });
    await expect(again).rejects.toThrow(/stands at 2026-01-05T08:00:00.000Z: the clock cannot go back/);
  });

  it('says which port is taken and how to choose another', async () => {
    const { system } = await start();
    const port = Number(new URL(system.apiUrl).port);
    const awsPort = Number(new URL(system.awsUrl).port);
    await expect(start({ port })).rejects.toThrow(new RegExp(`${port}.*RELANCE_PORT`));
    await expect(start({ awsPort })).rejects.toThrow(new RegExp(`${awsPort}.*RELANCE_AWS_PORT`));
  });

  it('refuses a broken data folder and a start that is no instant', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'relance-data-'));
    await writeFile(join(dataFolder, 'state.json'), 'half');
    await expect(start({ dataFolder })).rejects.toThrow(/state\.json is not JSON.*another --data folder/);
    await expect(start({ startAt: 'soon' })).rejects.toThrow(/"soon" is not an instant/);
  });
});

describe('a request to /_local', () => {
  it('that cannot be understood is a problem with the cure', async () => {
    const { get, post } = await start();
    const cases: [string, unknown, number, RegExp][] = [
      ['/_local/clock', 'not json', 400, /not JSON/],
      ['/_local/clock', '', 400, /empty/],
      ['/_local/clock', [], 400, /must be a JSON object with advanceTo, advanceBy/],
      ['/_local/clock', {}, 400, /Send either/],
      ['/_local/clock', { advanceTo: '2026-02-01T00:00:00Z', advanceBy: 'P1D' }, 400, /Send either/],
      ['/_local/clock', { advanceTo: 'tomorrow' }, 400, /"advanceTo" must be an instant.*"tomorrow"/],
      ['/_local/clock', { advanceTo: '2025-01-01T00:00:00Z' }, 400, /cannot go back/],
      ['/_local/clock', { advanceBy: '10 days' }, 400, /"advanceBy" must be an ISO 8601 duration/],
      ['/_local/clock', { advanceBy: 10 }, 400, /not 10/],
      ['/_local/clock', { forward: 1 }, 422, /"forward" is not known/],
      ['/_local/token', {}, 422, /"scopes" must be a list, it is missing/],
      ['/_local/token', { scopes: ['relance/emperor'] }, 422, /No scope "relance\/emperor".*relance\/billing/],
      ['/_local/faults', { service: 'weather', kind: 'throttle' }, 422, /weather/],
      ['/_local/faults', { service: 'ses', kind: 'explode' }, 422, /explode/],
      ['/_local/faults', { service: 'ses', kind: 'throttle', times: 0 }, 422, /times/],
      ['/_local/delivery-events', { messageId: 'x', event: 'eaten' }, 422, /delivery, bounce, complaint, open/],
      ['/_local/delivery-events', { messageId: 'x', event: 'bounce' }, 404, /No email "x" was sent/],
      ['/_local/nothing', {}, 404, /No route POST \/_local\/nothing/],
    ];
    for (const [path, body, status, detail] of cases) {
      expect(await post(path, body), `${path} ${JSON.stringify(body)}`).toMatchObject({
        status,
        type: 'application/problem+json',
        body: { status, title: expect.any(String), detail: expect.stringMatching(detail) },
      });
    }
    expect((await get('/_local/executions/unknown')).status).toBe(404);
    expect((await get('/_local/outbox?customerId=C')).status).toBe(400);
    expect((await get('/_local/clock')).body).toEqual({ now: '2026-01-05T08:00:00.000Z' });
  });

  it('moves the clock to an instant too, and stays where it is when asked to', async () => {
    const { post } = await start();
    expect((await post('/_local/clock', { advanceTo: '2026-01-05T10:00:00+01:00' })).body.now).toBe(
      '2026-01-05T09:00:00.000Z',
    );
    expect((await post('/_local/clock', { advanceBy: 'PT0S' })).body).toEqual({
      now: '2026-01-05T09:00:00.000Z',
      ran: 0,
    });
  });
});
