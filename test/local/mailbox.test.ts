import { describe, expect, it } from 'vitest';
import { Mailbox } from '../../lib/local/mailbox.ts';

const anEmail = {
  messageId: 'm-1',
  channel: 'email' as const,
  to: ['a@b.example'],
  cc: [],
  subject: 'Facture impayée',
  text: 'Bonjour',
  html: '<p>Bonjour</p>',
  at: '2026-11-10T08:41:00.000Z',
};

describe('the mailbox', () => {
  it('answers what was sent, oldest first, with what the tags say', () => {
    const mailbox = new Mailbox();
    mailbox.keep(anEmail, { invoiceId: 'INV-1', stepId: 'A1', level: 'level1' });
    mailbox.keep({ ...anEmail, messageId: 'm-2' }, { invoiceId: 'INV-2', stepId: 'P1', level: 'preventive' });
    expect(mailbox.entries()).toEqual([
      { ...anEmail, invoiceIds: ['INV-1'], stepId: 'A1', level: 'level1' },
      { ...anEmail, messageId: 'm-2', invoiceIds: ['INV-2'], stepId: 'P1', level: 'preventive' },
    ]);
  });

  it('answers what was sent about one invoice', () => {
    const mailbox = new Mailbox();
    mailbox.keep(anEmail, { invoiceId: 'INV-1' });
    mailbox.keep({ ...anEmail, messageId: 'm-2' }, { invoiceId: 'INV-2' });
    expect(mailbox.entries({ invoiceId: 'INV-2' }).map(({ messageId }) => messageId)).toEqual(['m-2']);
    expect(mailbox.entries({ invoiceId: 'INV-3' })).toEqual([]);
  });

  it('keeps a message that speaks of several invoices for each of them', () => {
    const mailbox = new Mailbox();
    mailbox.keep(anEmail, { invoiceId: 'INV-1', invoiceIds: 'INV-1, INV-2' });
    expect(mailbox.entries({ invoiceId: 'INV-2' })).toMatchObject([{ invoiceIds: ['INV-1', 'INV-2'] }]);
  });

  it('goes on from what a mailbox before it held', () => {
    const mailbox = new Mailbox();
    mailbox.keep(anEmail, { invoiceId: 'INV-1', invoiceIds: 'INV-1,INV-2', stepId: 'A1', level: 'level1' });
    expect(new Mailbox(mailbox.entries()).entries()).toEqual(mailbox.entries());
  });

  it('keeps a message without tags, with no step and no level', () => {
    const mailbox = new Mailbox();
    mailbox.keep(anEmail, {});
    expect(mailbox.entries()).toEqual([{ ...anEmail, invoiceIds: [], stepId: null, level: null }]);
  });
});
