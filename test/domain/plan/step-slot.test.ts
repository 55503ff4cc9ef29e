import { describe, expect, it } from 'vitest';
import { firstStepSlot, type SlotBounds } from '../../../lib/domain/plan/step-slot.ts';
import { HOLIDAYS } from '../../../lib/generated/holidays.ts';

// The hash of this key gives 13:49 in the hours of emails, and 09:14 to work put on a list from nine.
const bounds: SlotBounds = {
  channel: 'email',
  notBeforeOn: '2026-02-02',
  notBeforeAt: '2026-01-30T10:00:00Z',
  hours: { from: '08:30', to: '18:00' },
  timeZone: 'Europe/Paris',
  calendar: { region: 'FR', timeZone: 'Europe/Paris', holidays: HOLIDAYS },
  contactsOn: [],
  budget: { perDay: 1, perWeek: 3 },
  caseKey: 'INV-2026-0042',
};

const slot = (fields: Partial<SlotBounds> = {}) => firstStepSlot({ ...bounds, ...fields });

describe('the moment of a step', () => {
  it.each([
    ['email', { from: '08:30', to: '18:00' }, '2026-02-02T12:49:00Z'],
    ['call', { from: '09:00', to: '18:00' }, '2026-02-02T08:14:00Z'],
    ['hand-over', { from: '09:00', to: '17:00' }, '2026-02-02T08:14:00Z'],
    ['letter', { from: '09:00', to: '09:05' }, '2026-02-02T08:00:00Z'], // too short a time to spread over
    ['call', { from: '23:30', to: '23:59' }, '2026-02-02T22:30:00Z'], // nor past midnight
  ] as const)('by %s within %j is %s', (channel, hours, at) => {
    expect(slot({ channel, hours })).toMatchObject({ at, on: '2026-02-02', movedBecause: null });
  });

  it('is now when that is later than the minute of the case and the hours are open', () => {
    expect(slot({ notBeforeAt: '2026-02-02T15:00:00Z' }).at).toBe('2026-02-02T15:00:00Z');
    expect(slot({ notBeforeAt: '2026-02-02T17:00:00Z' }).at).toBe('2026-02-03T12:49:00Z');
  });

  it.each([
    // Clocks go forward at 02:00 on Sunday 29 March in Paris; hours of the night, and a case whose minute is 02:30.
    ['2026-03-27', '2026-03-27T01:30:00Z'],
    ['2026-03-30', '2026-03-30T00:30:00Z'],
  ])('is on the wall clock before and after the clocks change, %s', (notBeforeOn, at) => {
    expect(slot({ channel: 'call', hours: { from: '02:30', to: '02:40' }, notBeforeOn }).at).toBe(at);
  });

  it('is not in an hour the clocks leave out', () => {
    // In Egypt clocks go forward at midnight on Friday 24 April 2026: 00:30 does not exist.
    const calendar = { region: 'EG', timeZone: 'Africa/Cairo', holidays: HOLIDAYS };
    const night = { channel: 'call', hours: { from: '00:15', to: '00:45' }, notBeforeOn: '2026-04-24' } as const;
    expect(slot({ ...night, calendar, timeZone: 'Africa/Cairo' }).on).toBe('2026-04-27');
  });
});

describe('the contact budget', () => {
  it('moves the step, past closed days too, and says why', () => {
    expect(slot({ contactsOn: ['2026-02-02', '2026-02-03'] })).toEqual({
      at: '2026-02-04T12:49:00Z',
      on: '2026-02-04',
      movedBecause: 'one contact with the debtor on 2026-02-02, and the budget allows 1 a day',
    });
    expect(slot({ notBeforeOn: '2026-02-06', contactsOn: ['2026-02-06'] }).on).toBe('2026-02-09');
  });

  it('does not count what stays in the house', () => {
    expect(slot({ channel: 'hand-over', contactsOn: ['2026-02-02'] })).toMatchObject({
      on: '2026-02-02',
      movedBecause: null,
    });
  });
});

describe('a recipient on another clock than the customer', () => {
  it.each([
    ['Asia/Tokyo', '2026-02-02T04:49:00Z', '2026-02-02'],
    ['America/Los_Angeles', '2026-02-02T21:49:00Z', '2026-02-02'],
  ])('is written to in their hours, %s', (timeZone, at, on) => {
    expect(slot({ timeZone })).toMatchObject({ at, on });
  });

  it('is not written to while it is still the day before at the customer', () => {
    const morning = { channel: 'call', hours: { from: '09:00', to: '18:00' }, timeZone: 'Pacific/Auckland' } as const;
    // 09:14 on Monday in Auckland is Sunday evening in Paris; on Tuesday it is Monday.
    expect(slot(morning)).toMatchObject({ at: '2026-02-02T20:14:00Z', on: '2026-02-02' });
  });

  it('has the budget counted in the days of the customer', () => {
    const evening = { timeZone: 'America/Los_Angeles', notBeforeAt: '2026-02-03T00:30:00Z' };
    // Half past four on Monday in Los Angeles: Tuesday in Paris, where somebody called already.
    expect(slot({ ...evening, contactsOn: ['2026-02-03'] })).toMatchObject({ on: '2026-02-04' });
  });
});
