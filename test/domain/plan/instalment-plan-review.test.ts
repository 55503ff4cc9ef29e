import { describe, expect, it } from 'vitest';
import { withConfirmation } from '../../../lib/domain/confirmation.ts';
import type { DunningCase } from '../../../lib/domain/dunning-case.ts';
import type { InstalmentPlan } from '../../../lib/domain/instalment-plan.ts';
import { nextPlanAct } from '../../../lib/domain/plan/instalment-plan-review.ts';
import { type PlanFacts, planNextStep } from '../../../lib/domain/plan/plan-next-step.ts';
import { planMessage } from '../../../lib/domain/plan-message.ts';
import type { StepClaim } from '../../../lib/domain/step-claim.ts';
import { HOLIDAYS } from '../../../lib/generated/holidays.ts';
import { aCustomer } from '../../support/builders.ts';
import { aCase, aClaim, planFacts, standardPolicy } from '../../support/case-builders.ts';

const calendar = { region: 'FR', timeZone: 'Europe/Paris', holidays: HOLIDAYS };

type Told = Partial<InstalmentPlan['instalments'][number]>;

/** A plan of 400.00 on each of these dates, agreed on Wednesday 4 February 2026. */
function aPlan(dueOns: readonly string[], told: readonly Told[] = []): InstalmentPlan {
  return {
    ...{ planId: '1', agreedOn: '2026-02-04', paidBeforeMinor: 0, creditedBeforeMinor: 0 },
    ...{ isForced: false, state: 'running', at: '2026-02-04T10:00:00Z' },
    instalments: dueOns.map((dueOn, index) => ({
      ...{ dueOn, amountMinor: 40_000, remindedOn: null, missedOn: null },
      ...told[index],
    })),
  };
}

function aPlannedCase(plan: InstalmentPlan, fields: Partial<DunningCase> = {}): DunningCase {
  return aCase({ standing: 'instalments', instalmentPlan: plan, ...fields });
}

function act(
  plan: InstalmentPlan,
  today: string,
  fields: Partial<DunningCase> = {},
  claims: readonly StepClaim[] = [],
) {
  const file = { dunningCase: aPlannedCase(plan, fields), claims, payments: [] };
  const next = nextPlanAct({ file, policy: standardPolicy, calendar, today });
  return next && [next.kind, next.on, ...next.dueOns];
}

const THREE = ['2026-02-06', '2026-03-06', '2026-04-03'];
const paid = (parts: number) => ({ paidMinor: parts * 40_000 });

