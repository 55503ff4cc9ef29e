import type { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { sendEmailBySes } from '../../lib/channels/send-email-by-ses.ts';

const SETTINGS = {
  senderAddress: 'factures@atelier-lumen.example',
  senderName: 'Atelier Lumen',
  replyToAddress: 'comptabilite@atelier-lumen.example',
  configurationSet: 'relance',
};

/** The headers SES is given for a message that speaks of these invoices. */
async function headersFor(invoiceIds: readonly string[]) {
  const given: SendEmailCommand[] = [];
  const send = async (command: SendEmailCommand) => {
    given.push(command);
    return { MessageId: 'message-1' };
  };
  const outcome = await sendEmailBySes(
    { send } as unknown as SESv2Client,
    SETTINGS,
  )({
    to: ['compta@martin.example'],
    cc: [],
    subject: 'Factures impayées',
    html: '<p>…</p>',
    text: '…',
    images: [],
    invoiceIds,
    tags: { invoiceId: invoiceIds[0] ?? '', stepId: 'A1', cycle: '1', level: 'level1' },
  });
  expect(outcome).toEqual({ kind: 'sent', messageId: 'message-1' });
  return given[0]?.input.Content?.Simple?.Headers ?? [];
}

describe('the invoices a message names in its headers', () => {
  it('stand in one header while they fit', async () => {
    expect(await headersFor(['INV-1', 'INV-2'])).toEqual([{ Name: 'X-Relance-Invoices', Value: 'INV-1, INV-2' }]);
  });

  it('are all there, whole, when a hundred have the longest ids there are', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `${index}`.padStart(64, 'X'));
    const headers = await headersFor(ids);
    expect(headers.flatMap(({ Value }) => Value?.split(', '))).toEqual(ids);
    expect(Math.max(...headers.map(({ Value = '' }) => Value.length))).toBeLessThanOrEqual(870);
    expect(headers.length).toBeLessThanOrEqual(15);
  });
});
