import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AwsEndpoint, startAwsEndpoint } from '../../../lib/local/aws/server.ts';
import { AwsError, type AwsService } from '../../../lib/local/aws/service.ts';
import { Faults } from '../../../lib/local/faults.ts';
import { CLIENT, type LocalAws, startLocalAws } from './aws-fixture.ts';

let aws: LocalAws;

beforeEach(async () => {
  aws = await startLocalAws();
});

afterEach(() => aws.endpoint.close());

function signedFor(service: string) {
  const scope = `20261110/eu-west-1/${service}/aws4_request`;
  return { authorization: `AWS4-HMAC-SHA256 Credential=test/${scope}, SignedHeaders=host, Signature=0` };
}

const post = (init: { headers?: Record<string, string>; body?: string; path?: string }) =>
  fetch(`${aws.endpoint.url}${init.path ?? '/'}`, {
    method: 'POST',
    headers: init.headers ?? {},
    body: init.body ?? '',
  });

describe('the AWS endpoint', () => {
  it('answers who is calling', async () => {
    const answer = await post({ headers: signedFor('sts'), body: 'Action=GetCallerIdentity&Version=2011-06-15' });
    expect(answer.headers.get('content-type')).toBe('text/xml');
    expect(await answer.text()).toContain('<Account>123456789012</Account>');
  });

  it('passes Step Functions on, with the target and the body', async () => {
    const client = new SFNClient({ endpoint: aws.endpoint.url, ...CLIENT });
    const headers = { 'x-amz-target': 'AWSStepFunctions.StartExecution', 'content-type': 'application/x-amz-json-1.0' };
    const answer = await post({ headers, body: JSON.stringify({ name: 'INV-1_1_1' }) });
    expect(await answer.json()).toEqual({ target: 'AWSStepFunctions.StartExecution', body: { name: 'INV-1_1_1' } });
    aws.faults.inject({ service: 'stepfunctions', kind: 'throttle' });
    const command = new StartExecutionCommand({
      stateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:dunning',
    });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'ThrottlingException' });
    client.destroy();
  });

  it.each([
    [
      'an unknown target',
      { headers: { 'x-amz-target': 'Kinesis_20131202.PutRecord' } },
      400,
      '"Kinesis_20131202.PutRecord" of no service',
    ],
    [
      'an unknown REST service',
      { headers: signedFor('apigateway'), path: '/restapis' },
      404,
      '"POST /restapis" of apigateway; it speaks for events, ses',
    ],
    [
      'an unknown form service',
      {
        headers: { ...signedFor('iam'), 'content-type': 'application/x-www-form-urlencoded' },
        body: 'Action=ListUsers',
      },
      400,
      'of iam; it speaks for',
    ],
    [
      'a body that is not JSON',
      { headers: { 'x-amz-target': 'AWSEvents.PutEvents' }, body: '{' },
      400,
      'SerializationException',
    ],
    [
      'a body that is no object',
      { headers: { 'x-amz-target': 'AWSEvents.PutEvents' }, body: '[]' },
      400,
      'is not a JSON object',
    ],
    [
      'an operation every object has',
      { headers: { 'x-amz-target': 'AWSEvents.constructor' }, body: '{}' },
      400,
      'UnknownOperationException',
    ],
  ])('refuses %s by name', async (_what, init, status, words) => {
    const answer = await post(init);
    expect(answer.status).toBe(status);
    expect((await answer.text()).replaceAll('&#34;', '"').replaceAll('\\"', '"')).toContain(words);
  });

  it('refuses a body over 16 MiB', async () => {
    const answer = await post({
      headers: { 'x-amz-target': 'AWSEvents.PutEvents' },
      body: 'x'.repeat(16 * 1024 * 1024 + 1),
    });
    expect(answer.status).toBe(413);
  });

  it('goes on when a caller goes away in the middle of its request', async () => {
    const { port } = new URL(aws.endpoint.url);
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write('POST / HTTP/1.1\r\nhost: a\r\nx-amz-target: AWSEvents.PutEvents\r\ncontent-length: 100\r\n\r\nhalf');
    socket.destroy();
    await once(socket, 'close');
    const answer = await post({ headers: signedFor('sts'), body: 'Action=GetCallerIdentity' });
    expect(answer.status).toBe(200);
  });

  it('says which port is in use and what to do', async () => {
    const port = Number(new URL(aws.endpoint.url).port);
    await expect(startAwsEndpoint({ port, services: [], faults: new Faults() })).rejects.toThrow(
      `Port ${port} of 127.0.0.1 is in use. Stop what uses it, or set RELANCE_AWS_PORT to a free port.`,
    );
  });

  it('refuses a request with a path that is no path', async () => {
    const socket = connect(Number(new URL(aws.endpoint.url).port), '127.0.0.1');
    socket.write('GET // HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n');
    expect(await text(socket)).toContain('404 Not Found');
  });

  it('closes at once even while callers keep their connections open', async () => {
    await (await post({ headers: signedFor('sts'), body: 'Action=GetCallerIdentity' })).text();
    await aws.endpoint.close();
    await expect(post({})).rejects.toThrow('fetch failed');
    aws = await startLocalAws();
  });
});

describe('a service that breaks', () => {
  let endpoint: AwsEndpoint | undefined;
  afterEach(() => endpoint?.close());

  it('answers its internal error with the cause', async () => {
    const broken: AwsService = {
      name: 'events',
      protocol: 'json-1.1',
      claims: { targetPrefixes: ['AWSEvents'] },
      throttled: new AwsError('ThrottlingException', 'Rate exceeded'),
      internalError: new AwsError('InternalException', 'An internal error occurred', 500),
      handle: async () => {
        throw new TypeError('no such thing');
      },
    };
    endpoint = await startAwsEndpoint({ port: 0, services: [broken], faults: new Faults() });
    const answer = await fetch(endpoint.url, { method: 'POST', headers: { 'x-amz-target': 'AWSEvents.PutEvents' } });
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({
      __type: 'InternalException',
      message: expect.stringContaining('The local events service failed: TypeError: no such thing'),
    });
  });
});
