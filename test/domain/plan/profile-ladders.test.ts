import { describe, expect, it } from 'vitest';
import type { PayerProfile } from '../../../lib/domain/customer.ts';
import { POLICIES } from '../../../lib/generated/policies.ts';
import { aCustomer } from '../../support/builders.ts';
import { planFacts, standardPolicy } from '../../support/case-builders.ts';
import { type Climb, climb } from '../../support/debtor-climb.ts';

// Every ladder is that of the first invoice of a customer in Paris: 1 200 €, due Friday 30 January 2026, never paid. Letters are posted the day they are put on the list; the advice of
// receipt says three days later, or the next open day. A notice gives until an open day to answer; the next one leaves on the open day after that at the earliest, and the hand-over two
// open days after the cut-off of the formal notice. Worked by hand. Easter Monday is 6 April.

const receiptDays = 3;

const rows = ({ served }: Climb) =>
  served.map(({ on, stepId, channel, step }) => `${on} ${stepId} ${channel} ${step.template ?? ''}`.trimEnd());

const reasons = ({ passed }: Climb) => Object.fromEntries(passed.map(({ stepId, reason }) => [stepId, reason]));

const fromA3 = [
  '2026-02-10 A3 email firm-notice', // gives until Saturday 14, so until Monday 16
  '2026-02-17 A4 letter statement-letter', // until Monday 23
  '2026-02-24 B1 registered-letter registered-notice', // until Wednesday 4 March
  '2026-03-05 B2 call firm-call', // until Sunday 8, so until Monday 9
  '2026-03-10 B3 email final-proposal', // until Monday 16
  '2026-03-17 C1 call last-call', // until Thursday 19
  '2026-03-20 C2 registered-letter formal-notice', // received Monday 23, cut-off Tuesday 31
  '2026-04-02 C3 hand-over',
];

const ladders: { profile?: PayerProfile; strategy: string; dated: string[]; skipped: Record<string, string> }[] = [
  {
    strategy: 'nobody has classed: email and telephone, registered mail after three weeks, formal notice after six',
    dated: [
      '2026-01-20 P1 email preventive-check',
      '2026-02-02 A1 email courteous-notice', // D+2 is a Sunday; until Wednesday 4
      '2026-02-05 A2 call courteous-call', // until Monday 9
      ...fromA3,
    ],
    skipped: { P2: 'amount-below-threshold' },
  },
  {
    profile: 'negligent',
    strategy: 'waits to be chased: asked early and by telephone, courteous for one level longer',
    dated: [
      '2026-01-20 P1 email preventive-check',
      '2026-01-27 P2 call preventive-call', // until Friday 30
      '2026-02-02 A1 email courteous-notice', // D+1 is a Saturday; until Friday 6
      '2026-02-09 A2 call courteous-call', // until Friday 13
      '2026-02-16 A3 email courteous-notice', // until Friday 20
      '2026-02-23 A4 letter statement-letter', // until Saturday 28, so until Monday 2 March
      '2026-03-03 B1 registered-letter registered-notice', // until Wednesday 11
      '2026-03-12 B2 call courteous-call', // until Sunday 15, so until Monday 16
      '2026-03-17 B3 email final-proposal', // until Monday 23
      '2026-03-24 C1 call last-call', // until Thursday 26
      '2026-03-27 C2 registered-letter formal-notice', // received Monday 30, cut-off Tuesday 7 April
      '2026-04-09 C3 hand-over',
    ],
    skipped: {},
  },
  {
    profile: 'bad-payer',
    strategy: 'gains weeks by waiting: firm at once, no simple letter, formal notice after two weeks',
    dated: [
      '2026-01-20 P1 email preventive-check',
      '2026-02-02 A1 call firm-call', // D+1 is a Saturday; until Wednesday 4
      '2026-02-05 A2 email penalty-notice', // until Sunday 8, so until Monday 9
      '2026-02-10 B1 registered-letter registered-notice', // until Monday 16
      '2026-02-17 C2 registered-letter formal-notice', // received Friday 20, cut-off Monday 2 March
      '2026-03-04 C3 hand-over',
    ],
    skipped: {
      P2: 'amount-below-threshold',
      ...{ A3: 'profile-needs-no-notice', A4: 'profile-needs-no-notice', B2: 'profile-needs-no-notice' },
      ...{ B3: 'profile-needs-no-notice', C1: 'profile-needs-no-notice' },
    },
  },
  {
    profile: 'insolvent',
    strategy: 'cannot pay for the moment: every week, at the top, an arrangement offered before the formal notice',
    dated: [
      '2026-01-20 P1 email preventive-check',
      '2026-02-02 A1 call firm-call', // until Sunday 8, so until Monday 9
      '2026-02-10 A3 email firm-notice', // until Monday 16
      '2026-02-17 B3 email final-proposal', // until Sunday 22, so until Monday 23
      '2026-02-24 C2 registered-letter formal-notice', // received Friday 27, cut-off Monday 9 March
      '2026-03-11 C3 hand-over',
    ],
    skipped: {
      P2: 'amount-below-threshold',
      ...{ A2: 'profile-needs-no-notice', A4: 'profile-needs-no-notice', B1: 'profile-needs-no-notice' },
      ...{ B2: 'profile-needs-no-notice', C1: 'profile-needs-no-notice' },
    },
  },
  {
    profile: 'administrative',
    strategy: 'has a long circuit: very early, by email and telephone, registered only after 45 days',
    dated: [
      '2026-01-12 P1 email preventive-check', // D-20 is a Saturday; until Tuesday 20
      '2026-01-21 P2 call preventive-call', // until Thursday 29
      '2026-02-02 A1 email courteous-notice', // until Sunday 8, so until Monday 9
      '2026-02-10 A2 call courteous-call', // until Tuesday 17
      '2026-02-18 A3 email firm-notice', // until Wednesday 25
      '2026-02-26 A4 email penalty-notice', // until Friday 6 March
      '2026-03-09 B2 call firm-call', // until Tuesday 17
      '2026-03-18 B1 registered-letter registered-notice', // until Thursday 26
      '2026-03-27 B3 email final-proposal', // until Wednesday 1 April
      '2026-04-02 C2 registered-letter formal-notice', // received Tuesday 7, after Easter Monday; cut-off Wednesday 15
      '2026-04-17 C3 hand-over',
    ],
    skipped: { C1: 'profile-needs-no-notice' },
  },
  {
    profile: 'disputing',
    strategy: 'contests every invoice: proof by email and telephone, then soon a registered letter',
    dated: [
      '2026-01-20 P1 email preventive-check',
      '2026-02-02 A1 email courteous-notice', // until Friday 6
      '2026-02-09 A2 call courteous-call', // until Friday 13
      '2026-02-16 B1 registered-letter registered-notice', // until Tuesday 24
      '2026-02-25 B2 call firm-call', // until Saturday 28, so until Monday 2 March
      '2026-03-03 B3 email final-proposal', // until Saturday 7, so until Monday 9
      '2026-03-10 C2 registered-letter formal-notice', // received Friday 13, cut-off Monday 23
      '2026-03-25 C3 hand-over',
    ],
    skipped: {
      P2: 'amount-below-threshold',
      ...{ A3: 'profile-needs-no-notice', A4: 'profile-needs-no-notice', C1: 'profile-needs-no-notice' },
    },
  },
  {
    profile: 'automatic',
    strategy: 'pays by direct debit: no notice, a person finds out why the money did not come',
    dated: ['2026-02-04 C3 hand-over'],
    skipped: Object.fromEntries(
      ['P1', 'P2', 'A1', 'A2', 'A3', 'A4', 'B1', 'B2', 'B3', 'C1', 'C2'].map((id) => [id, 'profile-needs-no-notice']),
    ),
  },
  {
    profile: 'good-payer',
    strategy: 'pays on the day: nothing until D+5, then asked whether something is wrong, then as everybody',
    dated: ['2026-02-04 A1 email attentive-notice', ...fromA3], // A1 gives until Sunday 8, so until Monday 9
    skipped: { P1: 'profile-needs-no-notice', P2: 'profile-needs-no-notice', A2: 'profile-needs-no-notice' },
  },
];

