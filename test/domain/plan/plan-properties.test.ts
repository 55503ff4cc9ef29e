import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCalendarDays, calendarDaysBetween, isBusinessDay } from '../../../lib/domain/calendar/business-day.ts';
import { regionOf } from '../../../lib/domain/calendar/holiday-table.ts';
import { dateIn } from '../../../lib/domain/calendar/sending-window.ts';
import type { CaseFile } from '../../../lib/domain/case-file.ts';
import { CUSTOMER_KINDS, PAYER_PROFILES } from '../../../lib/domain/customer.ts';
import { isFirmer } from '../../../lib/domain/level.ts';
import type { Policy } from '../../../lib/domain/policy.ts';
import { lintPolicy } from '../../../lib/domain/policy-lint/lint-policy.ts';
import { HOLIDAYS } from '../../../lib/generated/holidays.ts';
import { POLICIES } from '../../../lib/generated/policies.ts';
import { aCustomer, anInvoice } from '../../support/builders.ts';
import { aCase, planFacts } from '../../support/case-builders.ts';
import { type Climb, climbTogether, type ServedStep } from '../../support/debtor-climb.ts';
import { policyArbitrary } from '../../support/policy-arbitrary.ts';
import { TEMPLATE_NAMES } from '../../support/template-names.ts';

/** Two wall times of one day, the earlier first. */
const someHours = fc
  .uniqueArray(fc.integer({ min: 0, max: 24 * 60 - 1 }), { minLength: 2, maxLength: 2 })
  .map((minutes) => minutes.toSorted((one, other) => one - other).map(wallTime))
  .map(([from = '', to = '']) => ({ from, to }));

/** Policies that ship, and random ones that lint, some of them with hours of their own, at night too. */
const somePolicy: fc.Arbitrary<Policy> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...POLICIES) },
  { weight: 2, arbitrary: policyArbitrary },
  {
    weight: 1,
    arbitrary: fc
      .tuple(policyArbitrary, fc.record({ email: someHours, sms: someHours, call: someHours, letter: someHours }))
      .map(([policy, hours]) => ({
        ...policy,
        sendingHours: { ...policy.sendingHours, ...hours, 'registered-letter': hours.letter },
        callWindows: [hours.call],
      })),
  },
);

const someZone = fc.constantFrom(
  ...['Europe/Paris', 'America/New_York', 'Asia/Tokyo', 'Indian/Reunion', 'America/St_Johns', 'Pacific/Auckland'],
);

const someInvoice = fc.record({
  dueInDays: fc.integer({ min: -120, max: 40 }),
  totalMinor: fc.integer({ min: 1, max: 1_000_000 }),
  isFirstInvoice: fc.boolean(),
  heldForDays: fc.option(fc.integer({ min: 0, max: 30 }), { nil: null, freq: 4 }),
});

/** A debtor of any kind the policy is for, anywhere, who may be classed anew on the way, with up to six invoices and, on some, what somebody promised. */
const somePortfolio = fc.record({
  policy: somePolicy,
  kind: fc.constantFrom(...CUSTOMER_KINDS),
  profile: fc.option(fc.constantFrom(...PAYER_PROFILES), { nil: undefined }),
  timeZone: someZone,
  contactTimeZone: fc.option(someZone, { nil: undefined, freq: 4 }),
  country: fc.constantFrom('FR', 'US', 'JP', 'DE', 'GB', 'RE'),
  startDay: fc.integer({ min: 0, max: 800 }),
  minute: fc.integer({ min: 0, max: 24 * 60 - 1 }),
  invoices: fc.array(someInvoice, { minLength: 1, maxLength: 6 }),
  habits: fc.record({
    lateMinutes: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 * 24 * 60 })), { maxLength: 12 }),
    deskDays: fc.integer({ min: 0, max: 3 }),
    receiptDays: fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }),
    becomes: fc.option(
      fc.record({ profile: fc.constantFrom(...PAYER_PROFILES), afterSteps: fc.integer({ min: 1, max: 12 }) }),
      { nil: undefined, freq: 2 },
    ),
  }),
});

