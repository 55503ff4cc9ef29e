import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCalendarDays, isBusinessDay, nextBusinessDay } from '../../../lib/domain/calendar/business-day.ts';
import { regionOf } from '../../../lib/domain/calendar/holiday-table.ts';
import { dateIn } from '../../../lib/domain/calendar/sending-window.ts';
import { type Plan, type PlannedStep, planNextStep } from '../../../lib/domain/plan/plan-next-step.ts';
import type { StepClaim } from '../../../lib/domain/step-claim.ts';
import { HOLIDAYS } from '../../../lib/generated/holidays.ts';
import { aCustomer, anInvoice } from '../../support/builders.ts';
import { aCase, aClaim, planFacts, standardPolicy } from '../../support/case-builders.ts';

function openPlan(plan: Plan): Extract<Plan, { standing: 'open' }> {
  if (plan.standing !== 'open') throw new Error(`the case is ${plan.standing}`);
  return plan;
}

/** Climbs the ladder to its end: each step is sent when it is planned, and the next plan is asked right after. */
function climb(facts: ReturnType<typeof planFacts>): PlannedStep[] {
  const steps: PlannedStep[] = [];
  let claims: StepClaim[] = [];
  let at = facts.at;
  for (;;) {
    const { skipped, next } = openPlan(planNextStep({ ...facts, file: { ...facts.file, claims }, at }));
    claims = [...claims, ...skipped.map(({ step }) => aClaim({ stepId: step.stepId, at, state: 'skipped' }))];
    if (!next) return steps;
    steps.push(next);
    ({ at } = next);
    claims = [...claims, aClaim({ stepId: next.stepId, at })];
  }
}

const dates = (steps: PlannedStep[]) => steps.map(({ stepId, at }) => [stepId, at]);

describe('the standard ladder', () => {
  it('climbs from the preventive check to the last notice at the opening of each channel', () => {
    // Due Friday 30 January 2026; D+2 is a Sunday. Paris is at UTC+1 until 29 March.
    expect(dates(climb(planFacts()))).toEqual([
      ['P1', '2026-01-20T07:30:00Z'],
      ['A1', '2026-02-02T07:30:00Z'],
      ['A3', '2026-02-09T07:30:00Z'],
      ['B2', '2026-02-24T08:00:00Z'],
      ['C1', '2026-03-13T07:30:00Z'],
    ]);
  });

  it('names the level and the channel of each step, gentlest first', () => {
    const steps = climb(planFacts());
    expect(steps.map(({ level, channel }) => [level, channel])).toEqual([
      ['preventive', 'email'],
      ['level1', 'email'],
      ['level1', 'email'],
      ['level2', 'sms'],
      ['level3', 'email'],
    ]);
  });

  it('says why a step comes when it does', () => {
    const sent = aClaim({ stepId: 'P1', at: '2026-01-20T07:30:00Z' });
    const { next } = openPlan(planNextStep(planFacts({ claims: [sent], at: '2026-01-20T07:31:00Z' })));
    expect(next?.why).toBe('2 days after the due date; first open hour from 2026-02-01 on is on 2026-02-02');
  });

  it.each([
    // due          A1 of a Parisian       A1 of an Alsatian      worked by hand
    ['2026-04-01', '2026-04-03T06:30:00Z', '2026-04-07T06:30:00Z'], // D+2 is Good Friday; 6 April is Easter Monday
    ['2026-12-24', '2026-12-28T07:30:00Z', '2026-12-28T07:30:00Z'], // D+2 is Saturday 26 December
    ['2026-05-12', '2026-05-15T06:30:00Z', '2026-05-15T06:30:00Z'], // D+2 is Ascension Day
    ['2026-03-27', '2026-03-30T06:30:00Z', '2026-03-30T06:30:00Z'], // clocks go forward on 29 March
  ])('moves a notice on an invoice due %s to the next open day of the debtor', (dueOn, paris, strasbourg) => {
    const facts = planFacts({
      dunningCase: aCase({ invoice: anInvoice({ dueOn, issuedOn: '2026-01-01' }) }),
      at: `${dueOn}T12:00:00Z`,
    });
    const first = (customer = aCustomer()) => openPlan(planNextStep({ ...facts, customer })).next?.at;
    const address = { line1: '1 quai', postalCode: '67000', city: 'Strasbourg', country: 'FR' };
    expect([first(), first(aCustomer({ address }))]).toEqual([paris, strasbourg]);
  });

  it('keeps the hours of a debtor overseas', () => {
    const customer = aCustomer({ timeZone: 'Indian/Reunion', country: 'RE' });
    expect(openPlan(planNextStep(planFacts({ customer }))).next?.at).toBe('2026-01-20T04:30:00Z');
  });
});