describe('the ladder of the standard policy towards one who', () => {
  it.each(ladders)('$strategy', ({ profile, dated, skipped }) => {
    const customer = aCustomer(profile ? { profile } : {});
    const climbed = climb(planFacts({ customer, policy: standardPolicy, at: '2026-01-02T08:00:00Z' }), { receiptDays });
    expect(rows(climbed)).toEqual(dated);
    expect(reasons(climbed)).toEqual(skipped);
  });
});

it('gives a consumer text messages, no penalties and fifteen days from the receipt of the formal notice', () => {
  const policy = POLICIES.find(({ name }) => name === 'consumer')!;
  const customer = aCustomer({ kind: 'consumer' });
  const climbed = climb(planFacts({ customer, policy, at: '2026-01-02T08:00:00Z' }), { receiptDays });
  expect(rows(climbed)).toEqual([
    '2026-01-20 P1 email preventive-check',
    '2026-02-02 A1 email courteous-notice',
    '2026-02-05 A2 call courteous-call',
    '2026-02-10 A3 sms short-message',
    ...fromA3.slice(1, -1),
    '2026-04-09 C3 hand-over', // C2 received Monday 23 March, cut-off Tuesday 7 April
  ]);
  expect(climbed.served.flatMap(({ step }) => step.carriesOut ?? [])).not.toContain('penalties');
  expect(reasons(climbed)).toEqual({ P2: 'amount-below-threshold' });
});

it('gives a public body time for its circuit, one registered letter after 45 days and no formal notice', () => {
  const policy = POLICIES.find(({ name }) => name === 'public-buyer')!;
  const customer = aCustomer({ kind: 'public' });
  const climbed = climb(planFacts({ customer, policy, at: '2026-01-02T08:00:00Z' }), { receiptDays });
  expect(rows(climbed)).toEqual([
    '2026-01-12 P1 email preventive-check', // D-20 is a Saturday; until Tuesday 20
    '2026-01-21 P2 call preventive-call', // until Thursday 29
    '2026-02-02 A1 email courteous-notice', // until Sunday 8, so until Monday 9
    '2026-02-10 A2 call courteous-call', // until Tuesday 17
    '2026-02-18 A3 email firm-notice', // until Wednesday 25
    '2026-02-26 A4 email penalty-notice', // until Friday 6 March
    '2026-03-09 B2 call firm-call', // until Tuesday 17
    '2026-03-18 B1 registered-letter registered-notice', // until Wednesday 1 April
    '2026-04-02 C1 call firm-call', // until Sunday 12, so until Monday 13
    '2026-04-15 C3 hand-over', // D+75
  ]);
  expect(reasons(climbed)).toEqual({});
});
