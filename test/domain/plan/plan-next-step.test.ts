import { describe, expect, it } from 'vitest';
import { addCalendarDays, nextBusinessDay } from '../../../lib/domain/calendar/business-day.ts';
import type { CustomerRecord } from '../../../lib/domain/case-file.ts';
import { type Plan, planNextStep } from '../../../lib/domain/plan/plan-next-step.ts';
import type { Policy } from '../../../lib/domain/policy.ts';
import { HOLIDAYS } from '../../../lib/generated/holidays.ts';
import { aCustomer, anInvoice } from '../../support/builders.ts';
import { aCase, aClaim, planFacts, standardPolicy } from '../../support/case-builders.ts';
import { climb } from '../../support/debtor-climb.ts';

function openPlan(plan: Plan): Extract<Plan, { standing: 'open' }> {
  if (plan.standing !== 'open') throw new Error(`the case is ${plan.standing}`);
  return plan;
}

/** The plan of a case, which is open. */
function planOf(fields: Parameters<typeof planFacts>[0] = {}) {
  return openPlan(planNextStep(planFacts(fields)));
}

/** A customer whose steps are those of a profile. */
const ofProfile = (profile: CustomerRecord['customer']['profile']) => aCustomer({ profile });

const skips = ({ skipped }: ReturnType<typeof planOf>) => skipped.map(({ step, reason }) => [step.stepId, reason]);

// The hash of INV-2026-0042 spreads its emails to 13:49 and its work to 09:14 in Paris, at UTC+1 until 29 March.
describe('the time of a step', () => {
  it('is a minute of the sending hours that belongs to the case, or within a quarter of an hour of the opening for work', () => {
    const { served } = climb(planFacts());
    expect(served.slice(0, 5).map(({ stepId, at }) => [stepId, at])).toEqual([
      ['P1', '2026-01-20T12:49:00Z'],
      ['A1', '2026-02-02T12:49:00Z'],
      ['A2', '2026-02-05T08:14:00Z'],
      ['A3', '2026-02-10T12:49:00Z'],
      ['A4', '2026-02-17T08:14:00Z'],
    ]);
  });

  it('names the level and the channel of the step, gentlest first', () => {
    const levels = climb(planFacts()).served.map(({ level, channel }) => `${level} ${channel}`);
    expect(levels).toEqual([
      'preventive email',
      ...['level1 email', 'level1 call', 'level1 email', 'level1 letter'],
      ...['level2 registered-letter', 'level2 call', 'level2 email'],
      ...['level3 call', 'level3 registered-letter', 'litigation hand-over'],
    ]);
  });

  it('is explained', () => {
    const sent = aClaim({ stepId: 'P1', at: '2026-01-20T12:49:00Z' });
    const { next } = planOf({ claims: [sent], at: '2026-01-20T12:50:00Z' });
    expect(next?.why).toBe('2 days after the due date; first open hour from 2026-02-01 on is on 2026-02-02');
  });

  it.each([
    // due          A1 in Paris            A1 in Strasbourg       worked by hand
    ['2026-04-01', '2026-04-03T11:49:00Z', '2026-04-07T11:49:00Z'], // D+2 is Good Friday; 6 April is Easter Monday
    ['2026-12-24', '2026-12-28T12:49:00Z', '2026-12-28T12:49:00Z'], // D+2 is Saturday 26 December
    ['2026-05-12', '2026-05-15T11:49:00Z', '2026-05-15T11:49:00Z'], // D+2 is Ascension Day
    ['2026-03-27', '2026-03-30T11:49:00Z', '2026-03-30T11:49:00Z'], // clocks go forward on 29 March
  ])('is on the next open day of the debtor for an invoice due %s', (dueOn, paris, strasbourg) => {
    const dunningCase = aCase({ invoice: anInvoice({ dueOn, issuedOn: '2026-01-01' }) });
    const first = (customer = aCustomer()) => planOf({ dunningCase, customer, at: `${dueOn}T12:00:00Z` }).next?.at;
    const address = { line1: '1 quai', postalCode: '67000', city: 'Strasbourg', country: 'FR' };
    expect([first(), first(aCustomer({ address }))]).toEqual([paris, strasbourg]);
  });

  it('is on the clock of a debtor overseas', () => {
    const customer = aCustomer({ timeZone: 'Indian/Reunion', country: 'RE' });
    expect(planOf({ customer }).next?.at).toBe('2026-01-20T09:49:00Z');
  });

  it('is on the clock of the contact it goes to, when they have another than the customer', () => {
    const contacts = [
      { role: 'accounts-payable' as const, email: 'paris@martin.example' },
      { role: 'approver' as const, email: 'tokyo@martin.example', timeZone: 'Asia/Tokyo' },
    ];
    const facts = planFacts({ customer: aCustomer({ contacts }) });
    const at = (addressMarks: CustomerRecord['addressMarks']) =>
      openPlan(planNextStep({ ...facts, record: { ...facts.record, addressMarks } })).next?.at;
    expect([at({}), at({ 'paris@martin.example': 'bounced' })]).toEqual([
      '2026-01-20T12:49:00Z',
      '2026-01-20T04:49:00Z',
    ]);
  });
});

