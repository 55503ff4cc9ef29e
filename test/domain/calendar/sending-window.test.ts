import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBusinessDay } from '../../../lib/domain/calendar/business-day.ts';
import { dateIn, firstSendingInstant, type SendingBounds } from '../../../lib/domain/calendar/sending-window.ts';
import { HOLIDAYS } from '../../../lib/generated/holidays.ts';

const office: SendingBounds = {
  notBeforeOn: '2026-11-02',
  notBeforeAt: '2026-10-30T10:00:00Z',
  region: 'FR',
  timeZone: 'Europe/Paris',
  hours: { from: '08:30', to: '18:00' },
  holidays: HOLIDAYS,
};

function firstIn(bounds: Partial<SendingBounds>): { at: string; on: string } {
  return firstSendingInstant({ ...office, ...bounds });
}

describe('the first sending instant', () => {
  it.each<{ why: string; bounds: Partial<SendingBounds>; at: string; on: string }>([
    { why: 'the opening time of an open day', bounds: {}, at: '2026-11-02T07:30:00Z', on: '2026-11-02' },
    {
      why: 'at once when the date is past and the hours are open',
      bounds: { notBeforeOn: '2026-07-01' },
      at: '2026-10-30T10:00:00Z',
      on: '2026-10-30',
    },
    {
      why: 'the opening in summer time',
      bounds: { notBeforeOn: '2026-07-01', notBeforeAt: '2026-06-01T00:00:00Z' },
      at: '2026-07-01T06:30:00Z',
      on: '2026-07-01',
    },
    {
      why: 'a Saturday before All Saints moves to Monday',
      bounds: { notBeforeOn: '2026-10-31' },
      at: '2026-11-02T07:30:00Z',
      on: '2026-11-02',
    },
    {
      why: 'Armistice moves to the day after',
      bounds: { notBeforeOn: '2026-11-11' },
      at: '2026-11-12T07:30:00Z',
      on: '2026-11-12',
    },
    {
      why: 'now, within the hours, at the next whole second',
      bounds: { notBeforeAt: '2026-11-03T09:15:20.001Z' },
      at: '2026-11-03T09:15:21Z',
      on: '2026-11-03',
    },
    {
      why: 'the last second before closing',
      bounds: { notBeforeAt: '2026-11-03T16:59:59Z' },
      at: '2026-11-03T16:59:59Z',
      on: '2026-11-03',
    },
    {
      why: 'the closing time is closed',
      bounds: { notBeforeAt: '2026-11-03T17:00:00Z' },
      at: '2026-11-04T07:30:00Z',
      on: '2026-11-04',
    },
    {
      why: 'Friday evening moves to Monday',
      bounds: { notBeforeAt: '2026-11-06T17:30:00Z' },
      at: '2026-11-09T07:30:00Z',
      on: '2026-11-09',
    },
    {
      why: 'a zone half an hour off',
      bounds: { region: 'CA', timeZone: 'America/St_Johns' },
      at: '2026-11-02T12:00:00Z',
      on: '2026-11-02',
    },
    {
      why: 'a country without known holidays',
      bounds: { region: 'IN', timeZone: 'Asia/Kolkata' },
      at: '2026-11-02T03:00:00Z',
      on: '2026-11-02',
    },
    {
      why: 'the far side of the date line, where Monday begins on Sunday in UTC',
      bounds: { region: 'WS', timeZone: 'Pacific/Apia' },
      at: '2026-11-01T19:30:00Z',
      on: '2026-11-02',
    },
    {
      why: 'Morocco off summer time during Ramadan',
      bounds: {
        region: 'MA',
        timeZone: 'Africa/Casablanca',
        notBeforeOn: '2026-03-02',
        notBeforeAt: '2026-01-01T00:00:00Z',
      },
      at: '2026-03-02T08:30:00Z',
      on: '2026-03-02',
    },
    {
      why: 'Morocco on summer time after Ramadan',
      bounds: {
        region: 'MA',
        timeZone: 'Africa/Casablanca',
        notBeforeOn: '2026-04-01',
        notBeforeAt: '2026-01-01T00:00:00Z',
      },
      at: '2026-04-01T07:30:00Z',
      on: '2026-04-01',
    },
    {
      why: 'the day that Samoa left out of its calendar',
      bounds: {
        region: 'WS',
        timeZone: 'Pacific/Apia',
        notBeforeOn: '2011-12-30',
        notBeforeAt: '2011-12-01T00:00:00Z',
      },
      at: '2012-01-01T18:30:00Z',
      on: '2012-01-02',
    },
  ])('is $at: $why', ({ bounds, at, on }) => {
    expect(firstIn(bounds)).toEqual({ at, on });
  });

  // In Egypt clocks jump from 00:00 to 01:00 on Friday 2026-04-24, and from 24:00 back to 23:00 on Thursday 2026-10-29.
  const cairo = { region: 'EG', timeZone: 'Africa/Cairo' };

  it('is the landing where the clocks jump over the opening time', () => {
    const hours = { from: '00:30', to: '06:00' };
    const bounds = { ...cairo, hours, notBeforeOn: '2026-04-24', notBeforeAt: '2026-04-01T00:00:00Z' };
    expect(firstIn(bounds)).toEqual({ at: '2026-04-23T22:00:00Z', on: '2026-04-24' });
  });

  it('is the second strike of the opening time when the first pass is over', () => {
    const hours = { from: '23:30', to: '23:45' };
    const bounds = { ...cairo, hours, notBeforeOn: '2026-10-29', notBeforeAt: '2026-10-29T20:50:00Z' };
    expect(firstIn(bounds)).toEqual({ at: '2026-10-29T21:30:00Z', on: '2026-10-29' });
  });

  it('is the moment the clocks go back into the hours after closing', () => {
    const hours = { from: '22:00', to: '23:15' };
    const bounds = { ...cairo, hours, notBeforeOn: '2026-10-29', notBeforeAt: '2026-10-29T20:20:00Z' };
    expect(firstIn(bounds)).toEqual({ at: '2026-10-29T21:00:00Z', on: '2026-10-29' });
  });

  it('is refused for hours that never open', () => {
    expect(() => firstIn({ hours: { from: '18:00', to: '08:30' } })).toThrow(/"from" must be before "to"/);
  });

  it('is refused for an unknown zone, by its name', () => {
    expect(() => firstIn({ timeZone: 'Europe/Parys' })).toThrow(/europe\/parys/i);
  });

  it('is refused for an instant that is not UTC', () => {
    expect(() => firstIn({ notBeforeAt: '2026-11-02T08:30:00+01:00' })).toThrow(/not a UTC instant/);
  });
});

