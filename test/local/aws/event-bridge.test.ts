import { EventBridgeClient, ListRulesCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLIENT, type LocalAws, startLocalAws } from './aws-fixture.ts';

let aws: LocalAws;
let client: EventBridgeClient;

beforeEach(async () => {
  aws = await startLocalAws();
  client = new EventBridgeClient({ endpoint: aws.endpoint.url, ...CLIENT });
});

afterEach(async () => {
  client.destroy();
  await aws.endpoint.close();
});

const anEntry = (more = {}) => ({
  EventBusName: 'relance',
  Source: 'relance.bank',
  DetailType: 'PaymentReceived',
  Detail: JSON.stringify({ transactionId: 'BK-1' }),
  ...more,
});

const putEvents = (...Entries: ReturnType<typeof anEntry>[]) => client.send(new PutEventsCommand({ Entries }));

describe('PutEvents', () => {
  it('publishes each entry and answers its event id', async () => {
    const answer = await putEvents(anEntry(), anEntry({ DetailType: 'PaymentReturned', Resources: ['arn:aws:x'] }));
    await aws.clock.settle();
    expect(answer.FailedEntryCount).toBe(0);
    expect(aws.events()).toMatchObject([
      { id: answer.Entries?.[0]?.EventId, 'detail-type': 'PaymentReceived', detail: { transactionId: 'BK-1' } },
      { id: answer.Entries?.[1]?.EventId, 'detail-type': 'PaymentReturned', resources: ['arn:aws:x'] },
    ]);
  });

  it('takes the default bus and the time of the entry', async () => {
    await putEvents(anEntry({ EventBusName: undefined, Time: new Date('2026-10-01T00:00:00Z') }));
    await aws.clock.settle();
    expect(aws.events()).toMatchObject([{ time: '2026-10-01T00:00:00Z' }]);
  });

  it('takes a bus by its ARN', async () => {
    await putEvents(anEntry({ EventBusName: 'arn:aws:events:eu-west-1:123456789012:event-bus/relance' }));
    await aws.clock.settle();
    expect(aws.events()).toHaveLength(1);
  });

  it.each([
    ['no source', { Source: '' }, 'InvalidArgument', /Source is a required argument/],
    ['no detail type', { DetailType: undefined }, 'InvalidArgument', /DetailType is a required argument/],
    ['no detail', { Detail: undefined }, 'InvalidArgument', /Detail is a required argument/],
    ['a detail that is not JSON', { Detail: '{' }, 'MalformedDetail', /Detail is malformed/],
    ['a detail that is no object', { Detail: '[]' }, 'MalformedDetail', /Detail is malformed/],
    ['a source of AWS', { Source: 'aws.ses' }, 'NotAuthorizedForSourceException', /Not authorized for the source/],
    ['an unknown bus', { EventBusName: 'nowhere' }, 'ResourceNotFoundException', /Event bus nowhere does not exist/],
  ])('refuses an entry with %s and publishes the others', async (_what, more, ErrorCode, message) => {
    const answer = await putEvents(anEntry(more), anEntry());
    await aws.clock.settle();
    expect(answer.FailedEntryCount).toBe(1);
    expect(answer.Entries).toEqual([
      { ErrorCode, ErrorMessage: expect.stringMatching(message) },
      { EventId: expect.any(String) },
    ]);
    expect(aws.events()).toHaveLength(1);
  });

  it('refuses more than ten entries, and none', async () => {
    await expect(putEvents(...Array.from({ length: 11 }, () => anEntry()))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('less than or equal to 10'),
    });
    await expect(putEvents()).rejects.toMatchObject({ name: 'ValidationException' });
    expect(aws.events()).toEqual([]);
  });

  it('refuses entries of more than one megabyte together', async () => {
    const half = anEntry({ Detail: JSON.stringify({ text: 'x'.repeat(520_000) }) });
    expect((await putEvents(half, half)).FailedEntryCount).toBe(0);
    await expect(putEvents(half, half, half)).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Total size of the entries in the request is over the limit.',
    });
  });

  it('says which operation it does not know', async () => {
    await expect(client.send(new ListRulesCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: expect.stringContaining('"ListRules" of events'),
    });
  });
});

describe('faults of EventBridge', () => {
  it.each([
    ['throttle', { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }],
    ['error', { name: 'InternalException', $metadata: { httpStatusCode: 500 } }],
    ['crash-before-reply', { code: 'ECONNRESET' }],
  ])('of kind %s publish nothing', async (kind, error) => {
    aws.faults.inject({ service: 'events', kind });
    await expect(putEvents(anEntry())).rejects.toMatchObject(error);
    await aws.clock.settle();
    expect(aws.events()).toEqual([]);
    expect((await putEvents(anEntry())).FailedEntryCount).toBe(0);
  });

  it('of kind timeout-after-success publish and cut the connection', async () => {
    aws.faults.inject({ service: 'events', kind: 'timeout-after-success' });
    await expect(putEvents(anEntry())).rejects.toMatchObject({ code: 'ECONNRESET' });
    await aws.clock.settle();
    expect(aws.events()).toHaveLength(1);
  });

  it('of kind duplicate deliver the event twice', async () => {
    aws.faults.inject({ service: 'events', kind: 'duplicate' });
    const answer = await putEvents(anEntry());
    await aws.clock.settle();
    expect(aws.events().map(({ id }) => id)).toEqual([answer.Entries?.[0]?.EventId, answer.Entries?.[0]?.EventId]);
  });
});
