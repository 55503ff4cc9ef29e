import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadMinute } from '../../../lib/domain/calendar/spread-minute.ts';

const hours = { from: '08:30', to: '18:00' };

describe('the minute a case sends at', () => {
  it('is inside the hours, and leaves the last one free', () => {
    fc.assert(
      fc.property(fc.string(), (caseKey) => {
        const minute = spreadMinute(caseKey, hours);
        expect(minute >= '08:30' && minute <= '17:00').toBe(true);
      }),
    );
  });

  it('never changes for a case, from one release to the next', () => {
    // The published FNV-1a hash of "a" is 0xe40c292c, which is 96 modulo the 511 minutes from 08:30 to 17:00.
    expect(spreadMinute('a', hours)).toBe('10:06');
  });

  it('differs so much from case to case that no minute holds three times its share of 50 000', () => {
    const casesAt = new Map<string, number>();
    for (let index = 0; index < 50_000; index += 1) {
      const minute = spreadMinute(`INV-2026-${String(index).padStart(5, '0')}`, hours);
      casesAt.set(minute, (casesAt.get(minute) ?? 0) + 1);
    }
    const share = 50_000 / 511;
    expect(casesAt.size).toBe(511);
    expect(Math.max(...casesAt.values())).toBeLessThan(3 * share);
  });

  it.each([
    { from: '09:00', to: '10:00' },
    { from: '09:00', to: '09:30' },
  ])('is the opening of hours as short as $from to $to', (short) => {
    expect(spreadMinute('INV-1', short)).toBe('09:00');
  });

  it('needs hours that open', () => {
    expect(() => spreadMinute('INV-1', { from: '18:00', to: '08:00' })).toThrow(/never open/);
  });
});