it.each(['2026-02-02', '2026-02-03', '2026-02-04', '2026-02-05', '2026-02-06', '2026-02-07', '2026-02-08'])(
  'asks an invoice due on %s for the second time on its tenth day, or the next open one',
  (dueOn) => {
    const dunningCase = aCase({ invoice: anInvoice({ dueOn }) });
    const second = climb(planFacts({ dunningCase, at: `${dueOn}T12:00:00Z` }))[1];
    const tenth = nextBusinessDay(addCalendarDays(dueOn, 10), 'FR', HOLIDAYS);
    expect([second?.stepId, second?.at.slice(0, 10)]).toEqual(['A3', tenth]);
  },
);

describe('an invoice imported late', () => {
  const facts = planFacts({ at: '2026-04-30T15:00:00Z' }); // 90 days late, a Thursday, 17:00 in Paris

  it('starts with the gentlest notice at once, and skips only the preventive check', () => {
    const { skipped, next } = openPlan(planNextStep(facts));
    expect(skipped.map(({ step, reason }) => [step.stepId, reason])).toEqual([['P1', 'due-date-reached']]);
    expect(next).toMatchObject({ stepId: 'A1', level: 'level1', at: '2026-04-30T15:00:00Z' });
  });

  it('climbs no faster than each notice grants', () => {
    // A1 asks for an answer by Monday 4 May; A3 by Wednesday 13 May, before Ascension Day; B2 by Saturday 23 May, which moves past Whit Monday to the 26th.
    expect(dates(climb(facts))).toEqual([
      ['A1', '2026-04-30T15:00:00Z'],
      ['A3', '2026-05-05T06:30:00Z'],
      ['B2', '2026-05-15T07:00:00Z'],
      ['C1', '2026-05-27T06:30:00Z'],
    ]);
  });
});

describe('a step that does not apply', () => {
  it('spares a known customer the preventive check of a small invoice', () => {
    const dunningCase = aCase({ isFirstInvoice: false, invoice: anInvoice({ totalMinor: 49_999 }) });
    const { skipped, next } = openPlan(planNextStep(planFacts({ dunningCase })));
    expect(skipped.map(({ reason }) => reason)).toEqual(['amount-below-threshold']);
    expect(next?.stepId).toBe('A1');
  });

  it('checks the first invoice of a customer whatever its amount', () => {
    const dunningCase = aCase({ invoice: anInvoice({ totalMinor: 100 }) });
    expect(openPlan(planNextStep(planFacts({ dunningCase }))).next?.stepId).toBe('P1');
  });

  it('spares those who always pay the preventive check', () => {
    const customer = aCustomer({ profile: 'good-payer' });
    expect(openPlan(planNextStep(planFacts({ customer }))).skipped[0]?.reason).toBe('profile-needs-no-notice');
  });

  it('skips a preventive check that could only leave on the due date or later', () => {
    const facts = planFacts({ at: '2026-01-29T18:00:00Z' }); // Thursday evening: the next open hour is on the due date
    expect(openPlan(planNextStep(facts)).skipped[0]?.reason).toBe('due-date-reached');
    expect(openPlan(planNextStep({ ...facts, at: '2026-01-29T15:00:00Z' })).next?.stepId).toBe('P1');
  });
});

