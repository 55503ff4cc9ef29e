import { beforeEach, describe, expect, it } from 'vitest';
import { planCase } from '../../lib/app/plan-case.ts';
import { policyBook } from '../../lib/app/policy-book.ts';
import { viewCase } from '../../lib/app/view-case.ts';
import { ContractError } from '../../lib/domain/errors.ts';
import { aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';

describe('planning a case', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
  });

  it('records each skipped step once with its reason', async () => {
    await desk.plan('2026-04-30T15:00:00Z');
    await desk.plan('2026-04-30T15:01:00Z');
    const skipped = (await desk.history()).filter(({ type }) => type === 'NoticeSkipped');
    expect(skipped.map(({ data }) => [data.stepId, data.reason])).toEqual([
      ['P1', 'due-date-reached'],
      ['P2', 'amount-below-threshold'],
    ]);
  });

  it('hands over to a successor before the execution is a year old, or has planned too often', async () => {
    expect((await desk.plan('2026-12-02T08:00:00Z')).standing).toBe('continue');
    expect((await desk.plan('2026-01-05T09:00:00Z', { round: 500 })).standing).toBe('continue');
    expect((await desk.plan('2026-01-05T09:00:00Z', { round: 499 })).standing).toBe('open');
  });

  it('rests until the hand-over while a person has a letter in hand, in the lane of the level reached', async () => {
    const at = await desk.climbTo('A4');
    await desk.send('A4', at);
    expect((await desk.plan('2026-02-18T00:00:00Z')).step).toEqual({
      ...{ stepId: 'none', level: 'level1', lane: 'level1', channel: 'replan' },
      at: '2026-12-01T08:00:00.000Z',
    });
    expect((await viewCase(desk.planning, 'INV-2026-0042', at))?.nextStep).toMatchObject({
      stepId: 'A4',
      why: 'A4 waits for a person to post the letter',
    });
  });

  it('ends a paid case, and shows it, even when its policy is not known any more', async () => {
    await desk.pay(120_000);
    const planning = { ...desk.planning, policies: policyBook(desk.ledger, []) };
    const at = '2026-01-20T12:49:00Z';
    const request = { invoiceId: 'INV-2026-0042', cycle: 1, at, startedAt: at, round: 0 };
    expect((await planCase(planning, request)).standing).toBe('settled');
    expect(await viewCase(planning, 'INV-2026-0042', at)).toMatchObject({ nextStep: null });
  });

  it('does not guess a policy that is gone: it is a fault', async () => {
    const planning = { ...desk.planning, policies: policyBook(desk.ledger, []) };
    const at = '2026-01-20T12:49:00Z';
    const request = { invoiceId: 'INV-2026-0042', cycle: 1, at, startedAt: at, round: 0 };
    await expect(planCase(planning, request)).rejects.toThrow(ContractError);
  });

  it('ends when the money is in', async () => {
    await desk.pay(120_000);
    expect(await desk.plan('2026-02-03T00:00:00Z')).toEqual({ standing: 'settled', planRevision: 2, step: null });
  });
});
