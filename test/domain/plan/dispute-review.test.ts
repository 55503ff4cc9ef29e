import { describe, expect, it } from 'vitest';
import { workflowStepOf } from '../../../lib/app/next-workflow-step.ts';
import type { Dispute } from '../../../lib/domain/dispute.ts';
import { planNextStep } from '../../../lib/domain/plan/plan-next-step.ts';
import { aCase, aClaim, aDispute, planFacts } from '../../support/case-builders.ts';

const STARTED_AT = '2026-01-05T08:00:00Z';
const claims = [aClaim({ stepId: 'A1', at: '2026-02-03T09:00:00Z' })];
const at = '2026-02-04T08:00:00Z';

function planDisputed(disputes: readonly Partial<Dispute>[], facts: Parameters<typeof planFacts>[0] = {}) {
  const dunningCase = aCase({ standing: 'disputed', disputes: disputes.map(aDispute) });
  return planNextStep(planFacts({ dunningCase, claims, at, ...facts }));
}

describe('a case that is contested as a whole', () => {
  it('waits at the level it has reached until its owner is reminded', () => {
    expect(planDisputed([{ reviewOn: '2026-02-18' }])).toEqual({
      ...{ standing: 'waiting', lane: 'dispute', reached: 'level1' },
      review: {
        ...{ stepId: 'review', level: 'level1', channel: 'review', at: '2026-02-17T23:00:00Z' },
        why: 'contested since 2026-02-04; its owner is reminded on 2026-02-18 unless it is settled by then',
      },
    });
  });

  it.each<[string, Partial<Dispute>, string | null]>([
    ['on the open day after a week-end', { reviewOn: '2026-02-21' }, '2026-02-22T23:00:00Z'],
    ['at once when its day has passed', { reviewOn: '2026-02-02' }, at],
    // Five open days after Wednesday the 18th.
    ['again when it ages', { remindedOn: '2026-02-18' }, '2026-02-24T23:00:00Z'],
    ['late, and again from then on', { reviewOn: '2026-02-18', remindedOn: '2026-03-02' }, '2026-03-08T23:00:00Z'],
    ['again once it is escalated', { remindedOn: '2026-01-07', escalatedOn: '2026-02-02' }, '2026-02-08T23:00:00Z'],
    // Wednesday the 28th of January plus five open days is today.
    ['today when its day has come', { remindedOn: '2026-01-07', escalatedOn: '2026-01-28' }, at],
    // Two times five open days after Tuesday the 27th: today's turn was yesterday's.
    [
      'at its next turn when one was missed',
      { remindedOn: '2026-01-07', escalatedOn: '2026-01-27' },
      '2026-02-09T23:00:00Z',
    ],
  ])('is looked at %s', (_, dispute, lookedAt) => {
    const plan = planDisputed([dispute]);
    expect(plan).toMatchObject({ standing: 'waiting', lane: 'dispute' });
    expect('review' in plan && (plan.review?.at ?? null)).toBe(lookedAt);
  });

  it('is looked at another day while somebody has its escalation on their list', () => {
    const escalated = { remindedOn: '2026-01-07', escalatedOn: '2026-01-28', taskIds: ['dispute-1', 'attention-1'] };
    const planWith = (openTaskIds: readonly string[]) =>
      planNextStep(
        planFacts({
          dunningCase: aCase({ standing: 'disputed', disputes: [aDispute(escalated)], openTaskIds: [...openTaskIds] }),
          claims,
          at,
        }),
      );
    expect(planWith(['dispute-1', 'attention-1'])).toMatchObject({ review: { at: '2026-02-10T23:00:00Z' } });
    expect(planWith(['dispute-1'])).toMatchObject({ review: { at } });
  });

  it('is looked at for the first of its disputes', () => {
    const first = { amountMinor: 100_000, reviewOn: '2026-03-02' };
    const second = { disputeId: '2', amountMinor: 20_000, reviewOn: '2026-02-11' };
    expect(planDisputed([first, second])).toMatchObject({ lane: 'dispute', review: { at: '2026-02-10T23:00:00Z' } });
  });

  it('has what is on its way asked about first', () => {
    const reserved = aClaim({ stepId: 'A3', at: '2026-02-04T07:55:00Z', state: 'reserved' });
    const plan = planDisputed([{}], { claims: [...claims, reserved] });
    expect(plan).toMatchObject({ standing: 'open', next: { stepId: 'A3', at: '2026-02-04T08:05:00.000Z' } });
  });

  it('serves no step before one that is on its way, be it in hand or taken back', () => {
    const reserved = aClaim({ stepId: 'B1', at: '2026-02-04T07:55:00Z', state: 'reserved' });
    const released = aClaim({ stepId: 'A2', at: '2026-02-04T07:55:00Z', state: 'released' });
    const plan = planDisputed([{}], { claims: [...claims, released, reserved] });
    expect(plan).toMatchObject({ standing: 'open', skipped: [], next: { stepId: 'B1' } });
  });

  it('waits although its ladder has ended', () => {
    const whole = planFacts().policy.steps.map(({ stepId }) => aClaim({ stepId, at: '2026-02-03T09:00:00Z' }));
    expect(planDisputed([{}], { claims: whole })).toMatchObject({ standing: 'waiting', lane: 'dispute' });
  });
});

