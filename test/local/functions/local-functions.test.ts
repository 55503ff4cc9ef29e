import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { LocalFunctions } from '../../../lib/local/functions/local-functions.ts';
import type { DeployedFunction } from '../../../lib/local/template/deployment.ts';

const opened: LocalFunctions[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((functions) => functions.close()));
});

interface Setup {
  readonly code: string;
  readonly deployed?: Partial<DeployedFunction>;
  readonly faults?: string[];
  readonly log?: string[];
}

/** One function called `sample` with this code. */
async function deploy({ code, deployed = {}, faults = [], log = [] }: Setup): Promise<LocalFunctions> {
  const assetFolder = await mkdtemp(join(tmpdir(), 'relance-function-'));
  await writeFile(join(assetFolder, 'index.mjs'), code);
  const functions = new LocalFunctions({
    functions: [
      {
        name: 'sample',
        arn: 'arn:aws:lambda:eu-west-3:000000000000:function:sample',
        handler: 'index.handler',
        assetFolder,
        environment: { LEDGER_TABLE: 'Ledger' },
        timeoutSeconds: 20,
        memoryMegabytes: 256,
        asynchronous: { retryAttemptsMax: 2, eventAgeSecondsMax: 21_600 },
        ...deployed,
      },
    ],
    region: 'eu-west-3',
    awsEndpointUrl: () => 'http://127.0.0.1:4566',
    takeFault: () => faults.shift(),
    track: (work) => work,
    onLog: (name, line) => log.push(`${name}: ${line}`),
  });
  opened.push(functions);
  return functions;
}

