import { describe, expect, it } from 'vitest';
import { listCases } from '../../lib/app/list-cases.ts';
import { viewCase } from '../../lib/app/view-case.ts';
import { RATES } from '../../lib/generated/rates.ts';
import { aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';

/** A desk whose first invoice has climbed to a step and had it served; formal notices are approved. */
async function deskAfter(stepId: string, desk = new Desk()): Promise<Desk> {
  await desk.register({ customer: aReachableCustomer() });
  await desk.runUntil(await desk.climbTo(stepId));
  const approval = (await desk.openTasks()).find(({ kind }) => kind === 'approval');
  if (approval) {
    await desk.report(approval.taskId, { result: 'approved' });
    await desk.runUntil(desk.now);
  }
  return desk;
}

const reserved = async (desk: Desk, stepId: string) =>
  (await desk.history()).find(({ type, data }) => type === 'NoticeReserved' && data.stepId === stepId)?.data;

describe('a notice that carries penalties out', () => {
  it('states interest and compensation as of its date, and its history says how much was claimed', async () => {
    const desk = await deskAfter('B1');
    const letter = desk.assigned.at(-1)!;
    expect(letter).toMatchObject({ stepId: 'B1', facts: { today: '2026-02-24' } });
    expect(letter.facts.invoices[0].charges).toMatchObject({ interestMinor: 999, compensationMinor: 4_000 });
    expect(await reserved(desk, 'B1')).toMatchObject({
      interest: { amount: '9.99', currency: 'EUR' },
      compensation: { amount: '40.00', currency: 'EUR' },
    });
    // Only what has effects in law is kept line by line.
    expect(await desk.claim('B1')).not.toHaveProperty('charges');
  });

  it('is the only one that does', async () => {
    const desk = await deskAfter('B1');
    const quiet = [...desk.departures, ...desk.assigned].filter(({ stepId }) => stepId !== 'B1');
    expect(quiet.map(({ facts }) => facts.invoices[0].charges)).toEqual(quiet.map(() => null));
    expect(await reserved(desk, 'A1')).not.toHaveProperty('interest');
  });

  it('counts interest on what a payment left, and the payment to the principal alone', async () => {
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.climbTo('A1');
    await desk.pay(50_000);
    await desk.runUntil(await desk.climbTo('B1'));
    // 3 days on 1 200.00 and 22 on 700.00: 1.20 + 5.13.
    expect(desk.assigned.at(-1)?.facts.invoices[0]).toMatchObject({
      outstandingMinor: 70_000,
      charges: { interestMinor: 633, compensationMinor: 4_000, lines: [{ days: 3 }, { days: 22 }] },
    });
  });

  it('leaves them out beyond the rates that are known, and tells whoever approves and posts it', async () => {
    const untold = new Desk();
    Object.assign(untold.planning, { rates: RATES.filter(({ from }) => from < '2026-01-01') });
    const desk = await deskAfter('C2', untold);
    const advice = 'It claims no late-payment charges: no rate is known from 2026-01-31 on.';
    const tasks = await Promise.all((await desk.history()).map(({ data }) => desk.ledger.loadTask(`${data.taskId}`)));
    const flagged = tasks.filter((task) => task?.reason.endsWith(advice)).map((task) => task?.kind);
    expect([...new Set(flagged)].sort()).toEqual(['approval', 'letter']);
    expect(await reserved(desk, 'C2')).toMatchObject({ chargesLeftOut: 'no rate known from 2026-01-31 on' });
    expect(desk.assigned.at(-1)?.facts.invoices[0].charges).toBeNull();
    expect(await desk.claim('C2')).not.toHaveProperty('charges');
    expect((await viewCase(desk.planning, A, desk.now))?.charges).toEqual({
      ...{ interestMinor: 0, compensationMinor: 4_000, lines: [], missingFrom: '2026-01-31' },
    });
  });
});

describe('a formal notice', () => {
  it('freezes what it demands on each invoice, whatever is paid and posted later', async () => {
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling('INV-B', { totalMinor: 60_000 });
    await desk.runUntil(await desk.climbTo('C2'));
    await desk.report((await desk.taskOf('approval')).taskId, { result: 'approved' });
    await desk.runUntil(desk.now);
    const letter = desk.assigned.at(-1)!;
    expect(letter).toMatchObject({ stepId: 'C2', invoiceIds: [A, 'INV-B'] });
    const printed = letter.facts.invoices.map(({ charges }) => charges);
    // 31 January to 20 March are 49 days: 120 000 × 12.15 % × 49 / 365 = 1 957.32, and half of it.
    expect(printed).toMatchObject([{ interestMinor: 1_957 }, { interestMinor: 979 }]);
    const { taskId } = (await desk.openTasks()).find(({ kind, postedOn }) => kind === 'letter' && !postedOn)!;
    await desk.report(taskId, { result: 'posted', postedOn: '2026-03-20', trackingNumber: 'RK1' });
    await desk.payPart(A, { amountMinor: 30_000, transactionId: 'BK-PART' });
    const frozen = [await desk.claim('C2'), await desk.claim('C2', 'INV-B')].map((claim) => claim?.charges);
    expect(frozen).toEqual(printed);
    expect(await desk.claim('C2')).toMatchObject({ state: 'sent', postedOn: '2026-03-20' });
  });
});

describe('a case', () => {
  it('shows what its delay has cost up to the creditor’s own day, and the list does too', async () => {
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.pay(50_000);
    // 25 February already in Paris.
    const at = '2026-02-24T23:30:00Z';
    const charges = (await viewCase(desk.planning, A, at))?.charges;
    expect(charges).toMatchObject({ interestMinor: 656, compensationMinor: 4_000, missingFrom: null });
    expect(charges?.lines.map(({ to, amountMinor }) => [to, amountMinor])).toEqual([
      ['2026-02-02', 120],
      ['2026-02-25', 536],
    ]);
    const filter = { standing: null, level: null, customerId: null, sort: 'priority' } as const;
    const listed = await listCases(desk.planning, filter, { limit: 10, cursor: null, at });
    expect(listed).toMatchObject({ cases: [{ charges }] });
  });

  it('that is settled is charged nothing any more', async () => {
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.pay(120_000);
    expect((await viewCase(desk.planning, A, '2026-06-30T08:00:00Z'))?.charges).toEqual({
      ...{ interestMinor: 0, compensationMinor: 0, lines: [], missingFrom: null },
    });
  });
});