describe('a plan as time goes by', () => {
  it.each([
    // today, parts paid; what is next. Worked by hand on the calendar of France in 2026.
    ['2026-02-04', 0, ['tell', '2026-02-09', '2026-02-06']], // Friday: the open day after is Monday; the agreement announces it
    ['2026-02-04', 1, ['remind', '2026-03-03', '2026-03-06']], // Friday less three days: Tuesday
    ['2026-03-05', 1, ['remind', '2026-03-05', '2026-03-06']], // late, and still before its day
    ['2026-03-06', 1, ['tell', '2026-03-09', '2026-03-06']], // its day has come
    ['2026-03-21', 1, ['tell', '2026-03-23', '2026-03-06']], // a Saturday: told on the next open day
    ['2026-03-06', 2, ['remind', '2026-03-31', '2026-04-03']],
    ['2026-04-04', 2, ['tell', '2026-04-07', '2026-04-03']], // the 6th is Easter Monday
    ['2026-04-04', 3, null],
  ] as const)('on %s with %i parts paid: %j', (today, parts, expected) => {
    expect(act(aPlan(THREE), today, paid(parts))).toEqual(expected);
  });

  it('announces no part that is due on a closed day later than on the open day before those three days', () => {
    // Three days before Monday 9 March is Friday the 6th; before Sunday the 8th Thursday; before Wednesday the 11th Sunday, so Friday.
    expect(act(aPlan(['2026-03-09']), '2026-02-04')).toEqual(['remind', '2026-03-06', '2026-03-09']);
    expect(act(aPlan(['2026-03-08']), '2026-02-04')).toEqual(['remind', '2026-03-05', '2026-03-08']);
    expect(act(aPlan(['2026-03-11']), '2026-02-04')).toEqual(['remind', '2026-03-06', '2026-03-11']);
  });

  it('announces a part once, and none that the agreement announced', () => {
    const reminded = aPlan(['2026-03-06'], [{ remindedOn: '2026-03-03' }]);
    expect(act(reminded, '2026-03-04')).toEqual(['tell', '2026-03-09', '2026-03-06']);
    // Three days before Saturday the 7th is the day of the agreement.
    expect(act(aPlan(['2026-02-07']), '2026-02-04')).toEqual(['tell', '2026-02-09', '2026-02-07']);
    expect(act(aPlan(['2026-02-08']), '2026-02-04')).toEqual(['remind', '2026-02-05', '2026-02-08']);
  });

  it('asks together for all that was due and has not come', () => {
    expect(act(aPlan(THREE), '2026-03-20')).toEqual(['tell', '2026-03-20', '2026-02-06', '2026-03-06']);
    // What is due that very day, or was on a day the bank was closed on since, is not missed yet.
    expect(act(aPlan(['2026-02-06', '2026-02-08', '2026-02-09']), '2026-02-09')).toEqual([
      ...['tell', '2026-02-09', '2026-02-06', '2026-02-08'],
    ]);
  });

  it('says nothing of later parts while one is missed, and goes on once it has come', () => {
    const missed = aPlan(THREE, [{ missedOn: '2026-02-09' }]);
    // Eight days after Monday the 9th are Tuesday the 17th; the money may come on that day.
    expect(act(missed, '2026-02-10')).toEqual(['break', '2026-02-18', '2026-02-06']);
    expect(act(missed, '2026-02-10', { paidMinor: 39_999 })).toEqual(['break', '2026-02-18', '2026-02-06']);
    expect(act(missed, '2026-02-10', paid(1))).toEqual(['remind', '2026-03-03', '2026-03-06']);
  });

  it('counts the time to pay from when the message left, not from when it was to leave', () => {
    const plan = aPlan(THREE, [{ missedOn: '2026-02-09' }]);
    const said = { plan, dueOns: ['2026-02-06'], invoiceId: 'INV-2026-0042', at: '2026-02-09T10:00:00Z' };
    const confirmations = withConfirmation([], planMessage('instalment-missed', said));
    const notice = (fields: Partial<StepClaim>) => [
      { ...aClaim({ stepId: 'A1', at: '2026-02-23T10:00:00Z' }), stepId: 'confirmation-1', ...fields },
    ];
    expect(act(plan, '2026-02-24', { confirmations })).toBeNull();
    expect(act(plan, '2026-02-24', { confirmations }, notice({ state: 'released' }))).toBeNull();
    const sent = notice({ respondBy: '2026-03-03' });
    expect(act(plan, '2026-02-24', { confirmations }, sent)).toEqual(['break', '2026-03-04', '2026-02-06']);
    const failed = notice({ state: 'failed', failureReason: 'refused-by-provider' });
    expect(act(plan, '2026-02-24', { confirmations }, failed)).toEqual(['break', '2026-02-24', '2026-02-06']);
  });

  it('never writes twice in a day: parts two days apart are told of one day after the other', () => {
    const close = ['2026-02-05', '2026-02-09', '2026-02-10'];
    const told = aPlan(close, [{ missedOn: '2026-02-06' }]);
    // The 9th: its part was to be announced on Friday the 6th, when the debtor heard of the first already.
    expect(act(told, '2026-02-06', paid(1))).toEqual(['tell', '2026-02-10', '2026-02-09']);
    expect(act(aPlan(close, [{}, { remindedOn: '2026-02-06' }]), '2026-02-06', paid(2))).toEqual([
      ...['remind', '2026-02-09', '2026-02-10'],
    ]);
  });

  it.each(['kept', 'broken', 'ended'] as const)('that is %s has no next act', (state) => {
    expect(act({ ...aPlan(THREE), state }, '2026-02-20')).toBeNull();
  });
});

