import { GetAccountCommand, ListEmailIdentitiesCommand } from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { START } from './aws-fixture.ts';
import { EmailStage } from './email-stage.ts';

const stage = EmailStage.forThisFile();

describe('faults of SES', () => {
  it.each([
    [
      'throttle',
      {
        name: 'TooManyRequestsException',
        message: 'Maximum sending rate exceeded.',
        $metadata: { httpStatusCode: 429 },
      },
    ],
    ['error', { name: 'InternalServiceErrorException', $metadata: { httpStatusCode: 500 } }],
    ['crash-before-reply', { code: 'ECONNRESET' }],
  ])('of kind %s send nothing', async (kind, error) => {
    stage.aws.faults.inject({ service: 'ses', kind });
    await expect(stage.send()).rejects.toMatchObject(error);
    expect(stage.aws.mailbox.entries()).toEqual([]);
    expect(await stage.eventTypes()).toEqual([]);
  });

  it('of kind timeout-after-success accept the mail, publish its events, and cut the connection', async () => {
    stage.aws.faults.inject({ service: 'ses', kind: 'timeout-after-success' });
    await expect(stage.send()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(stage.aws.mailbox.entries()).toHaveLength(1);
    expect(await stage.eventTypes()).toEqual(['Email Sent', 'Email Delivered']);
  });

  it('of kind duplicate publish the events of one mail twice', async () => {
    stage.aws.faults.inject({ service: 'ses', kind: 'duplicate' });
    await stage.send();
    expect(stage.aws.mailbox.entries()).toHaveLength(1);
    expect((await stage.eventTypes()).sort()).toEqual([
      'Email Delivered',
      'Email Delivered',
      'Email Sent',
      'Email Sent',
    ]);
  });
});

describe('the account', () => {
  it('is outside the sandbox and counts recipients of the last day', async () => {
    await stage.send();
    expect(await stage.client.send(new GetAccountCommand({}))).toMatchObject({
      ProductionAccessEnabled: true,
      SendingEnabled: true,
      SendQuota: { SentLast24Hours: 2 },
    });
    await stage.aws.clock.advanceTo(START + 86_400_000);
    expect((await stage.client.send(new GetAccountCommand({}))).SendQuota?.SentLast24Hours).toBe(0);
  });

  it('says which operation the endpoint does not know', async () => {
    await expect(stage.client.send(new ListEmailIdentitiesCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: expect.stringContaining('"POST /v2/email/list-identities" of ses'),
    });
  });
});