describe('a case that is contested in part', () => {
  const planPart = (dispute: Partial<Dispute>, fields: Parameters<typeof aCase>[0] = {}) => {
    const disputes = [aDispute({ amountMinor: 30_000, ...dispute })];
    const plan = planNextStep(planFacts({ dunningCase: aCase({ disputes, ...fields }), claims, at }));
    if (plan.standing !== 'open' && plan.standing !== 'waiting') throw new Error(plan.standing);
    return { plan, step: workflowStepOf(plan, STARTED_AT) };
  };

  it('goes on with the next step, and is looked at after it', () => {
    const { plan, step } = planPart({ reviewOn: '2026-02-18' });
    expect(plan).toMatchObject({ standing: 'open', next: { stepId: 'A2' }, review: { at: '2026-02-17T23:00:00Z' } });
    expect(step).toMatchObject({ stepId: 'A2', lane: 'level1', channel: 'call' });
  });

  it('is looked at before the next step, in the lane of the level it has reached', () => {
    const { plan, step } = planPart({ reviewOn: '2026-02-05' });
    expect(plan).toMatchObject({ next: { stepId: 'A2' } });
    expect(step).toEqual({
      ...{ stepId: 'review', level: 'level1', lane: 'level1', channel: 'review' },
      at: '2026-02-04T23:00:00Z',
    });
  });

  it('is looked at while it is blocked without an end', () => {
    const block = { reason: 'wait', since: '2026-02-02', until: null, actor: 'anne' };
    const { step } = planPart({ reviewOn: '2026-02-18' }, { standing: 'blocked', block });
    expect(step).toMatchObject({ lane: 'block', channel: 'review', at: '2026-02-17T23:00:00Z' });
  });

  it('is looked at before what was promised of the rest is judged', () => {
    const promise = {
      ...{ promiseId: '1', promisedOn: '2026-02-18', amountMinor: null, paidBeforeMinor: 0, state: 'open' as const },
      at,
    };
    const { step } = planPart({ reviewOn: '2026-02-11' }, { standing: 'promised', promises: [promise] });
    expect(step).toMatchObject({ lane: 'promise', channel: 'review', at: '2026-02-10T23:00:00Z' });
  });
});

describe('a dispute that nobody has ended', () => {
  const clocks = {
    'not looked at yet': {},
    reminded: { remindedOn: '2026-02-02' },
    escalated: { remindedOn: '2026-01-07', escalatedOn: '2026-01-14', taskIds: ['attention-1'] },
  };
  const block = { reason: 'wait', since: '2026-02-02', until: null, actor: 'anne' };
  const promise = { promiseId: '1', promisedOn: '2026-02-18', amountMinor: null, paidBeforeMinor: 0, at } as const;
  const standings = {
    open: {},
    promised: { promises: [{ ...promise, state: 'open' as const }] },
    disputed: {},
    blocked: { block },
  };
  const all = Object.keys(clocks).flatMap((clock) => Object.keys(standings).map((standing) => [clock, standing]));

  it.each(all as [keyof typeof clocks, keyof typeof standings][])(
    'always has a day on which it is looked at again: %s, %s',
    (clock, standing) => {
      const amountMinor = standing === 'disputed' ? null : 30_000;
      const disputes = [aDispute({ amountMinor, ...clocks[clock] })];
      for (const openTaskIds of [[], ['attention-1']]) {
        for (const insolventSince of [null, '2026-02-01']) {
          const dunningCase = aCase({ standing, disputes, openTaskIds, ...standings[standing] });
          const facts = planFacts({ dunningCase, claims, at });
          const plan = planNextStep({ ...facts, record: { ...facts.record, insolventSince } });
          if (plan.standing !== 'open' && plan.standing !== 'waiting') throw new Error(plan.standing);
          expect(workflowStepOf(plan, STARTED_AT)).not.toMatchObject({ stepId: 'none' });
          expect(plan.review).toMatchObject({ stepId: 'review', at: expect.any(String) });
        }
      }
    },
  );
});