describe('a case that is paid in instalments', () => {
  const plan = (fields: Partial<PlanFacts> & Parameters<typeof planFacts>[0] = {}) =>
    planNextStep(planFacts({ dunningCase: aPlannedCase(aPlan(THREE)), at: '2026-02-05T08:00:00Z', ...fields }));

  it('waits in its lane until the hour at which a message may leave', () => {
    expect(plan()).toMatchObject({
      ...{ standing: 'waiting', lane: 'instalment' },
      review: { stepId: 'review', channel: 'review', at: '2026-02-09T12:49:00Z' },
    });
  });

  it('waits until the day begins on which its plan ends', () => {
    const dunningCase = aPlannedCase(aPlan(THREE, [{ missedOn: '2026-02-09' }]));
    expect(plan({ dunningCase, at: '2026-02-10T08:00:00Z' })).toMatchObject({
      review: { at: '2026-02-17T23:00:00Z', why: expect.stringContaining('the plan ends on 2026-02-18') },
    });
  });

  it('asks first about a notice that was on its way when the plan was agreed', () => {
    const claims = [aClaim({ stepId: 'A1', at: '2026-02-05T07:59:00Z', state: 'reserved' })];
    expect(plan({ claims })).toMatchObject({ standing: 'open', next: { stepId: 'A1' } });
  });

  it('tells nobody that a part did not come while the statements are too old to say so, however late that leaves', () => {
    const running = aPlan(THREE, [{ missedOn: '2026-02-09' }]);
    const about = { dueOns: ['2026-02-06'], invoiceId: 'INV-2026-0042', at: '2026-02-09T12:49:00Z' };
    const confirmations = withConfirmation([], planMessage('instalment-missed', { plan: running, ...about }));
    const dunningCase = aPlannedCase(running, { confirmations });
    const told = (at: string, claims: readonly StepClaim[] = []) =>
      plan({ dunningCase, claims, bankDataOn: '2026-02-09', at });
    // Put off from Monday the 9th to Wednesday the 11th, when the statement of Tuesday is to be in.
    expect(told('2026-02-11T13:00:00Z')).toMatchObject({
      next: {
        ...{ stepId: 'confirmation-1', at: '2026-02-11T15:00:00.000Z', awaitsStatement: true },
        why: expect.stringContaining('bank data of 2026-02-09 is older than 1 open day: waits for a statement'),
      },
    });
    // What was said on the phone meanwhile is confirmed at once all the same.
    const said = { template: 'dispute-confirmation', result: 'dispute', agreedOn: '2026-02-11' } as const;
    const answer = { ...said, invoiceIds: ['INV-2026-0042'], requestedAt: '2026-02-11T13:00:00Z' };
    const answered = { ...dunningCase, confirmations: withConfirmation(confirmations, answer) };
    expect(plan({ dunningCase: answered, bankDataOn: '2026-02-09', at: '2026-02-11T13:00:00Z' })).toMatchObject({
      next: { stepId: 'confirmation-2', at: '2026-02-11T13:00:00.000Z' },
    });
    // As it is in the evening, when the notice has its turn tomorrow.
    expect(plan({ dunningCase: answered, bankDataOn: '2026-02-09', at: '2026-02-11T20:00:00Z' })).toMatchObject({
      next: { stepId: 'confirmation-2', at: '2026-02-11T20:00:00.000Z' },
    });
    // Tomorrow its time comes; the statement may be in by then.
    expect(told('2026-02-11T20:00:00Z')).toMatchObject({ next: { at: '2026-02-12T12:49:00.000Z' } });
    const reserved = { ...aClaim({ stepId: 'A1', at: '2026-02-11T12:59:00Z', state: 'reserved' }) } as const;
    expect(told('2026-02-11T13:00:00Z', [{ ...reserved, stepId: 'confirmation-1' }])).toMatchObject({
      next: { at: '2026-02-11T13:09:00.000Z' },
    });
  });

  it('writes within the hours of whoever reads it, wherever the debtor is', () => {
    const contacts = [{ role: 'accounts-payable' as const, email: 'ap@martin.example', timeZone: 'America/New_York' }];
    const running = aPlan(THREE, [{ missedOn: '2026-02-09' }]);
    const said = { plan: running, dueOns: ['2026-02-06'], invoiceId: 'INV-2026-0042', at: '2026-02-09T12:49:00Z' };
    const confirmations = withConfirmation([], planMessage('instalment-missed', said));
    const dunningCase = aPlannedCase(running, { confirmations });
    const at = '2026-02-09T12:49:00Z';
    expect(plan({ dunningCase, at })).toMatchObject({
      next: { stepId: 'confirmation-1', at: '2026-02-09T12:49:00.000Z' },
    });
    const abroad = plan({ dunningCase, at, customer: aCustomer({ contacts }) });
    expect(abroad).toMatchObject({ next: { stepId: 'confirmation-1', at: '2026-02-09T18:49:00.000Z' } });
    // An evening in Paris: the next morning.
    const evening = plan({ dunningCase, at: '2026-02-09T20:00:00Z' });
    expect(evening).toMatchObject({ next: { at: '2026-02-10T12:49:00.000Z' } });
  });

  it.each(['disputed', 'blocked', 'open'] as const)('sends nothing of the plan while it is %s', (standing) => {
    const running = aPlan(THREE, [{ missedOn: '2026-02-09' }]);
    const said = { plan: running, dueOns: ['2026-02-06'], invoiceId: 'INV-2026-0042', at: '2026-02-09T12:49:00Z' };
    const confirmations = withConfirmation([], planMessage('instalment-missed', said));
    const block = standing === 'blocked' ? { reason: 'wait', since: '2026-02-09', until: null, actor: 'anne' } : null;
    const dunningCase = aPlannedCase(running, { standing, confirmations, block });
    const next = plan({ dunningCase, at: '2026-02-09T12:49:00Z' });
    expect(next.standing === 'open' ? next.next?.stepId : null).not.toBe('confirmation-1');
  });
});
