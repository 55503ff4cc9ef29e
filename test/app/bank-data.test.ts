import { beforeEach, describe, expect, it } from 'vitest';
import { listCases } from '../../lib/app/list-cases.ts';
import { viewCase } from '../../lib/app/view-case.ts';
import { ReplanError } from '../../lib/domain/errors.ts';
import { anInvoice, aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';

/** A1 of the first invoice is foreseen for Monday 2 February at this instant. */
const A1_AT = '2026-02-02T12:49:00Z';

describe('bank data that is too old', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.runUntil('2026-02-02T06:00:00Z');
  });

  const sent = () => desk.departures.map(({ stepId }) => stepId);

  it('holds a notice whose time has come until a statement is in, and lets it go then', async () => {
    await desk.ledger.keepBankDataOn('2026-01-29');
    expect((await desk.plan(desk.now)).step).toMatchObject({ stepId: 'A1', at: A1_AT, channel: 'replan' });
    await desk.runUntil('2026-02-03T20:00:00Z');
    expect(sent()).toEqual(['P1']);
    const { nextStep } = (await viewCase(desk.planning, 'INV-2026-0042', '2026-02-03T13:00:00Z'))!;
    expect(nextStep?.why).toContain('bank data of 2026-01-29 is older than 1 open day: waits for a statement');
    await desk.ledger.keepBankDataOn('2026-02-03');
    await desk.runUntil('2026-02-04T20:00:00Z');
    expect(sent()).toEqual(['P1', 'A1']);
    expect((await desk.claim('A1'))?.at.slice(0, 10)).toBe('2026-02-04');
  });

  it('holds a notice that an execution comes to with a plan from before', async () => {
    await desk.ledger.keepBankDataOn('2026-01-29');
    await expect(desk.send('A1', A1_AT)).rejects.toThrow(ReplanError);
    expect(await desk.claim('A1')).toBeUndefined();
  });

  it('shows in the list of cases what each waits for', async () => {
    await desk.ledger.keepBankDataOn('2026-01-29');
    const filter = { standing: null, level: null, customerId: null, sort: 'priority' } as const;
    const slice = await listCases(desk.planning, filter, { limit: 5, cursor: null, at: A1_AT });
    if (slice === 'bad-cursor') throw new Error('the front of a list is always a good cursor');
    expect(slice.cases[0]?.nextStep?.why).toContain('waits for a statement');
  });

  it('leaves a call on the list of whoever has it', async () => {
    await desk.runUntil('2026-02-05T12:00:00Z');
    const before = await desk.taskOf('call');
    await desk.ledger.keepBankDataOn('2026-01-29');
    await desk.runUntil('2026-02-06T20:00:00Z');
    expect(await desk.taskOf('call')).toEqual(before);
  });

  it('keeps a case out of a message for another that may be written with older data', async () => {
    const strict = desk.planning.policies;
    const standard = (await strict.newest('standard'))!;
    await desk.ledger.savePolicy({ ...standard, name: 'patient', version: 1, bankDataWithinDays: 9 }, desk.now);
    const patient = aReachableCustomer({ policy: 'patient' });
    await desk.register({
      invoice: anInvoice({ invoiceId: 'INV-P', number: 'INV-P', paymentReference: undefined }),
      customer: patient,
      at: desk.now,
    });
    await desk.ledger.keepBankDataOn('2026-01-29');
    await desk.runUntil('2026-02-02T20:00:00Z');
    const notices = desk.departures.filter(({ stepId }) => stepId === 'A1');
    expect(notices.map(({ invoiceIds }) => invoiceIds)).toEqual([['INV-P']]);
  });

  it('keeps a step of later that day out of the message before due of another invoice', async () => {
    await desk.registerSibling('INV-J', { dueOn: '2026-02-12' });
    const { step } = await desk.plan(desk.now, { invoiceId: 'INV-J' });
    expect(step).toMatchObject({ stepId: 'P1', at: expect.stringMatching(/^2026-02-02/) });
    expect(Date.parse(step!.at)).toBeLessThan(Date.parse(A1_AT));
    await desk.ledger.keepBankDataOn('2026-01-29');
    await desk.runUntil('2026-02-02T20:00:00Z');
    expect(desk.departures.map(({ stepId, invoiceIds }) => [stepId, invoiceIds])).toEqual([
      ['P1', ['INV-2026-0042']],
      ['P1', ['INV-J']],
    ]);
  });

  it('breaks no promise before the statement that would tell of the money', async () => {
    await desk.runUntil('2026-02-04T11:00:00Z');
    await new CaseCommands(desk).promise('2026-02-18');
    // Wednesday the 18th and two open days: judged on Monday the 23rd, when the statement of Friday must be in.
    await desk.ledger.keepBankDataOn('2026-02-19');
    await desk.runUntil('2026-02-23T09:00:00Z');
    const { dunningCase } = (await desk.ledger.loadCaseFile('INV-2026-0042'))!;
    expect(dunningCase.standing).toBe('promised');
    const { nextStep } = (await viewCase(desk.planning, 'INV-2026-0042', desk.now))!;
    expect(nextStep?.why).toContain('bank data of 2026-02-19 is older than 1 open day: waits for a statement');
    await desk.ledger.keepBankDataOn('2026-02-20');
    await desk.runUntil('2026-02-23T11:30:00Z');
    expect((await desk.ledger.loadCaseFile('INV-2026-0042'))?.dunningCase.promises).toMatchObject([
      { state: 'broken' },
    ]);
    expect(await desk.taskOf('promise-broken')).toMatchObject({ dueOn: '2026-02-23' });
  });
});
