import { beforeEach, describe, expect, it } from 'vitest';
import type { BusEvent } from '../../lib/local/event-bus.ts';
import { Mailbox } from '../../lib/local/mailbox.ts';
import { Objects } from '../../lib/local/objects.ts';
import { keepPostedLetter } from '../../lib/local/posted-letters.ts';

const wording = {
  channel: 'registered-letter',
  to: ['Martin SARL', '1 rue Haute', '69000 Lyon'],
  subject: 'Mise en demeure',
  text: 'Madame, Monsieur,',
  invoiceIds: ['INV-1', 'INV-2'],
  stepId: 'C2',
  level: 'level3',
};

const anEvent: BusEvent = {
  version: '0',
  id: 'e-1',
  'detail-type': 'LetterPosted',
  source: 'relance.letters',
  account: '000000000000',
  time: '2026-11-10T08:41:00Z',
  region: 'eu-west-3',
  resources: [],
  detail: { letterId: 'l-1', bucket: 'letters', documentKey: 'letters/l-1.pdf', taskId: 't-1' },
};

let mailbox: Mailbox;
let objects: Objects;

beforeEach(async () => {
  mailbox = new Mailbox();
  objects = new Objects(['letters']);
  const facts = { contentType: 'application/json', metadata: {}, modifiedAt: '2026-11-09T08:00:00.000Z' };
  await objects.put('letters', { ...facts, key: 'letters/l-1.json', body: Buffer.from(JSON.stringify(wording)) });
});

const keep = (event: BusEvent) => keepPostedLetter(event, { objects, mailbox });

describe('a letter', () => {
  it('is in the mailbox once somebody has posted it, with what it says', async () => {
    await keep(anEvent);
    expect(mailbox.entries({ invoiceId: 'INV-2' })).toEqual([
      { ...wording, messageId: 'l-1', cc: [], html: null, at: '2026-11-10T08:41:00.000Z' },
    ]);
  });

  it('is posted once, however often the event comes', async () => {
    await keep(anEvent);
    await keep({ ...anEvent, id: 'e-2', time: '2026-11-10T08:42:00Z' });
    expect(mailbox.entries()).toHaveLength(1);
  });

  it.each([
    ['is ready', { ...anEvent, 'detail-type': 'LetterReady' }],
    ['is spoken of by somebody else', { ...anEvent, source: 'acme' }],
  ])('is not in the mailbox when it %s', async (_what, event) => {
    await keep(event);
    expect(mailbox.entries()).toEqual([]);
  });

  it('that is nowhere is missed by name', async () => {
    const detail = { letterId: 'l-2', bucket: 'letters', documentKey: 'letters/l-2.pdf' };
    await expect(keep({ ...anEvent, detail })).rejects.toThrow(
      'Letter l-2 was posted, but the bucket letters holds no letters/l-2.json',
    );
  });
});
