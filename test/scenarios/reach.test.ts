import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerBody, invoiceBody, startTestSystem, type TestSystem } from '../support/local-system.ts';
import { clerk, Office } from './office.ts';

let local: TestSystem;
let office: Office;

const BOUNCE = 'bounce@simulator.amazonses.com';
const COMPLAINT = 'complaint@simulator.amazonses.com';

/** Each story has one debtor, told apart by whom one can reach there. Due Friday 30 January 2026. */
const CONTACTS: Readonly<Record<string, readonly Record<string, unknown>[]>> = {
  'NEXT-1': [
    { role: 'accounts-payable', name: 'Anne', email: BOUNCE, phone: '+33612345601' },
    { role: 'generic', email: 'contact@next.example' },
  ],
  'SMS-1': [{ role: 'accounts-payable', name: 'Anne', email: BOUNCE, phone: '+33612345602' }],
  'NONE-1': [{ role: 'accounts-payable', name: 'Anne', email: BOUNCE }],
  'TWICE-1': [
    { role: 'accounts-payable', name: 'Anne', email: BOUNCE },
    { role: 'approver', name: 'Luc', email: 'Bounce+luc@simulator.amazonses.com' },
    { role: 'generic', email: 'contact@twice.example' },
  ],
  'COMPLAINT-1': [
    { role: 'accounts-payable', name: 'Anne', email: COMPLAINT },
    { role: 'generic', email: 'contact@complaint.example' },
  ],
  'LATE-BOUNCE-1': [
    { role: 'accounts-payable', name: 'Anne', email: 'anne@late-bounce.example' },
    { role: 'generic', email: 'contact@late-bounce.example' },
  ],
  'PHONE-1': [{ role: 'accounts-payable', name: 'Anne', phone: '+33612345603' }],
  'COLLEAGUE-1': [
    { role: 'accounts-payable', name: 'Paul', email: 'paul@atelier-lumen.example', phone: '+33612345604' },
    { role: 'approver', name: 'Nadia', email: 'nadia@ventes.atelier-lumen.example' },
    { role: 'generic', email: 'contact@colleague.example' },
  ],
  'COLLEAGUES-1': [
    { role: 'accounts-payable', name: 'Paul', email: 'paul@Atelier-Lumen.example', phone: '+33612345605' },
  ],
  'WRONG-1': [
    { role: 'accounts-payable', name: 'Anne', email: 'anne@wrong.example', phone: '+33612345606' },
    { role: 'approver', name: 'Luc', email: 'luc@wrong.example', phone: '+33612345607' },
  ],
};