describe('the first sending instant, whatever the facts', () => {
  const MINUTE = 60_000;
  const zones = [
    ...['Europe/Paris', 'Europe/London', 'America/New_York', 'America/St_Johns', 'Asia/Kolkata', 'Africa/Casablanca'],
    ...[
      'Pacific/Apia',
      'Pacific/Chatham',
      'Australia/Lord_Howe',
      'Africa/Cairo',
      'Indian/Reunion',
      'America/Martinique',
    ],
  ];
  const fiveMinutes = fc.integer({ min: 0, max: 287 });
  const bounds = fc
    .record({
      millis: fc.integer({ min: Date.parse('2024-01-01T00:00:00Z'), max: Date.parse('2040-10-01T00:00:00Z') }),
      daysLater: fc.integer({ min: -3, max: 8 }),
      region: fc.constantFrom('FR', 'FR-ALSACE-MOSELLE', 'GB', 'JP', 'MA', 'RE', 'XX'),
      timeZone: fc.constantFrom(...zones),
      hours: fc.tuple(fiveMinutes, fiveMinutes).filter(([from, to]) => from !== to),
    })
    .map(({ millis, daysLater, region, timeZone, hours: [one, other] }): SendingBounds => {
      const at = new Date(millis);
      return {
        notBeforeAt: at.toISOString(),
        notBeforeOn: new Date(millis + daysLater * 1440 * MINUTE).toISOString().slice(0, 10),
        region,
        timeZone,
        hours: { from: wallTime(Math.min(one, other)), to: wallTime(Math.max(one, other)) },
        holidays: HOLIDAYS,
      };
    });

  it('falls on an open day, within the hours, on or after both bounds', () => {
    fc.assert(
      fc.property(bounds, (given) => {
        const { at, on } = firstSendingInstant(given);
        expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        expect(on >= given.notBeforeOn).toBe(true);
        expect(Date.parse(at)).toBeGreaterThanOrEqual(Date.parse(given.notBeforeAt));
        expect(dateIn(at, given.timeZone)).toBe(on);
        expect(isSendable(Date.parse(at), given)).toBe(true);
      }),
    );
  });

  it('has no earlier one, looking every five minutes from the bounds on', () => {
    fc.assert(fc.property(bounds, expectNoneEarlier), { numRuns: 60 });
  });

  // Egypt changes its clocks on working days: the night to the last Friday of April, and late on the last Thursday of
  // October.
  it('has no earlier one around the nights that clocks change on working days', () => {
    const nights = fc.constantFrom('2024-04-26', '2026-04-24', '2027-04-30', '2024-10-31', '2026-10-29', '2027-10-28');
    const aroundTheChange = fc
      .tuple(bounds, nights, fc.integer({ min: -1500, max: 1800 }))
      .map(([given, night, minutes]) => {
        const at = new Date(Date.parse(`${night}T00:00:00Z`) + minutes * MINUTE).toISOString();
        return { ...given, notBeforeAt: at, notBeforeOn: night, region: 'XX', timeZone: 'Africa/Cairo' };
      });
    fc.assert(fc.property(aroundTheChange, expectNoneEarlier), { numRuns: 300 });
  });

  it('is itself when asked for again from there', () => {
    fc.assert(
      fc.property(bounds, (given) => {
        const first = firstSendingInstant(given);
        expect(firstSendingInstant({ ...given, notBeforeAt: first.at, notBeforeOn: first.on })).toEqual(first);
      }),
    );
  });

  it('never comes sooner when a bound is later', () => {
    fc.assert(
      fc.property(bounds, fc.integer({ min: 0, max: 5000 }), (given, minutes) => {
        const later = new Date(Date.parse(given.notBeforeAt) + minutes * MINUTE).toISOString();
        expect(firstSendingInstant({ ...given, notBeforeAt: later }).at >= firstSendingInstant(given).at).toBe(true);
      }),
    );
  });

  function expectNoneEarlier(given: SendingBounds): void {
    const found = Date.parse(firstSendingInstant(given).at);
    const startOfDate = Date.parse(`${given.notBeforeOn}T00:00:00Z`) - 1560 * MINUTE;
    const step = 5 * MINUTE;
    const from = Math.ceil(Math.max(Date.parse(given.notBeforeAt), startOfDate) / step) * step;
    for (let at = from; at < found; at += step) {
      if (isSendable(at, given)) expect.fail(`${new Date(at).toISOString()} is earlier`);
    }
  }

  /** An oracle on Intl alone. */
  function isSendable(at: number, { notBeforeOn, region, timeZone, hours }: SendingBounds): boolean {
    const local = localTime(at, timeZone);
    const [date = '', time = ''] = local.split(' ');
    return date >= notBeforeOn && hours.from <= time && time < hours.to && isBusinessDay(date, region, HOLIDAYS);
  }

  const formats = new Map<string, Intl.DateTimeFormat>();

  function localTime(at: number, timeZone: string): string {
    let format = formats.get(timeZone);
    if (!format) {
      const options = { dateStyle: 'short', timeStyle: 'short', timeZone } as const;
      format = new Intl.DateTimeFormat('sv-SE', options);
      formats.set(timeZone, format);
    }
    return format.format(at);
  }

  function wallTime(fives: number): string {
    const minutes = fives * 5;
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  }
});

describe('the date in a zone', () => {
  it.each([
    { instant: '2026-10-31T23:30:00Z', timeZone: 'Europe/Paris', date: '2026-11-01' },
    { instant: '2026-10-31T22:30:00Z', timeZone: 'Europe/Paris', date: '2026-10-31' },
    { instant: '2026-11-01T03:29:59Z', timeZone: 'America/St_Johns', date: '2026-11-01' },
    { instant: '2026-11-01T10:59:59.999Z', timeZone: 'Pacific/Apia', date: '2026-11-01' },
    { instant: '2026-11-01T11:00:00Z', timeZone: 'Pacific/Apia', date: '2026-11-02' },
  ])('is $date at $instant in $timeZone', ({ instant, timeZone, date }) => {
    expect(dateIn(instant, timeZone)).toBe(date);
  });
});