it.each(['2026-02-02', '2026-02-03', '2026-02-04', '2026-02-05', '2026-02-06', '2026-02-07', '2026-02-08'])(
  'asks a small invoice due on %s for the second time on its tenth day, or the next open one',
  (dueOn) => {
    const dunningCase = aCase({ isFirstInvoice: false, invoice: anInvoice({ dueOn, totalMinor: 40_000 }) });
    const [, second] = climb(planFacts({ dunningCase, at: `${dueOn}T12:00:00Z` })).served;
    const tenth = nextBusinessDay(addCalendarDays(dueOn, 10), 'FR', HOLIDAYS);
    expect([second?.stepId, second?.on]).toEqual(['A3', tenth]);
  },
);

describe('an invoice imported late', () => {
  const facts = planFacts({ at: '2026-04-30T15:00:00Z' }); // 90 days late, a Thursday, 17:00 in Paris

  it('starts with the gentlest notice at once, and skips only the preventive steps', () => {
    const plan = openPlan(planNextStep(facts));
    expect(skips(plan)).toEqual([
      ['P1', 'due-date-reached'],
      ['P2', 'amount-below-threshold'],
    ]);
    expect(plan.next).toMatchObject({ stepId: 'A1', level: 'level1', at: '2026-04-30T15:00:00Z' });
  });

  it('climbs no faster than each notice grants', () => {
    expect(climb(facts, { receiptDays: 3 }).served.map(({ stepId, on }) => `${on} ${stepId}`)).toEqual([
      '2026-04-30 A1', // until Saturday 2, so until Monday 4
      '2026-05-05 A2', // until Saturday 9, so until Monday 11
      '2026-05-12 A3', // until Saturday 16, so until Monday 18
      '2026-05-19 A4', // until Whit Monday 25, so until Tuesday 26
      '2026-05-27 B1', // until Thursday 4 June
      '2026-06-05 B2', // until Monday 8
      '2026-06-09 B3', // until Monday 15
      '2026-06-16 C1', // until Thursday 18
      '2026-06-19 C2', // received Monday 22, cut-off Tuesday 30
      '2026-07-02 C3',
    ]);
  });
});