type Portfolio = typeof somePortfolio extends fc.Arbitrary<infer Value> ? Value : never;

/** Climbs a portfolio to its end. */
function climbPortfolio(portfolio: Portfolio): Climb & { facts: ReturnType<typeof planFacts> } {
  const { policy, profile, timeZone, contactTimeZone, country, minute, habits } = portfolio;
  const startOn = addCalendarDays('2025-03-01', portfolio.startDay);
  const at = new Date(Date.parse(`${startOn}T00:00:00Z`) + minute * 60_000).toISOString();
  const kind = policy.forKinds?.includes(portfolio.kind) ? portfolio.kind : (policy.forKinds?.[0] ?? 'business');
  const contact = { role: 'accounts-payable', email: 'pay@debtor.example', phone: '+33612345678' } as const;
  const contacts = [{ ...contact, timeZone: contactTimeZone }];
  const customer = aCustomer({ kind, profile, timeZone, country, contacts });
  const files = portfolio.invoices.map(({ dueInDays, totalMinor, isFirstInvoice, heldForDays }, index): CaseFile => {
    const dueOn = addCalendarDays(startOn, dueInDays);
    const invoice = anInvoice({ invoiceId: `INV-${index}`, dueOn, issuedOn: '2024-01-01', totalMinor });
    const until = heldForDays === null ? null : addCalendarDays(startOn, heldForDays);
    const hold = until === null ? null : ({ reason: 'promise', since: startOn, until } as const);
    return { dunningCase: aCase({ invoice, isFirstInvoice, hold }), claims: [], payments: [] };
  });
  const facts = planFacts({ policy, customer, at });
  return { ...climbTogether(facts, files, habits), facts };
}

/** The steps of each case, in the order they were served. */
function byCase({ served }: Climb): ServedStep[][] {
  return Object.values(Object.groupBy(served, ({ invoiceId }) => invoiceId)).map((steps = []) => steps);
}

/** The messages that left, letters and calls among them: what counts as a contact. */
const messagesOf = ({ served }: Climb) => served.filter(({ isLead, channel }) => isLead && channel !== 'hand-over');

const clockIn = (timeZone: string, at: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(at));

function wallTime(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((value) => String(value).padStart(2, '0')).join(':');
}

/** Runs a check on many portfolios. */
function holdsForAll(check: (climb: ReturnType<typeof climbPortfolio>, portfolio: Portfolio) => void): void {
  fc.assert(
    fc.property(somePortfolio, (portfolio) => check(climbPortfolio(portfolio), portfolio)),
    { numRuns: 80 },
  );
}

