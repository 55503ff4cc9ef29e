import { describe, expect, it } from 'vitest';
import { planNextStep } from '../../../lib/domain/plan/plan-next-step.ts';
import type { StepClaim } from '../../../lib/domain/step-claim.ts';
import { aCase, aClaim, aDispute, planFacts } from '../../support/case-builders.ts';

/** The plan of a case with one claim of a step that its ladder does not have, on the morning of Thursday 5 February. */
const planWith = (fields: Partial<StepClaim>, dunningCase = aCase()) => {
  const claims = [{ ...aClaim({ stepId: 'A1', at: '2026-02-05T09:00:00.000Z' }), stepId: 'X1', ...fields }];
  return planNextStep(planFacts({ claims, dunningCase, at: '2026-02-05T09:05:00.000Z' }));
};

describe('a step that the ladder has no more', () => {
  it('is waited for while a person has its letter or its approval', () => {
    const inHand = { state: 'assigned', channel: 'registered-letter', taskId: 'T-1' } as const;
    expect(planWith({ ...inHand, documentKey: 'letters/1.pdf' })).toMatchObject({
      next: null,
      awaited: { stepId: 'X1', channel: 'registered-letter', why: 'X1 waits for a person to post the letter' },
    });
    expect(planWith(inHand)).toMatchObject({ next: null, awaited: { why: 'X1 waits for a person to approve it' } });
  });

  it('does not hold the ladder while it is a call on the list', () => {
    expect(planWith({ state: 'assigned', channel: 'call' })).toMatchObject({ awaited: null, next: { stepId: 'A1' } });
  });

  it('is on its way for a day when it is reserved, and counts for nothing after that', () => {
    expect(planWith({ state: 'reserved' })).toMatchObject({ next: { stepId: 'X1', at: '2026-02-05T09:10:00.000Z' } });
    const dayBefore = { state: 'reserved', at: '2026-02-04T09:05:00.000Z' } as const;
    expect(planWith(dayBefore)).toMatchObject({ next: { stepId: 'A1' } });
  });

  it('keeps a promise, a plan or a dispute from its day for a day only', () => {
    const at = '2026-02-05T09:05:00.000Z';
    const promise = { promiseId: '1', promisedOn: '2026-02-18', amountMinor: null, paidBeforeMinor: 0, at } as const;
    const part = { dueOn: '2026-02-18', amountMinor: 120_000, remindedOn: null, missedOn: null };
    const paid = { paidBeforeMinor: 0, creditedBeforeMinor: 0, isForced: false, state: 'running' } as const;
    const instalmentPlan = { planId: '1', agreedOn: '2026-02-04', instalments: [part], ...paid, at };
    const cases = {
      promise: aCase({ standing: 'promised', promises: [{ ...promise, state: 'open' }] }),
      instalment: aCase({ standing: 'instalments', instalmentPlan }),
      dispute: aCase({ standing: 'disputed', disputes: [aDispute()] }),
    };
    for (const [lane, dunningCase] of Object.entries(cases)) {
      expect(planWith({ state: 'reserved' }, dunningCase)).toMatchObject({ standing: 'open', next: { stepId: 'X1' } });
      const dayBefore = { state: 'reserved', at: '2026-02-04T09:05:00.000Z' } as const;
      expect(planWith(dayBefore, dunningCase)).toMatchObject({
        standing: 'waiting',
        lane,
        review: { stepId: 'review' },
      });
    }
  });

  it('whose message may have left has granted its time, also when nobody hears of it any more', () => {
    const given = { state: 'reserved', at: '2026-02-04T09:05:00.000Z', respondBy: '2026-02-12' } as const;
    expect(planWith(given)).toMatchObject({ next: { stepId: 'A1', at: expect.stringMatching(/^2026-02-13/) } });
    // A letter that is on nobody's list has not.
    expect(planWith({ ...given, channel: 'letter' })).toMatchObject({
      next: { stepId: 'A1', at: expect.stringMatching(/^2026-02-05/) },
    });
  });

  it('that is over or open again holds nothing', () => {
    for (const state of ['released', 'failed', 'skipped'] as const) {
      expect(planWith({ state, channel: 'letter' })).toMatchObject({ awaited: null, next: { stepId: 'A1' } });
    }
  });
});

describe('a letter that was taken back', () => {
  it.each(['letter', 'registered-letter'] as const)('is made again on the next open day: %s', (channel) => {
    const [step, at] = channel === 'letter' ? ['A4', '2026-02-20T09:00:00Z'] : ['B1', '2026-02-20T22:30:00Z'];
    const claims = [aClaim({ stepId: step, at, state: 'released', channel, taskId: 'T-1' })];
    const before = ['P1', 'P2', 'A1', 'A2', 'A3', ...(step === 'B1' ? ['A4'] : [])].map((stepId) =>
      aClaim({ stepId, at: '2026-02-02T09:00:00Z', state: 'skipped' }),
    );
    const plan = planNextStep(planFacts({ claims: [...before, ...claims], at }));
    // Friday 20 February in Paris; Monday the 23rd is the next open day.
    expect(plan).toMatchObject({
      next: {
        stepId: step,
        at: '2026-02-23T08:14:00Z',
        why: expect.stringContaining('not before 2026-02-23, the open day after it was taken back'),
      },
    });
  });
});