describe('the claims of a case', () => {
  it('treats a young reservation as on its way, and asks for its outcome when the send timeout has passed', () => {
    const reserved = aClaim({ stepId: 'P1', at: '2026-01-20T07:30:00.000Z', state: 'reserved' });
    const { next } = openPlan(planNextStep(planFacts({ claims: [reserved], at: '2026-01-20T07:31:00Z' })));
    expect(next).toMatchObject({ stepId: 'P1', at: '2026-01-20T07:40:00.000Z' });
  });

  it('opens a released step again at once', () => {
    const released = aClaim({ stepId: 'A1', at: '2026-02-02T07:30:00Z', state: 'released' });
    const past = aClaim({ stepId: 'P1', at: '2026-01-20T07:30:00Z' });
    const { next } = openPlan(planNextStep(planFacts({ claims: [past, released], at: '2026-02-02T07:33:00Z' })));
    expect(next).toMatchObject({ stepId: 'A1', at: '2026-02-02T07:33:00Z' });
  });

  it('does not let a notice that failed delay the next', () => {
    const failed = aClaim({ stepId: 'A1', at: '2026-02-08T07:30:00Z', state: 'failed' });
    const past = aClaim({ stepId: 'P1', at: '2026-01-20T07:30:00Z' });
    const { next } = openPlan(planNextStep(planFacts({ claims: [past, failed], at: '2026-02-08T08:00:00Z' })));
    expect(next).toMatchObject({ stepId: 'A3', at: '2026-02-09T07:30:00Z' });
  });

  it('takes no account of the claims of an earlier cycle', () => {
    const claims = standardPolicy.steps.map(({ stepId }) => aClaim({ stepId, at: '2026-01-20T07:30:00Z' }));
    const dunningCase = aCase({ cycle: 2 });
    expect(openPlan(planNextStep(planFacts({ claims, dunningCase }))).next?.stepId).toBe('P1');
  });

  it('rests at the end of the ladder at the level reached', () => {
    const claims = standardPolicy.steps.map(({ stepId }) => aClaim({ stepId, at: '2026-03-13T07:30:00Z' }));
    expect(planNextStep(planFacts({ claims, at: '2026-03-14T00:00:00Z' }))).toEqual({
      standing: 'open',
      skipped: [],
      next: null,
      reached: 'level3',
    });
  });
});

it('plans nothing once nothing is owed', () => {
  const paid = aCase({ paidMinor: 120_000, standing: 'settled' });
  expect(planNextStep(planFacts({ dunningCase: paid }))).toEqual({ standing: 'settled' });
});

describe('any ladder', () => {
  const zones = [
    'Europe/Paris',
    'America/New_York',
    'Asia/Tokyo',
    'Indian/Reunion',
    'America/St_Johns',
    'Pacific/Auckland',
  ];
  const anyFacts = fc.record({
    dueDay: fc.integer({ min: 0, max: 1200 }),
    startDay: fc.integer({ min: -40, max: 200 }),
    minute: fc.integer({ min: 0, max: 1439 }),
    timeZone: fc.constantFrom(...zones),
    country: fc.constantFrom('FR', 'US', 'JP', 'DE', 'GB', 'RE'),
    isFirstInvoice: fc.boolean(),
  });

  it('never sends outside open hours, never twice a day, never sooner than granted, never before its offset', () => {
    fc.assert(
      fc.property(anyFacts, ({ dueDay, startDay, minute, timeZone, country, isFirstInvoice }) => {
        const dueOn = addCalendarDays('2025-06-01', dueDay);
        const startOn = addCalendarDays(dueOn, startDay);
        const at = new Date(Date.parse(`${startOn}T00:00:00Z`) + minute * 60_000).toISOString();
        const customer = aCustomer({ timeZone, country });
        const dunningCase = aCase({ isFirstInvoice, invoice: anInvoice({ dueOn, issuedOn: '2025-01-01' }) });
        const steps = climb(planFacts({ dunningCase, customer, at }));
        const days = steps.map((step) => dateIn(step.at, timeZone));
        expect(new Set(days).size).toBe(days.length);
        for (const [index, { stepId, at: sentAt }] of steps.entries()) {
          const step = standardPolicy.steps.find((candidate) => candidate.stepId === stepId)!;
          const hours = standardPolicy.sendingHours[step.channel]!;
          const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(
            new Date(sentAt),
          );
          expect(isBusinessDay(days[index]!, regionOf(customer), HOLIDAYS)).toBe(true);
          expect(clock >= hours.from && clock < hours.to).toBe(true);
          expect(days[index]! >= addCalendarDays(dueOn, step.offsetDays)).toBe(true);
          expect(sentAt >= at || Date.parse(sentAt) >= Date.parse(at)).toBe(true);
          const previous = steps[index - 1];
          if (!previous) continue;
          const { grantsDays } = standardPolicy.steps.find((candidate) => candidate.stepId === previous.stepId)!;
          expect(days[index]! > addCalendarDays(days[index - 1]!, grantsDays)).toBe(true);
        }
        expect(steps.at(-1)?.stepId).toBe('C1');
      }),
      { numRuns: 1000 },
    );
  });
});
