import { expect, it } from 'vitest';
import { addCalendarDays } from '../../lib/domain/calendar/business-day.ts';
import { type ContactEntry, isSameStep, withContact, withoutContact } from '../../lib/domain/contact-log.ts';

const entry = (on: string, stepId: string, invoiceId = 'INV-1', cycle = 1): ContactEntry => ({
  on,
  channel: 'email',
  step: { invoiceId, cycle, stepId },
});

const first = entry('2026-02-02', 'A1');
const second = entry('2026-02-05', 'A2');

it('adds a contact, and moves that of a message which is tried again', () => {
  expect(withContact([first], second)).toEqual([first, second]);
  const again = { ...first, on: '2026-02-06' };
  expect(withContact([first, second], again)).toEqual([second, again]);
});

it('takes out the contact of a message that never left, and no other', () => {
  expect(withoutContact([first, second], first.step)).toEqual([second]);
  expect(withoutContact([first, second], { ...first.step, cycle: 2 })).toEqual([first, second]);
});

it('forgets what is long past, never what was said last', () => {
  const log = Array.from({ length: 200 }, (_, index) =>
    entry(addCalendarDays('2026-01-01', index), `S${index}`),
  ).reduce(withContact, [] as ContactEntry[]);
  expect(log.length).toBe(60);
  expect(log.at(-1)?.on).toBe('2026-07-19');
});

it.each([
  [{ ...first.step }, true],
  [{ ...first.step, invoiceId: 'INV-2' }, false],
  [{ ...first.step, cycle: 2 }, false],
  [{ ...first.step, stepId: 'A2' }, false],
])('tells %j from the step A1: %s', (step, isSame) => {
  expect(isSameStep(first.step, step)).toBe(isSame);
});