describe('a local function', () => {
  it('gets its event as JSON and answers as JSON', async () => {
    const functions = await deploy({ code: 'export const handler = async (event) => ({ event, gone: undefined });' });
    const payload = { at: new Date(0), missing: undefined, amountMinor: 5 };
    expect(await functions.invoke('sample', payload)).toEqual({
      ok: true,
      payload: { event: { at: '1970-01-01T00:00:00.000Z', amountMinor: 5 } },
    });
  });

  it('answers null when it returns nothing', async () => {
    const functions = await deploy({ code: 'export const handler = async () => {};' });
    expect(await functions.invoke('sample', null)).toEqual({ ok: true, payload: null });
  });

  it('is found by its ARN, and a stranger is refused with the names there are', async () => {
    const functions = await deploy({ code: 'export const handler = async () => 1;' });
    expect(await functions.invoke('arn:aws:lambda:eu-west-3:000000000000:function:sample', {})).toMatchObject({
      ok: true,
    });
    await expect(functions.invoke('stranger', {})).rejects.toThrow('No function stranger. The stack has: sample');
  });

  it('sees the environment of the template and nothing of this process', async () => {
    process.env.RELANCE_TEST_LEAK = 'leaked';
    const functions = await deploy({ code: 'export const handler = async () => process.env;' });
    const result = await functions.invoke('sample', {});
    delete process.env.RELANCE_TEST_LEAK;
    expect(result).toMatchObject({
      payload: {
        LEDGER_TABLE: 'Ledger',
        AWS_REGION: 'eu-west-3',
        AWS_LAMBDA_FUNCTION_NAME: 'sample',
        AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
        AWS_ACCESS_KEY_ID: 'local',
        POWERTOOLS_DEV: 'false',
      },
    });
    expect(result).not.toHaveProperty('payload.RELANCE_TEST_LEAK');
    expect(result).not.toHaveProperty('payload.PATH');
  });

  it('gets the context Lambda gives', async () => {
    const code = `export const handler = async (event, context) =>
      ({ ...context, remaining: context.getRemainingTimeInMillis() });`;
    const result = await (await deploy({ code })).invoke('sample', {});
    expect(result).toMatchObject({
      payload: {
        awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        functionName: 'sample',
        invokedFunctionArn: 'arn:aws:lambda:eu-west-3:000000000000:function:sample',
        memoryLimitInMB: '256',
        remaining: expect.any(Number),
      },
    });
  });

  it('keeps its module between events and runs them one at a time, in order', async () => {
    const code = `let running = 0; const seen = [];
      export const handler = async (event) => {
        running += 1;
        if (running > 1) throw new Error('two at once');
        await new Promise((resolve) => setTimeout(resolve, event.first ? 20 : 0));
        running -= 1;
        seen.push(event.n);
        return seen;
      };`;
    const functions = await deploy({ code });
    const events = [1, 2, 3].map((n) => functions.invoke('sample', { n, first: n === 1 }));
    expect((await Promise.all(events)).at(-1)).toEqual({ ok: true, payload: [1, 2, 3] });
    expect(functions.invocations()).toEqual({ sample: 3 });
  });

  it('reports an exception by its own name, as workflows match on it', async () => {
    const code = `export const handler = async () => {
      throw Object.assign(new Error('the case moved'), { name: 'Dunning.Conflict' });
    };`;
    const result = await (await deploy({ code })).invoke('sample', {});
    expect(result).toMatchObject({ ok: false, errorType: 'Dunning.Conflict', errorMessage: 'the case moved' });
    expect(result).toHaveProperty('trace.0', 'Dunning.Conflict: the case moved');
  });

  it('reports a thrown value that is no error by its type', async () => {
    const functions = await deploy({ code: "export const handler = async () => { throw 'no'; };" });
    expect(await functions.invoke('sample', {})).toEqual({
      ok: false,
      errorType: 'string',
      errorMessage: 'no',
      trace: [],
    });
  });

  it('is stopped at its timeout and starts afresh with the next event', async () => {
    const code = `let count = 0;
      export const handler = async (event) => { count += 1; while (event.hang) {} return count; };`;
    const functions = await deploy({ code, deployed: { timeoutSeconds: 0.3 } });
    const late = await functions.invoke('sample', { hang: true });
    expect(late).toMatchObject({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringContaining('timed out after 0.30 seconds'),
    });
    const next = await functions.invoke('sample', {});
    expect(next).toEqual({ ok: true, payload: 1 });
  });

  it('is a crash when its process ends, and starts afresh with the next event', async () => {
    const code = `let count = 0;
      export const handler = async (event) => { count += 1; if (event.exit) process.exit(3); return count; };`;
    const functions = await deploy({ code });
    await functions.invoke('sample', {});
    expect(await functions.invoke('sample', { exit: true })).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('exit status 3'),
    });
    expect(await functions.invoke('sample', {})).toEqual({ ok: true, payload: 1 });
  });

  it('is a crash when a promise nobody waits for is rejected', async () => {
    const code = `export const handler = () => new Promise(() => { Promise.reject(new Error('lost')); });`;
    expect(await (await deploy({ code })).invoke('sample', {})).toMatchObject({ errorType: 'Runtime.ExitError' });
  });

  it.each([
    ['a missing file', 'other.handler', 'Runtime.ImportModuleError'],
    ['a missing export', 'index.main', 'Runtime.HandlerNotFound'],
  ])('says what is wrong with its handler: %s', async (_name, handler, errorType) => {
    const functions = await deploy({ code: 'export const handler = async () => 1;', deployed: { handler } });
    expect(await functions.invoke('sample', {})).toMatchObject({ ok: false, errorType });
    expect(await functions.invoke('sample', {})).toMatchObject({ ok: false, errorType });
  });

  it('answers an error for an event or an answer over 6 MB', async () => {
    const functions = await deploy({ code: "export const handler = async () => 'x'.repeat(7e6);" });
    expect(await functions.invoke('sample', 'x'.repeat(7e6))).toMatchObject({
      errorType: 'Lambda.RequestTooLargeException',
    });
    expect(await functions.invoke('sample', {})).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
  });

  it('writes its console to the log, line by line', async () => {
    const log: string[] = [];
    const functions = await deploy({ code: "export const handler = async () => console.log('one\\ntwo');", log });
    await functions.invoke('sample', {});
    await expect.poll(() => log).toEqual(['sample: one', 'sample: two']);
  });

  it('has the flags of its own NODE_OPTIONS', async () => {
    const code = 'export const handler = async () => process.sourceMapsEnabled;';
    const functions = await deploy({ code, deployed: { environment: { NODE_OPTIONS: '--enable-source-maps' } } });
    expect(await functions.invoke('sample', {})).toEqual({ ok: true, payload: true });
  });
});

describe('a fault of lambda', () => {
  const code = 'let count = 0; export const handler = async () => { count += 1; return count; };';

  it.each([
    ['throttle', 'Lambda.TooManyRequestsException', 1],
    ['error', 'Lambda.ServiceException', 1],
    ['crash-before-reply', 'Lambda.SdkClientException', 2],
    ['timeout-after-success', 'Lambda.SdkClientException', 2],
  ])('%s answers %s, and the next event is number %i', async (fault, errorType, next) => {
    const functions = await deploy({ code, faults: [fault] });
    expect(await functions.invoke('sample', {})).toMatchObject({ ok: false, errorType });
    expect(await functions.invoke('sample', {})).toEqual({ ok: true, payload: next });
  });

  it('duplicate does the work twice and answers once', async () => {
    const functions = await deploy({ code, faults: ['duplicate'] });
    expect(await functions.invoke('sample', {})).toEqual({ ok: true, payload: 2 });
  });
});