describe('a step that does not apply', () => {
  it('spares a known customer the preventive steps of a small invoice', () => {
    const dunningCase = aCase({ isFirstInvoice: false, invoice: anInvoice({ totalMinor: 49_999 }) });
    const plan = planOf({ dunningCase });
    expect(skips(plan)).toEqual([
      ['P1', 'amount-below-threshold'],
      ['P2', 'amount-below-threshold'],
    ]);
    expect(plan.next?.stepId).toBe('A1');
  });

  it('checks the first invoice of a customer whatever its amount', () => {
    const dunningCase = aCase({ invoice: anInvoice({ totalMinor: 100 }) });
    expect(planOf({ dunningCase }).next?.stepId).toBe('P1');
  });

  it('spares those who always pay the preventive steps', () => {
    expect(skips(planOf({ customer: ofProfile('good-payer') }))).toEqual([
      ['P1', 'profile-needs-no-notice'],
      ['P2', 'profile-needs-no-notice'],
    ]);
  });

  it('is passed over for its own reason, even when a firmer one was served before it', () => {
    const claims = [aClaim({ stepId: 'B1', at: '2026-02-10T08:14:00Z' })];
    const plan = planOf({ claims, customer: ofProfile('bad-payer'), at: '2026-02-10T09:00:00Z' });
    expect(skips(plan)).toEqual([
      ['P1', 'step-passed'],
      ['P2', 'amount-below-threshold'],
      ['A1', 'step-passed'],
      ['A2', 'step-passed'],
      ['A3', 'profile-needs-no-notice'],
      ['A4', 'profile-needs-no-notice'],
    ]);
  });

  it('is skipped when it is preventive and could only leave on the due date or later', () => {
    const evening = planOf({ at: '2026-01-29T18:00:00Z' }); // Thursday evening: the next open hour is on the due date
    expect(evening.skipped[0]?.reason).toBe('due-date-reached');
    expect(planOf({ at: '2026-01-29T15:00:00Z' }).next?.stepId).toBe('P1');
  });

  it('is skipped when the contact budget moves it past the due date', () => {
    const step = { invoiceId: 'INV-2', cycle: 1, stepId: 'A1' };
    const contacts = [{ on: '2026-01-29', channel: 'email' as const, step }];
    expect(skips(planOf({ contacts, at: '2026-01-29T09:00:00Z' }))[0]).toEqual(['P1', 'due-date-reached']);
  });
});

describe('the claims of a case', () => {
  const past = aClaim({ stepId: 'P1', at: '2026-01-20T12:49:00Z' });

  it('are on their way while reserved, and their outcome is asked for when the send timeout has passed', () => {
    const reserved = aClaim({ stepId: 'P1', at: '2026-01-20T12:49:00.000Z', state: 'reserved' });
    const { next } = planOf({ claims: [reserved], at: '2026-01-20T12:50:00Z' });
    expect(next).toMatchObject({ stepId: 'P1', at: '2026-01-20T12:59:00.000Z' });
  });

  it('open a released step again at once', () => {
    const released = aClaim({ stepId: 'A1', at: '2026-02-02T12:49:00Z', state: 'released' });
    const { next } = planOf({ claims: [past, released], at: '2026-02-02T12:52:00Z' });
    expect(next).toMatchObject({ stepId: 'A1', at: '2026-02-02T12:52:00Z' });
  });

  it.each([
    [6, '2026-02-02T13:25:00.000Z'], // 36 minutes after the sixth attempt
    [20, '2026-02-02T14:49:00.000Z'], // two hours at most
  ])('put off a step for longer when the provider has turned it away %i times', (attempt, at) => {
    const released = aClaim({ stepId: 'A1', at: '2026-02-02T12:49:00Z', state: 'released', attempt });
    const { next } = planOf({ claims: [past, released], at: '2026-02-02T12:50:00Z' });
    expect(Date.parse(next!.at)).toBe(Date.parse(at));
  });

  it('let the next notice leave without delay when one failed', () => {
    const failed = aClaim({ stepId: 'A1', at: '2026-02-03T12:49:00Z', state: 'failed' });
    const { next } = planOf({ claims: [past, failed], at: '2026-02-03T13:00:00Z' });
    expect(next).toMatchObject({ stepId: 'A2', at: '2026-02-04T08:14:00Z' });
  });

  it('hold the next notice back when nobody knows whether the last one left', () => {
    const doubtful = { state: 'failed', failureReason: 'outcome-unknown' } as const;
    const claim = aClaim({ stepId: 'A1', at: '2026-02-04T12:49:00Z', ...doubtful });
    // Until Friday 6.
    expect(planOf({ claims: [past, claim], at: '2026-02-04T13:00:00Z' }).next?.at).toBe('2026-02-09T08:14:00Z');
  });

  it('of an earlier cycle count for nothing', () => {
    const claims = standardPolicy.steps.map(({ stepId }) => aClaim({ stepId, at: '2026-01-20T07:30:00Z' }));
    const plan = planOf({ claims, dunningCase: aCase({ cycle: 2 }) });
    expect(plan.next?.stepId).toBe('P1');
    expect(plan.reached).toBe('litigation');
  });

  it('leave nothing to do once the hand-over is made', () => {
    const claims = standardPolicy.steps.map(({ stepId }) => aClaim({ stepId, at: '2026-03-13T07:30:00Z' }));
    expect(planNextStep(planFacts({ claims, at: '2026-03-14T00:00:00Z' }))).toEqual({
      standing: 'open',
      review: null,
      skipped: [],
      next: null,
      awaited: null,
      reached: 'litigation',
    });
  });
});

