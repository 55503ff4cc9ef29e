import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  creditBody,
  invoiceBody,
  startTestSystem,
  type TestSystem,
  wholeCustomerBody,
} from '../support/local-system.ts';
import { clerk, Office } from './office.ts';

let local: TestSystem;
let office: Office;

const DUE_ON = { 1: '2026-01-06', 2: '2026-01-07', 3: '2026-01-08' };

/** Three invoices of a debtor, each paid a week and more after a notice, and then a fourth. */
async function register(debtor: string, number: number, fields: Record<string, unknown>): Promise<void> {
  const customer = wholeCustomerBody(`C-${debtor}`, { kind: debtor === 'PERSON' ? 'consumer' : 'business' });
  const total = { amount: '400.00', currency: 'EUR' };
  const { status } = await local.client.register(invoiceBody(`${debtor}-${number}`, { customer, total, ...fields }));
  expect(status).toBe(201);
}

beforeAll(async () => {
  local = await startTestSystem();
  office = new Office(local);
  for (const debtor of ['FIRM', 'PERSON']) {
    for (const [number, dueOn] of Object.entries(DUE_ON)) await register(debtor, Number(number), { dueOn });
  }
  await office.work('2026-01-15', clerk);
  for (const debtor of ['FIRM', 'PERSON']) {
    for (const number of Object.keys(DUE_ON)) {
      const invoiceId = `${debtor}-${number}`;
      const dates = { bookedOn: '2026-01-15', valueOn: '2026-01-15' };
      await local.client.bank({ ...creditBody(`BK-${invoiceId}`, invoiceId, '400.00'), ...dates });
    }
    await register(debtor, 4, { issuedOn: '2026-01-15', dueOn: '2026-02-13' });
  }
  await office.work('2026-02-11', (task, today) => (task.kind === 'call' ? { result: 'refusal' } : clerk(task, today)));
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

describe('a debtor whom nobody has classed', () => {
  it('is négligent after three invoices paid only after a notice, with the figures that say so', async () => {
    const { profile, profileReasons } = await office.caseOf('FIRM-4');
    expect(profile).toBe('negligent');
    expect(profileReasons).toEqual([
      'paid 3 of 3 invoices only after a notice',
      'paid 8 days late on average, weighted by amount, over 3 invoices in 12 months',
    ]);
  });

  it('is called before the next due date, as that profile wants', async () => {
    expect(await office.contacts('FIRM-4')).toEqual([
      '2026-02-03 | P1 | email | preventive | compta@c-firm.example cc paul@vendeur.example | FIRM-4',
      '2026-02-10 | P2 | call | preventive | +33612345601 | FIRM-4',
      '2026-02-10 | confirmation-1 | email | no level | compta@c-firm.example | FIRM-4',
    ]);
  });

  it('is never classed by a machine when they are a natural person', async () => {
    expect(await office.caseOf('PERSON-4')).toMatchObject({ profile: null, profileReasons: [] });
    expect(await office.contacts('PERSON-4')).toEqual([
      '2026-02-03 | P1 | email | preventive | compta@c-person.example | PERSON-4',
    ]);
  });
});
