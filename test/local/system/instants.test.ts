import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDuration, parseInstant } from '../../../lib/local/system/instants.ts';

const START = Date.parse('2026-01-31T08:00:00Z');

describe('a duration', () => {
  it.each([
    ['P10D', '2026-02-10T08:00:00.000Z'],
    ['PT36H', '2026-02-01T20:00:00.000Z'],
    ['P1W', '2026-02-07T08:00:00.000Z'],
    ['P1M', '2026-02-28T08:00:00.000Z'],
    ['P1Y1M', '2027-02-28T08:00:00.000Z'],
    ['P2Y1M1D', '2028-03-01T08:00:00.000Z'],
    ['PT1M', '2026-01-31T08:01:00.000Z'],
    ['PT0.5S', '2026-01-31T08:00:00.500Z'],
    ['P1DT2H3M4S', '2026-02-01T10:03:04.000Z'],
    ['PT0S', '2026-01-31T08:00:00.000Z'],
  ])('of %s leads to %s', (text, expected) => {
    const millis = addDuration(START, text);
    expect(millis === undefined ? undefined : new Date(millis).toISOString()).toBe(expected);
  });

  it.each(['', 'P', 'PT', 'P1DT', '10D', 'P1H', 'P-1D', '-P1D', 'P1.5D', 'p1d', 'P1D ', 'P9999999Y'])(
    'is not "%s"',
    (text) => {
      expect(addDuration(START, text)).toBeUndefined();
    },
  );

  it('of days adds up, however it is cut', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(2000), (first, second) => {
        const once = addDuration(START, `P${first + second}D`);
        expect(addDuration(addDuration(START, `P${first}D`) ?? Number.NaN, `P${second}D`)).toBe(once);
      }),
    );
  });
});

describe('an instant', () => {
  it.each([
    ['2026-11-15T12:00:00Z', '2026-11-15T12:00:00.000Z'],
    ['2026-11-15T12:00Z', '2026-11-15T12:00:00.000Z'],
    ['2026-11-15T12:00:00.250+01:00', '2026-11-15T11:00:00.250Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ])('of %s is %s', (text, expected) => {
    expect(new Date(parseInstant(text) ?? Number.NaN).toISOString()).toBe(expected);
  });

  it.each([
    '2026-11-15',
    '2026-11-15T12:00:00',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-01T25:00:00Z',
    'now',
    '',
  ])('is not "%s"', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});