describe('work for people', () => {
  const skippedBefore = ['P1', 'P2'].map((stepId) => aClaim({ stepId, at: '2026-01-20T08:00:00Z', state: 'skipped' }));
  const passed = standardPolicy.steps.slice(0, -2).map(({ stepId }) => aClaim({ stepId, at: '2026-03-10T08:14:00Z' }));
  const upToA1 = [...skippedBefore, aClaim({ stepId: 'A1', at: '2026-02-02T12:49:00Z' })];

  it('lets the ladder go on past a call nobody has made yet, after the time it grants', () => {
    const call = aClaim({ stepId: 'A2', at: '2026-02-05T08:14:00Z', state: 'assigned' });
    const { next } = planOf({ claims: [...upToA1, call], at: '2026-02-05T08:15:00Z' });
    expect(next).toMatchObject({ stepId: 'A3', at: '2026-02-10T12:49:00Z' }); // until Monday 9
  });

  it('goes on at once after a call nobody answered', () => {
    const call = aClaim({ stepId: 'A2', at: '2026-02-09T09:00:00Z', state: 'failed', failureReason: 'nobody-reached' });
    const { next } = planOf({ claims: [...upToA1, call], at: '2026-02-09T09:00:00Z' });
    expect(next).toMatchObject({ stepId: 'A3', at: '2026-02-09T12:49:00Z' });
  });

  it('waits for a letter to be posted, and says so', () => {
    const letter = aClaim({ stepId: 'A4', at: '2026-02-17T08:14:00Z', state: 'assigned' });
    const { next, awaited } = planOf({ claims: [...upToA1, letter], at: '2026-05-04T08:00:00Z' });
    // A2 and A3 come before it in the ladder, and have had their time.
    expect(next).toBeNull();
    expect(awaited).toMatchObject({ stepId: 'A4', why: 'A4 waits for a person to post the letter' });
  });

  it('grants the time from the day a letter was posted', () => {
    const letter = aClaim({ stepId: 'A4', at: '2026-02-17T08:14:00Z', postedOn: '2026-02-20' });
    const { next } = planOf({ claims: [...upToA1, letter], at: '2026-02-20T15:00:00Z' });
    expect(next).toMatchObject({ stepId: 'B1', at: '2026-02-27T08:14:00Z' }); // until Thursday 26
  });

  it.each([
    ['approve it', { state: 'assigned' }],
    ['post the letter', { state: 'assigned', isApproved: true }],
  ] as const)('waits for a person to %s before a formal notice counts', (work, state) => {
    const notice = aClaim({ stepId: 'C2', at: '2026-03-20T08:14:00Z', ...state });
    const { next, awaited } = planOf({ claims: [...upToA1, notice], at: '2026-05-04T08:00:00Z' });
    expect(next).toBeNull();
    expect(awaited?.why).toBe(`C2 waits for a person to ${work}`);
  });

  it('opens a formal notice again once it is approved, without asking twice', () => {
    const notice = aClaim({ stepId: 'C2', at: '2026-03-20T08:14:00Z', state: 'approved', isApproved: true });
    expect(planOf({ claims: [...passed, notice], at: '2026-03-23T10:00:00Z' }).next).toMatchObject({
      stepId: 'C2',
      at: '2026-03-23T10:00:00Z',
    });
  });

  it.each([
    [{}, '2026-04-15'], // counts as received on Saturday 4 April: cut-off Sunday 12, so Monday 13; Wednesday 15
    [{ receivedOn: '2026-03-24' }, '2026-04-03'], // cut-off Wednesday 1 April
  ])('hands over two open days after the cut-off of a formal notice posted on 20 March, %j', (receipt, on) => {
    const notice = aClaim({ stepId: 'C2', at: '2026-03-20T08:14:00Z', postedOn: '2026-03-20', ...receipt });
    const { next } = planOf({ claims: [...passed, notice], at: '2026-03-24T12:00:00Z' });
    expect(next).toMatchObject({ stepId: 'C3', at: `${on}T07:14:00Z` });
  });
});

