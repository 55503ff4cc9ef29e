import { describe, expect, it } from 'vitest';
import { type PlanFacts, planNextStep } from '../../../lib/domain/plan/plan-next-step.ts';
import { anInvoice } from '../../support/builders.ts';
import { aCase, aClaim, planFacts, standardPolicy } from '../../support/case-builders.ts';

/** The notice A1 is foreseen for Monday 2 February at this instant, 13:49 in Paris. */
const A1_AT = '2026-02-02T12:49:00Z';

/** The step planned next. */
function next(at: string, fields: Parameters<typeof planFacts>[0] = {}) {
  const plan = planNextStep(
    planFacts({ claims: [aClaim({ stepId: 'P1', at: '2026-01-20T12:49:00Z' })], at, ...fields }),
  );
  if (plan.standing !== 'open' || !plan.next) throw new Error('no step is planned');
  return plan.next;
}

const whenDue = (bankDataOn: string | null, fields: Partial<PlanFacts> = {}) => next(A1_AT, { bankDataOn, ...fields });

describe('a step that says somebody has not paid', () => {
  it.each([
    ['of the same day', '2026-02-02'],
    ['of Friday, the open day before', '2026-01-30'],
  ])('is made on Monday with bank data %s, and says so', (_, bankDataOn) => {
    const step = whenDue(bankDataOn);
    expect(step).toEqual({ ...whenDue(null), why: expect.stringMatching(new RegExp(`; bank data of ${bankDataOn}$`)) });
    expect(step.at).toBe(A1_AT);
  });

  it('waits two hours at a time for a statement once its time has come and the last is of two open days before', () => {
    const { at, why, awaitsStatement } = whenDue('2026-01-29');
    expect([at, awaitsStatement]).toEqual(['2026-02-02T14:49:00Z', true]);
    expect(why).toMatch(/; bank data of 2026-01-29 is older than 1 open day: waits for a statement$/);
  });

  it('waits until the next opening when the hours are over by then', () => {
    const { at, awaitsStatement } = next('2026-02-02T16:20:00Z', { bankDataOn: '2026-01-29' });
    expect([at, awaitsStatement]).toEqual(['2026-02-03T12:49:00Z', true]);
  });

  it('stays where it is as long as its time has not come, since a statement may', () => {
    const { at, why, awaitsStatement } = next('2026-02-02T06:00:00Z', { bankDataOn: '2026-01-15' });
    expect([at, awaitsStatement]).toEqual([A1_AT, true]);
    expect(why).toMatch(/; bank data of 2026-01-15 is older than 1 open day: waits for a statement$/);
    const onSunday = next('2026-02-01T06:00:00Z', { bankDataOn: '2026-01-29' });
    expect(onSunday).toMatchObject({ at: A1_AT, why: expect.stringMatching(/; bank data of 2026-01-29$/) });
    expect(onSunday.awaitsStatement).toBeUndefined();
  });

  it('counts a fraction of a second before its time as its time, or it would be looked at again at once', () => {
    expect(next('2026-02-02T12:48:59.600Z', { bankDataOn: '2026-01-29' }).awaitsStatement).toBe(true);
  });

  it('counts open days of the creditor, over Easter Monday', () => {
    const dunningCase = aCase({ invoice: anInvoice({ dueOn: '2026-04-04' }) });
    const afterEaster = (bankDataOn: string) => next('2026-04-07T11:49:00Z', { dunningCase, bankDataOn });
    expect(afterEaster('2026-04-03').awaitsStatement).toBeUndefined();
    expect(afterEaster('2026-04-02').awaitsStatement).toBe(true);
  });

  it('is made whatever the bank tells where nothing was ever imported or the policy does not ask', () => {
    expect(whenDue(null)).toMatchObject({ at: A1_AT, why: expect.not.stringContaining('bank data') });
    const { bankDataWithinDays: _, ...policy } = standardPolicy;
    expect(whenDue('2025-01-01', { policy })).toEqual(whenDue(null));
  });

  it('waits for what the policy allows and no longer', () => {
    const policy = { ...standardPolicy, bankDataWithinDays: 2 };
    expect(whenDue('2026-01-29', { policy }).awaitsStatement).toBeUndefined();
    const { awaitsStatement, why } = whenDue('2026-01-28', { policy });
    expect(awaitsStatement).toBe(true);
    expect(why).toContain('older than 2 open days');
  });

  it('waits by every channel that reaches the debtor', () => {
    const served = ['P1', 'A1', 'A2', 'A3'].map((stepId, place) =>
      aClaim({ stepId, at: `2026-02-0${place + 1}T12:49:00Z` }),
    );
    const letter = next('2026-02-17T08:14:00Z', { claims: served, bankDataOn: '2026-02-02' });
    expect(letter).toMatchObject({
      stepId: 'A4',
      channel: 'letter',
      at: '2026-02-17T10:14:00Z',
      awaitsStatement: true,
    });
  });
});

describe('a formal notice', () => {
  it('that a person has approved waits as well', () => {
    const served = standardPolicy.steps
      .slice(
        0,
        standardPolicy.steps.findIndex(({ stepId }) => stepId === 'C2'),
      )
      .map(({ stepId }) => aClaim({ stepId, at: '2026-03-02T12:49:00Z' }));
    const approved = aClaim({ stepId: 'C2', at: '2026-03-16T08:14:00Z', state: 'released', isApproved: true });
    const at = '2026-03-18T09:00:00Z';
    const step = next(at, { claims: [...served, approved], bankDataOn: '2026-03-13' });
    expect(step).toMatchObject({ stepId: 'C2', at: '2026-03-18T11:00:00Z', awaitsStatement: true });
  });
});

describe('a step that accuses nobody', () => {
  it('is made before due with any bank data', () => {
    const plan = planNextStep(planFacts({ bankDataOn: '2025-01-01', at: '2026-01-20T12:49:00Z' }));
    expect(plan).toMatchObject({ next: { stepId: 'P1', at: '2026-01-20T12:49:00Z' } });
    expect(plan).toMatchObject({ next: { why: expect.not.stringContaining('bank data') } });
  });

  it('is handed over inside the house with any bank data', () => {
    const claims = standardPolicy.steps
      .filter(({ channel }) => channel !== 'hand-over')
      .map(({ stepId }) => aClaim({ stepId, at: '2026-03-20T12:49:00Z' }));
    const step = next('2026-09-01T08:14:00Z', { claims, bankDataOn: '2025-01-01' });
    expect(step).toMatchObject({ channel: 'hand-over', why: expect.not.stringContaining('bank data') });
  });
});