describe('over any policy that lints, any portfolio of a debtor and any clock', () => {
  it('the policies are ones the linter lets pass', () => {
    fc.assert(
      fc.property(somePolicy, (policy) => {
        const faults = lintPolicy(policy, TEMPLATE_NAMES).filter(({ severity }) => severity === 'fault');
        expect(faults).toEqual([]);
      }),
    );
  });

  it('firmness never falls', () => {
    holdsForAll((climb) => {
      for (const steps of byCase(climb)) {
        // A hand-over is no notice: those who pay by direct debit get it first of all.
        const notices = steps.filter(({ channel }) => channel !== 'hand-over');
        const fallen = notices.filter(({ level }, index) => index > 0 && isFirmer(notices[index - 1]!.level, level));
        expect(fallen).toEqual([]);
      }
    });
  });

  it('nothing leaves outside the hours of its channel or on a closed day, by the clock of whoever gets it', () => {
    holdsForAll((climb, { policy, timeZone, contactTimeZone }) => {
      const region = regionOf(climb.facts.record.customer);
      for (const { at, channel, isLead } of climb.served) {
        if (!isLead) continue;
        // Nobody at the debtor's is asked when work is put on the creditor's own list.
        const isSpoken = channel === 'email' || channel === 'sms' || channel === 'call';
        const zone = (isSpoken && contactTimeZone) || timeZone;
        const { from, to } = policy.sendingHours[channel];
        const clock = clockIn(zone, at);
        expect(new Date(dateIn(at, zone)).getUTCDay() % 6).not.toBe(0);
        expect([isBusinessDay(dateIn(at, zone), region, HOLIDAYS), from <= clock, clock < to]).toEqual([
          true,
          true,
          true,
        ]);
      }
    });
  });

  it('never more messages than the budget of the debtor allows', () => {
    holdsForAll((climb, { policy: { contactBudget } }) => {
      const days = messagesOf(climb).map(({ on }) => on);
      for (const on of days) {
        const inWeek = days.filter((other) => {
          const offset = calendarDaysBetween(on, other);
          return offset >= 0 && offset < 7;
        });
        expect(days.filter((other) => other === on).length).toBeLessThanOrEqual(contactBudget.perDay);
        expect(inWeek.length).toBeLessThanOrEqual(contactBudget.perWeek);
      }
    });
  });

  it('no announced measure is left undone, unless the debtor is classed anew', () => {
    holdsForAll((climb, { habits }) => {
      if (habits.becomes) return;
      for (const steps of byCase(climb)) {
        for (const [index, { step }] of steps.entries()) {
          const later = steps.slice(index + 1).flatMap((other) => other.step.carriesOut ?? []);
          for (const { measure } of step.announces ?? []) expect(later).toContain(measure);
        }
      }
    });
  });

  it('one invoice alone sees what the shipped policies announce done within the time announced', () => {
    const alone = fc.record({ policy: fc.constantFrom(...POLICIES), invoice: someInvoice, portfolio: somePortfolio });
    fc.assert(
      fc.property(alone, ({ policy, invoice, portfolio }) => {
        const habits = { lateMinutes: [], deskDays: 1, receiptDays: null, becomes: undefined };
        const { served } = climbPortfolio({
          ...portfolio,
          policy,
          invoices: [{ ...invoice, heldForDays: null }],
          habits,
        });
        for (const [index, { step, on }] of served.entries()) {
          for (const { measure, withinDays } of step.announces ?? []) {
            const done = served.slice(index + 1).find((later) => later.step.carriesOut?.includes(measure));
            expect(calendarDaysBetween(on, done!.on)).toBeLessThanOrEqual(withinDays);
          }
        }
      }),
    );
  });

  it('no step is served twice, nor both skipped and served, and each has one end', () => {
    holdsForAll((climb) => {
      const ends = [...climb.served, ...climb.passed].map(({ invoiceId, stepId }) => `${invoiceId}/${stepId}`);
      expect(ends.length).toBe(new Set(ends).size);
      const ofEachCase = climb.facts.policy.steps.length;
      expect(ends.length).toBe(ofEachCase * climb.files.length);
    });
  });

  it('every ladder ends with a person who decides', () => {
    holdsForAll((climb) => {
      const last = byCase(climb).map((steps) => steps.at(-1)?.channel);
      expect(last).toEqual(climb.files.map(() => 'hand-over'));
    });
  });

  it('no step comes before its offset, nor before the time the last one gave is over, and preventive ones come before the due date', () => {
    holdsForAll((climb, { habits }) => {
      const dueOf = new Map(climb.files.map(({ dunningCase: { invoice } }) => [invoice.invoiceId, invoice.dueOn]));
      for (const steps of byCase(climb)) {
        for (const [index, { on, at, invoiceId, step, level }] of steps.entries()) {
          const dueOn = dueOf.get(invoiceId)!;
          expect(Date.parse(at)).toBeGreaterThanOrEqual(Date.parse(climb.facts.at));
          expect(on >= addCalendarDays(dueOn, step.offsetDays)).toBe(true);
          if (level === 'preventive') expect(on < dueOn).toBe(true);
          const before = steps[index - 1];
          if (!before) continue;
          expect(on > before.respondBy).toBe(true);
          // Another profile may give less time for a step than it did, but not than the message said.
          const isOfNow = habits.becomes === undefined;
          if (isOfNow) expect(calendarDaysBetween(before.on, on)).toBeGreaterThan(before.step.grantsDays);
        }
      }
    });
  });
});