describe('a message made for several invoices', () => {
  const servedBy = { invoiceId: 'INV-2', cycle: 1, stepId: 'B1' };

  it('binds each of them to the date it asks to answer by', () => {
    const claim = aClaim({ stepId: 'A1', at: '2026-02-02T12:49:00Z', servedBy, respondBy: '2026-02-16' });
    expect(planOf({ claims: [claim], at: '2026-02-02T13:00:00Z' }).next?.at).toBe('2026-02-17T08:14:00Z');
  });

  it('leaves a step it did not serve in the end to its own channel and hours', () => {
    const claims = [
      aClaim({ stepId: 'A1', at: '2026-02-02T12:49:00Z' }),
      aClaim({ stepId: 'A2', at: '2026-02-05T07:31:00Z', channel: 'email', state: 'released', servedBy }),
    ];
    // Half past eight in Paris: open for emails, not for calls.
    expect(planOf({ claims, at: '2026-02-05T07:31:00Z' }).next).toMatchObject({
      stepId: 'A2',
      channel: 'call',
      at: '2026-02-05T08:14:00Z',
    });
  });

  it('tries a step by the other channel once its address came back', () => {
    const bounced = { state: 'released', channel: 'sms', bounces: 1 } as const;
    const claim = aClaim({ stepId: 'A1', at: '2026-02-02T12:49:00Z', ...bounced });
    expect(planOf({ claims: [claim], at: '2026-02-02T13:00:00Z' }).next).toMatchObject({
      stepId: 'A1',
      channel: 'sms',
      at: '2026-02-02T13:00:00Z',
    });
  });
});

describe('the contact budget', () => {
  const contact = (on: string, invoiceId = 'INV-2') => ({
    on,
    channel: 'email' as const,
    step: { invoiceId, cycle: 1, stepId: 'A1' },
  });

  it('moves a step that would be one too many on a day, and says so', () => {
    const { next } = planOf({ contacts: [contact('2026-02-02')], at: '2026-01-31T10:00:00Z' });
    expect(next).toMatchObject({ stepId: 'A1', at: '2026-02-03T12:49:00Z' });
    expect(next?.why).toContain('one contact with the debtor on 2026-02-02, and the budget allows 1 a day');
  });

  it('moves a step that would be one too many in seven days, past the week-end', () => {
    const contacts = ['2026-01-30', '2026-01-31', '2026-02-01'].map((on, index) => contact(on, `INV-${index}`));
    expect(planOf({ contacts, at: '2026-01-31T10:00:00Z' }).next?.at).toBe('2026-02-06T12:49:00Z');
  });

  it('does not count the very message that is tried again', () => {
    const released = aClaim({ stepId: 'A1', at: '2026-02-02T12:49:00Z', state: 'released' });
    const contacts = [contact('2026-02-02', 'INV-2026-0042')];
    expect(planOf({ claims: [released], contacts, at: '2026-02-02T13:00:00Z' }).next?.at).toBe('2026-02-02T13:00:00Z');
  });

  it('does not bind what stays in the house', () => {
    const contacts = [contact('2026-02-04')];
    const plan = planOf({ contacts, customer: ofProfile('automatic'), at: '2026-01-31T10:00:00Z' });
    expect(plan.next).toMatchObject({ channel: 'hand-over', at: '2026-02-04T08:14:00Z' });
  });
});

