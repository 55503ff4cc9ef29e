import { beforeEach, describe, expect, it } from 'vitest';
import { ContractError, ReplanError } from '../../lib/domain/errors.ts';
import { aCustomer, aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';

const P1_AT = '2026-01-20T12:49:00.000Z';
const LATER = '2026-01-20T12:59:00.000Z';

describe('serving a step', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register();
  });

  it('claims, sends, records, and returns the next step', async () => {
    const { outcome, step } = await desk.send('P1', P1_AT);
    expect(outcome).toBe('sent');
    expect(step).toMatchObject({ stepId: 'A1', lane: 'level1', channel: 'email', at: '2026-02-02T12:49:00Z' });
    expect((await desk.historyTypes()).slice(0, 3)).toEqual(['InvoiceRegistered', 'NoticeReserved', 'NoticeSent']);
  });

  it('finds a step served when it is asked again, and sends nothing', async () => {
    await desk.send('P1', P1_AT);
    expect((await desk.send('P1', LATER)).outcome).toBe('served-before');
    expect(desk.departures).toHaveLength(1);
  });

  it('refuses to send on facts that are no longer true', async () => {
    await desk.pay(50_000);
    await expect(desk.send('P1', P1_AT, 1)).rejects.toThrow(ReplanError);
    expect(desk.departures).toEqual([]);
    await desk.send('P1', P1_AT, 2);
    expect(desk.departures).toMatchObject([{ stepId: 'P1', planRevision: 2, outstandingMinor: 70_000 }]);
  });

  it('refuses to send once the money is in', async () => {
    await desk.pay(120_000);
    await expect(desk.send('P1', P1_AT, 2)).rejects.toThrow(ReplanError);
    expect(desk.departures).toEqual([]);
  });

  it.each([
    ['on a Sunday', '2026-01-25T10:00:00.000Z'],
    ['at night', '2026-01-20T22:00:00.000Z'],
    ['before its day', '2026-01-19T10:00:00.000Z'],
    ['before the hour its case was given', '2026-01-20T07:30:00.000Z'],
  ])('does not send %s, whoever asks: it plans again', async (_when, at) => {
    await expect(desk.send('P1', at)).rejects.toThrow(ReplanError);
    expect(desk.departures).toEqual([]);
  });

  it('does not send a step while an earlier one is open', async () => {
    await expect(desk.send('A3', '2026-02-09T13:00:00.000Z')).rejects.toThrow(ReplanError);
  });

  it('refuses a request of another cycle, and of a case there is none of', async () => {
    await expect(desk.send('P1', P1_AT, 1, { cycle: 2 })).rejects.toThrow(ReplanError);
    await expect(desk.send('P1', P1_AT, 1, { invoiceId: 'INV-X' })).rejects.toThrow(ContractError);
  });

  it('sends nothing by a channel that is not its own: the state of the right one is asked instead', async () => {
    expect(await desk.send('P1', P1_AT, 1, { channels: ['sms'] })).toEqual({
      outcome: 'redirected',
      step: { stepId: 'P1', level: 'preventive', lane: 'preventive', channel: 'email', at: P1_AT },
    });
    expect(await desk.historyTypes()).toEqual(['InvoiceRegistered']);
  });

  it('blocks a step whose template does not fit, and no other', async () => {
    desk.provider.brokenTemplates.add('preventive-check');
    const refused = await desk.send('P1', P1_AT);
    expect(refused).toMatchObject({ outcome: 'failed', step: { stepId: 'A1' } });
    const failed = (await desk.history()).find(({ type }) => type === 'NoticeFailed');
    expect(failed).toMatchObject({ data: { stepId: 'P1', reason: 'template-refused' } });
    expect(await desk.taskOf('attention')).toMatchObject({ title: 'Notice P1 by email was not served' });
  });

  it('sends nothing more when the money comes in while a notice leaves', async () => {
    desk.provider.duringSend = () => desk.pay(120_000);
    await expect(desk.send('P1', P1_AT)).rejects.toThrow(ReplanError);
    expect((await desk.historyTypes()).slice(-3)).toEqual(['PaymentApplied', 'CaseSettled', 'NoticeSent']);
    expect((await desk.plan(LATER)).standing).toBe('settled');
  });

  it('is not misled by the fractions of a second that a state machine tells', async () => {
    expect((await desk.send('P1', '2026-01-20T12:49:00.417Z')).outcome).toBe('sent');
  });

  it('skips a step that can reach nobody, says why, asks a person, and counts its level as not served', async () => {
    desk = new Desk();
    const contacts = [{ role: 'accounts-payable' as const, phone: '+33612345678' }];
    await desk.register({ customer: aCustomer({ contacts }) });
    expect(await desk.send('P1', P1_AT)).toMatchObject({ outcome: 'skipped', step: { stepId: 'A1' } });
    const skipped = (await desk.history()).find(({ type }) => type === 'NoticeSkipped');
    expect(skipped).toMatchObject({ data: { stepId: 'P1', reason: 'no-usable-contact' } });
    expect(await desk.taskOf('no-contact')).toMatchObject({ title: 'Nobody to send notice P1 to by email' });
    expect((await desk.ledger.loadCustomer('C-100'))?.contacts).toEqual([]);
  });

  it('writes a contact into the debtor’s log, by its day and claim', async () => {
    await desk.send('P1', P1_AT);
    const step = { invoiceId: 'INV-2026-0042', cycle: 1, stepId: 'P1' };
    expect((await desk.ledger.loadCustomer('C-100'))?.contacts).toEqual([{ on: '2026-01-20', channel: 'email', step }]);
  });
});

describe('the end of the ladder', () => {
  it('asks a person to decide, once, and is no contact with the debtor', async () => {
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    const at = await desk.climbTo('C3');
    const contacts = (await desk.ledger.loadCustomer('C-100'))?.contacts.length;
    expect((await desk.send('C3', at, (await desk.plan(at)).planRevision)).outcome).toBe('assigned');
    const task = await desk.taskOf('attention');
    expect(task.title).toBe('Decide what follows for invoice 2026-0042');
    expect((await desk.ledger.loadCustomer('C-100'))?.contacts).toHaveLength(contacts ?? 0);
    expect((await desk.plan(at)).step).toMatchObject({ stepId: 'none', channel: 'replan', lane: 'level3' });
    await desk.report(task.taskId, { result: 'done' }, at);
    expect(await desk.claim('C3')).toMatchObject({ state: 'sent' });
  });

  it('is silent of notices when a debtor who pays automatically is late: a person finds out why', async () => {
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer({ profile: 'automatic' }) });
    await desk.runUntil('2026-04-30T00:00:00Z');
    expect(desk.departures).toEqual([]);
    expect(desk.assigned.map(({ stepId, channel }) => [stepId, channel])).toEqual([['C3', 'hand-over']]);
    expect((await desk.taskOf('attention')).reason).toContain('direct debit refused');
  });
});