beforeAll(async () => {
  local = await startTestSystem();
  office = new Office(local);
  for (const [id, contacts] of Object.entries(CONTACTS)) {
    const { status } = await local.client.register(
      invoiceBody(id, { customer: customerBody(`C-${id}`, { contacts }) }),
    );
    expect(status).toBe(201);
  }
  await office.work('2026-02-03', clerk);
  const [, courteous] = await local.client.outbox('LATE-BOUNCE-1');
  const body = { messageId: courteous?.messageId, event: 'bounce' };
  expect((await local.client.call('POST /_local/delivery-events', { body })).status).toBe(200);
  await office.work('2026-02-17', (task, today) => {
    if (task.kind !== 'call' || task.invoiceIds[0] !== 'WRONG-1') return clerk(task, today);
    return { result: task.contact?.name === 'Anne' ? 'wrong-contact' : 'refusal' };
  });
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

const asked = (invoiceId: string) => office.asked(invoiceId, 'no-contact');

describe('a message that comes back', () => {
  it('goes to the next contact the same day, and what follows goes there at once', async () => {
    expect(await office.contacts('NEXT-1')).toEqual([
      '2026-01-20 | P1 | email | preventive | bounce@simulator.amazonses.com | NEXT-1',
      '2026-01-20 | P1 | email | preventive | contact@next.example | NEXT-1',
      '2026-02-02 | A1 | email | level1 | contact@next.example | NEXT-1',
      '2026-02-05 | A2 | call | level1 | +33612345601 | NEXT-1',
      '2026-02-10 | A3 | email | level1 | contact@next.example | NEXT-1',
    ]);
    expect(await office.facts('NEXT-1', 'ContactMarked')).toEqual([{ mark: 'bounced', addresses: 1 }]);
  });

  it('goes by text message when there is no other contact, and the next ones ask for an address', async () => {
    expect(await office.contacts('SMS-1')).toEqual([
      '2026-01-20 | P1 | email | preventive | bounce@simulator.amazonses.com | SMS-1',
      '2026-01-20 | P1 | sms | preventive | +33612345602 | SMS-1',
      '2026-02-04 | A2 | call | level1 | +33612345602 | SMS-1',
    ]);
    const [, message] = await local.client.outbox('SMS-1');
    expect(message?.text).toContain('à échéance du');
    expect(await asked('SMS-1')).toEqual([
      '2026-02-02 | Nobody to send notice A1 to by email',
      '2026-02-10 | Nobody to send notice A3 to by email',
      '2026-02-16 | Nobody to send notice A4 to by letter',
    ]);
  });

  it('asks a person when neither is left, and its level does not count as served', async () => {
    expect(await office.contacts('NONE-1')).toEqual([
      '2026-01-20 | P1 | email | preventive | bounce@simulator.amazonses.com | NONE-1',
    ]);
    expect(await asked('NONE-1')).toEqual([
      '2026-01-20 | Notice P1 by email was not served',
      '2026-02-02 | Nobody to send notice A1 to by email',
      '2026-02-04 | Nobody to send notice A2 to by call',
      '2026-02-09 | Nobody to send notice A3 to by email',
      '2026-02-16 | Nobody to send notice A4 to by letter',
    ]);
    expect(await office.facts('NONE-1', 'NoticeFailed')).toMatchObject([{ stepId: 'P1', reason: 'undeliverable' }]);
    expect(await office.caseOf('NONE-1')).toMatchObject({ level: 'preventive' });
  });

  it('is tried at one other address, not at all there are', async () => {
    expect(await office.contacts('TWICE-1')).toEqual([
      '2026-01-20 | P1 | email | preventive | bounce@simulator.amazonses.com | TWICE-1',
      '2026-01-20 | P1 | email | preventive | Bounce+luc@simulator.amazonses.com | TWICE-1',
      '2026-02-02 | A1 | email | level1 | contact@twice.example | TWICE-1',
      '2026-02-09 | A3 | email | level1 | contact@twice.example | TWICE-1',
    ]);
    expect((await asked('TWICE-1'))[0]).toBe('2026-01-20 | Notice P1 by email was not served');
  });

  it('goes to the next contact even when it comes back the day after it was delivered', async () => {
    expect(await office.contacts('LATE-BOUNCE-1')).toEqual([
      '2026-01-20 | P1 | email | preventive | anne@late-bounce.example | LATE-BOUNCE-1',
      '2026-02-02 | A1 | email | level1 | anne@late-bounce.example | LATE-BOUNCE-1',
      '2026-02-03 | A1 | email | level1 | contact@late-bounce.example | LATE-BOUNCE-1',
      '2026-02-09 | A3 | email | level1 | contact@late-bounce.example | LATE-BOUNCE-1',
    ]);
  });
});

describe('who is not written to', () => {
  it('leaves whoever complained alone, without sending that message again', async () => {
    expect(await office.contacts('COMPLAINT-1')).toEqual([
      '2026-01-20 | P1 | email | preventive | complaint@simulator.amazonses.com | COMPLAINT-1',
      '2026-02-02 | A1 | email | level1 | contact@complaint.example | COMPLAINT-1',
      '2026-02-09 | A3 | email | level1 | contact@complaint.example | COMPLAINT-1',
    ]);
    expect(await office.facts('COMPLAINT-1', 'ContactMarked')).toEqual([{ mark: 'complained', addresses: 1 }]);
  });

  it('asks for a contact when a channel reaches nobody, and uses those that do', async () => {
    expect(await office.contacts('PHONE-1')).toEqual(['2026-02-04 | A2 | call | level1 | +33612345603 | PHONE-1']);
    expect(await asked('PHONE-1')).toEqual([
      '2026-01-20 | Nobody to send notice P1 to by email',
      '2026-02-02 | Nobody to send notice A1 to by email',
      '2026-02-10 | Nobody to send notice A3 to by email',
      '2026-02-16 | Nobody to send notice A4 to by letter',
    ]);
    expect(await office.caseOf('PHONE-1')).toMatchObject({ level: 'preventive' });
  });

  it("never duns the creditor's own people, by whatever channel and however the domain is written", async () => {
    expect(await office.contacts('COLLEAGUE-1')).toEqual([
      '2026-01-20 | P1 | email | preventive | contact@colleague.example | COLLEAGUE-1',
      '2026-02-02 | A1 | email | level1 | contact@colleague.example | COLLEAGUE-1',
      '2026-02-09 | A3 | email | level1 | contact@colleague.example | COLLEAGUE-1',
    ]);
    expect(await office.contacts('COLLEAGUES-1')).toEqual([]);
    expect(await asked('COLLEAGUES-1')).toHaveLength(5);
  });

  it('calls the next contact at once when the first is the wrong one, who is not written to any more', async () => {
    expect(await office.contacts('WRONG-1')).toEqual([
      '2026-01-20 | P1 | email | preventive | anne@wrong.example | WRONG-1',
      '2026-02-02 | A1 | email | level1 | anne@wrong.example | WRONG-1',
      '2026-02-05 | A2 | call | level1 | +33612345606 | WRONG-1',
      '2026-02-05 | A2 | call | level1 | +33612345607 | WRONG-1',
      '2026-02-05 | confirmation-1 | email | no level | luc@wrong.example | WRONG-1',
      '2026-02-10 | A3 | email | level1 | luc@wrong.example | WRONG-1',
    ]);
  });
});
