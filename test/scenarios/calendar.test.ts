import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerBody, invoiceBody, startTestSystem, type TestSystem } from '../support/local-system.ts';

let local: TestSystem;

/** Each story has one debtor, told apart by where they are. Nobody does the calls, and no letter can go: emails alone tell it. */
const STORIES: Readonly<Record<string, { dueOn: string; customer?: Record<string, unknown> }>> = {
  'PARIS-1': { dueOn: '2026-04-01' },
  'ALSACE-1': {
    dueOn: '2026-04-01',
    customer: { address: { line1: '8 rue des Tonneliers', postalCode: '67000', city: 'Strasbourg', country: 'FR' } },
  },
  'ASCENSION-1': { dueOn: '2026-05-12' },
  'SPRING-PARIS-1': { dueOn: '2026-03-27' },
  'SPRING-NEW-YORK-1': {
    dueOn: '2026-03-06',
    customer: { country: 'US', language: 'en', timeZone: 'America/New_York' },
  },
  'SPRING-CAIRO-1': { dueOn: '2026-04-22', customer: { country: 'EG', language: 'en', timeZone: 'Africa/Cairo' } },
  'ABROAD-1': {
    dueOn: '2026-03-27',
    customer: {
      contacts: [
        {
          role: 'accounts-payable',
          name: 'Jörg',
          email: 'joerg@abroad.example',
          language: 'de',
          timeZone: 'America/Los_Angeles',
        },
      ],
    },
  },
};

beforeAll(async () => {
  local = await startTestSystem('2026-02-16T08:00:00Z');
  for (const [id, { dueOn, customer }] of Object.entries(STORIES)) {
    const body = invoiceBody(id, { issuedOn: '2026-02-01', dueOn, customer: customerBody(`C-${id}`, customer) });
    expect((await local.client.register(body)).status).toBe(201);
  }
  await local.client.advance({ advanceTo: '2026-05-18T12:00:00Z' });
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

/** What left for an invoice: the instant, the hour on the debtor's own clock, the step. */
async function sent(invoiceId: string, timeZone: string): Promise<string[]> {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' });
  const messages = await local.client.outbox(invoiceId);
  return messages.map(
    ({ at, stepId, channel }) => `${at.slice(0, 16)}Z | ${clock.format(new Date(at))} | ${stepId} | ${channel}`,
  );
}

describe('public holidays', () => {
  it('leave Good Friday open in Paris and close it in Alsace; Easter Monday is closed in both', async () => {
    expect(await sent('PARIS-1', 'Europe/Paris')).toEqual([
      '2026-03-23T10:54Z | Mon 11:54 | P1 | email',
      '2026-04-03T09:54Z | Fri 11:54 | A1 | email',
      '2026-04-14T09:54Z | Tue 11:54 | A3 | email',
      '2026-05-11T09:54Z | Mon 11:54 | B3 | email',
    ]);
    expect(await sent('ALSACE-1', 'Europe/Paris')).toEqual([
      '2026-03-23T10:57Z | Mon 11:57 | P1 | email',
      '2026-04-07T09:57Z | Tue 11:57 | A1 | email',
      '2026-04-15T09:57Z | Wed 11:57 | A3 | email',
    ]);
  });

  it('move a notice from Ascension Day to the Friday after, and the answer it asks for from a week-end', async () => {
    expect(await sent('ASCENSION-1', 'Europe/Paris')).toEqual([
      '2026-05-04T06:48Z | Mon 08:48 | P1 | email',
      '2026-05-15T06:48Z | Fri 08:48 | A1 | email',
    ]);
    const [, courteous] = await local.client.outbox('ASCENSION-1');
    expect(courteous?.text).toContain('18 mai 2026');
  });
});

describe('the night the clocks change', () => {
  it.each([
    [
      'SPRING-PARIS-1',
      'Europe/Paris',
      [
        '2026-03-17T15:06Z | Tue 16:06 | P1 | email',
        '2026-03-30T14:06Z | Mon 16:06 | A1 | email',
        '2026-04-08T14:06Z | Wed 16:06 | A3 | email',
        '2026-05-04T14:06Z | Mon 16:06 | B3 | email',
      ],
    ],
    [
      'SPRING-NEW-YORK-1',
      'America/New_York',
      [
        '2026-02-24T17:25Z | Tue 12:25 | P1 | email',
        '2026-03-09T16:25Z | Mon 12:25 | A1 | email',
        '2026-03-17T16:25Z | Tue 12:25 | A3 | email',
        '2026-04-10T16:25Z | Fri 12:25 | B3 | email',
      ],
    ],
    // In Egypt at midnight before Friday 24 April, the very day of the first notice.
    [
      'SPRING-CAIRO-1',
      'Africa/Cairo',
      [
        '2026-04-13T14:11Z | Mon 16:11 | P1 | email',
        '2026-04-24T13:11Z | Fri 16:11 | A1 | email',
        '2026-05-05T13:11Z | Tue 16:11 | A3 | email',
      ],
    ],
  ])('leaves the hour of %s as it is on the clock of %s', async (invoiceId, timeZone, messages) => {
    expect(await sent(invoiceId, timeZone)).toEqual(messages);
  });
});

describe('a contact with a clock and a language of their own', () => {
  it("is written to in their language, within their own hours, on the open days of the debtor's country", async () => {
    expect(await sent('ABROAD-1', 'America/Los_Angeles')).toEqual([
      '2026-03-17T19:50Z | Tue 12:50 | P1 | email',
      '2026-03-30T19:50Z | Mon 12:50 | A1 | email',
      '2026-04-07T19:50Z | Tue 12:50 | A3 | email',
      '2026-05-04T19:50Z | Mon 12:50 | B3 | email',
    ]);
    const messages = await local.client.outbox('ABROAD-1');
    expect(messages.map(({ subject }) => subject)).toEqual([
      'Ihre Rechnung ABROAD-1: Ist alles in Ordnung?',
      'Unbezahlte Rechnung ABROAD-1 – fällig seit 27. März 2026',
      'Unbezahlte Rechnung ABROAD-1 – Zahlung erwartet bis 13. April 2026',
      'Unbezahlte Rechnung ABROAD-1 – letzter Vorschlag zur gütlichen Einigung',
    ]);
    expect(messages[1]?.text).toContain('1.200,00');
  });
});