describe('a hold', () => {
  const promise = { reason: 'promise', since: '2026-02-05', until: '2026-02-13', promisedOn: '2026-02-11' } as const;
  const claims = [aClaim({ stepId: 'A1', at: '2026-02-02T12:49:00Z' })];

  it('keeps notices back until the open day after it ends, and says why', () => {
    const { next } = planOf({ claims, dunningCase: aCase({ hold: promise }), at: '2026-02-05T10:00:00Z' });
    expect(next).toMatchObject({ stepId: 'A2', at: '2026-02-16T08:14:00Z' }); // 13 February is a Friday
    expect(next?.why).toBe('5 days after the due date; not before 2026-02-16: held by promise until 2026-02-13');
  });

  it('changes nothing once it is over', () => {
    const over = { ...promise, until: '2026-02-03' };
    const { next } = planOf({ claims, dunningCase: aCase({ hold: over }), at: '2026-02-04T10:00:00Z' });
    expect(next?.at).toBe('2026-02-05T08:14:00Z');
  });

  it('without an end waits for a person to lift it', () => {
    const offset = { reason: 'net-creditor', since: '2026-02-05', until: null } as const;
    const plan = planOf({ claims, dunningCase: aCase({ hold: offset }), at: '2026-02-05T10:00:00Z' });
    expect(plan.next).toBeNull();
    expect(plan.awaited).toMatchObject({ stepId: 'A2', why: 'held by net-creditor until a person lifts it' });
  });

  it('does not keep back the hand-over any less than a notice', () => {
    const offset = { reason: 'net-creditor', since: '2026-02-05', until: null } as const;
    const customer = ofProfile('automatic');
    const plan = planOf({ customer, dunningCase: aCase({ hold: offset }), at: '2026-02-05T10:00:00Z' });
    expect([plan.next, plan.awaited?.stepId]).toEqual([null, 'C3']);
  });
});

describe('a debtor whose profile changes on the way', () => {
  const upToB1 = ['P1', 'P2', 'A1', 'A2', 'A3', 'A4', 'B1'].map((stepId, index) =>
    aClaim({ stepId, at: `2026-02-${10 + index}T08:14:00Z` }),
  );

  it('goes on with the ladder of the new one, never back to a gentler step', () => {
    const reached = [aClaim({ stepId: 'B1', at: '2026-02-10T08:14:00Z' })];
    const plan = planOf({ claims: reached, customer: ofProfile('negligent'), at: '2026-02-11T09:00:00Z' });
    expect(plan.next?.stepId).toBe('B2');
    expect(skips(plan).map(([stepId]) => stepId)).toEqual(['P1', 'P2', 'A1', 'A2', 'A3', 'A4']);
  });

  it('still ends with a person who decides, however far the notices had come', () => {
    const plan = planOf({ claims: upToB1, customer: ofProfile('automatic'), at: '2026-02-17T09:00:00Z' });
    expect(plan.next).toMatchObject({ stepId: 'C3', channel: 'hand-over' });
  });

  it('keeps the time that a step the ladder no longer has gave', () => {
    const policy: Policy = {
      ...standardPolicy,
      steps: standardPolicy.steps.map((step) => (step.stepId === 'A1' ? { ...step, stepId: 'A1-new' } : step)),
    };
    const claims = [aClaim({ stepId: 'A1', at: '2026-02-02T12:49:00Z', respondBy: '2026-02-11' })];
    const { next } = planOf({ policy, claims, at: '2026-02-02T13:00:00Z' });
    expect(next).toMatchObject({ stepId: 'A1-new', at: '2026-02-12T12:49:00Z' });
  });
});

it('plans nothing once nothing is owed', () => {
  const paid = aCase({ paidMinor: 120_000, standing: 'settled' });
  expect(planNextStep(planFacts({ dunningCase: paid }))).toEqual({ standing: 'settled' });
});
