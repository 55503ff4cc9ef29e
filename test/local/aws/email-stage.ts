import type { SendEmailRequest } from '@aws-sdk/client-sesv2';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach } from 'vitest';
import { CLIENT, type LocalAws, SENDER, START, startLocalAws } from './aws-fixture.ts';

/** The virtual instant at which every test starts. */
export const AT = new Date(START).toISOString();

export const CONTENT = {
  Subject: { Data: 'Facture 2026-0042 impayée' },
  Body: { Text: { Data: 'Bonjour, é' }, Html: { Data: '<p>Bonjour</p>', Charset: 'UTF-8' } },
  Headers: [{ Name: 'X-Relance', Value: 'A1' }],
};

/** The endpoint and an SES client, anew for each test of a file. */
export class EmailStage {
  #aws: LocalAws | undefined;
  #client: SESv2Client | undefined;

  static forThisFile(): EmailStage {
    const stage = new EmailStage();
    beforeEach(async () => {
      stage.#aws = await startLocalAws();
      stage.#client = new SESv2Client({ endpoint: stage.#aws.endpoint.url, ...CLIENT });
    });
    afterEach(async () => {
      stage.#client?.destroy();
      await stage.#aws?.endpoint.close();
    });
    return stage;
  }

  get aws(): LocalAws {
    if (!this.#aws) throw new Error('the stage is not set yet');
    return this.#aws;
  }

  get client(): SESv2Client {
    if (!this.#client) throw new Error('the stage is not set yet');
    return this.#client;
  }

  send(more: Partial<SendEmailRequest> = {}) {
    const aMail: SendEmailRequest = {
      FromEmailAddress: SENDER,
      ReplyToAddresses: ['credit@creditor.example'],
      Destination: { ToAddresses: ['Anne Martin <compta@martin.example>'], CcAddresses: ['paul@vendeur.example'] },
      Content: { Simple: CONTENT },
      ConfigurationSetName: 'notices',
      EmailTags: [
        { Name: 'invoiceId', Value: 'INV-2026-0042' },
        { Name: 'stepId', Value: 'A1' },
        { Name: 'level', Value: 'level1' },
      ],
    };
    return this.client.send(new SendEmailCommand({ ...aMail, ...more }));
  }

  sendTo(...ToAddresses: string[]) {
    return this.send({ Destination: { ToAddresses } });
  }

  /** The detail types of the events that were delivered, once all is quiet. */
  async eventTypes(): Promise<string[]> {
    await this.aws.clock.advanceTo(this.aws.clock.now() + 10_000);
    return this.aws.events().map((event) => event['detail-type']);
  }
}
