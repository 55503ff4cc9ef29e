import { describe, expect, it } from 'vitest';
import { heldUntilOn, openDayAfter, respondByOn } from '../../../lib/domain/plan/respond-by.ts';
import type { StepClaim } from '../../../lib/domain/step-claim.ts';
import { HOLIDAYS } from '../../../lib/generated/holidays.ts';
import { aClaim } from '../../support/case-builders.ts';

const calendar = { region: 'FR', timeZone: 'Europe/Paris', holidays: HOLIDAYS };
const policy = { presumedReceiptDays: 15 };

describe('the date to answer by', () => {
  it.each([
    ['2026-02-02', 2, '2026-02-04'],
    ['2026-02-05', 2, '2026-02-09'], // Saturday 7
    ['2026-03-27', 8, '2026-04-07'], // Saturday 4 April, before Easter Monday
    ['2026-12-17', 8, '2026-12-28'], // Christmas Day, a Friday
  ])('of what is sent on %s with %i days is %s', (sentOn, grantsDays, on) => {
    expect(respondByOn(sentOn, { grantsDays }, calendar)).toBe(on);
  });

  it('is followed by an open day before the next notice', () => {
    expect([openDayAfter('2026-02-05', calendar), openDayAfter('2026-02-06', calendar)]).toEqual([
      '2026-02-06',
      '2026-02-09',
    ]);
  });
});

const held = (fields: Partial<StepClaim>, step: Parameters<typeof heldUntilOn>[1] = { grantsDays: 8 }) =>
  heldUntilOn(aClaim({ stepId: 'B1', at: '2026-02-24T08:14:00Z', ...fields }), step, { calendar, policy });

describe('the first date of the notice after one that', () => {
  it.each([
    ['was sent', {}, '2026-03-05'], // until Wednesday 4
    ['a person has in hand', { state: 'assigned' }, '2026-03-05'],
    ['may have left', { state: 'failed', failureReason: 'outcome-unknown' }, '2026-03-05'],
    ['was refused', { state: 'failed', failureReason: 'refused-by-provider' }, null],
    ['reached nobody', { state: 'failed', failureReason: 'nobody-reached' }, null],
    ['was skipped', { state: 'skipped' }, null],
    ['is open again', { state: 'released' }, null],
    ['was posted three days later', { postedOn: '2026-02-27' }, '2026-03-10'], // until Saturday 7, so Monday 9
    ['was received later still', { postedOn: '2026-02-27', receivedOn: '2026-03-04' }, '2026-03-10'],
    ['asked to answer by a later date, for a sibling', { respondBy: '2026-03-12' }, '2026-03-13'],
    ['asked to answer by an earlier date, for a sibling', { respondBy: '2026-02-26' }, '2026-03-05'],
    ['left late in the evening, when the next day had begun in UTC', { at: '2026-02-24T23:30:00Z' }, '2026-03-06'],
  ] as const)('%s', (_what, fields, on) => {
    expect(held(fields)).toBe(on);
  });

  const formal = { grantsDays: 8, isFormalNotice: true };

  it.each([
    ['was received', { postedOn: '2026-02-24', receivedOn: '2026-02-26' }, '2026-03-10'], // cut-off Friday 6
    ['nobody told the receipt of', { postedOn: '2026-02-24' }, '2026-03-23'], // presumed 11 March, cut-off Thursday 19
    ['is not posted', { state: 'assigned' }, '2026-03-05'],
  ] as const)('is a formal notice and %s', (_what, fields, on) => {
    expect(held(fields, formal)).toBe(on);
  });

  it('the ladder does not have any more is still bound by what its message said', () => {
    const gone = (fields: Partial<StepClaim>) =>
      heldUntilOn(aClaim({ stepId: 'B1', at: '2026-02-24T08:14:00Z', ...fields }), undefined, { calendar, policy });
    expect([gone({ respondBy: '2026-03-04' }), gone({})]).toEqual(['2026-03-05', null]);
  });
});
