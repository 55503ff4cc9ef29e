import { describe, expect, it } from 'vitest';
import { nextCallAttempt } from '../../lib/domain/call-retry.ts';
import { HOLIDAYS } from '../../lib/generated/holidays.ts';

const morning = { from: '09:00', to: '12:00' };
const afternoon = { from: '14:00', to: '18:00' };

/** A call that nobody answered on Monday 2 February 2026, tried at most three times. */
const unanswered = {
  policy: { callWindows: [morning, afternoon], callAttempts: 3 },
  attempt: 1,
  lastOn: '2026-02-02',
  contactsOn: [] as string[],
  budget: { perDay: 1, perWeek: 3 },
  region: 'FR',
  holidays: HOLIDAYS,
};

describe('a call nobody answered', () => {
  it('is tried on the next day, in the next part of it', () => {
    expect(nextCallAttempt(unanswered)).toEqual({ attempt: 2, dueOn: '2026-02-03', window: afternoon });
  });

  it('comes back to the first part of the day after the last', () => {
    const second = { ...unanswered, attempt: 2, lastOn: '2026-02-03' };
    expect(nextCallAttempt(second)).toEqual({ attempt: 3, dueOn: '2026-02-04', window: morning });
  });

  it('is tried no more than the policy allows', () => {
    expect(nextCallAttempt({ ...unanswered, attempt: 3 })).toBeNull();
    expect(nextCallAttempt({ ...unanswered, attempt: 4 })).toBeNull();
  });

  it.each([
    { lastOn: '2026-02-06', dueOn: '2026-02-09', because: 'the week-end is closed' },
    { lastOn: '2026-04-30', dueOn: '2026-05-04', because: 'Labour Day and the week-end are closed' },
  ])('on $lastOn is tried on $dueOn: $because', ({ lastOn, dueOn }) => {
    expect(nextCallAttempt({ ...unanswered, lastOn })?.dueOn).toBe(dueOn);
  });

  it('waits while the debtor has been contacted as often as the budget allows', () => {
    const contactsOn = ['2026-01-30', '2026-02-02', '2026-02-03'];
    // The week of three ends on Thursday; on Friday the contact of 30 January is a week old.
    expect(nextCallAttempt({ ...unanswered, contactsOn })?.dueOn).toBe('2026-02-06');
  });

  it('is on an open day with room when the first day with room is closed and the next open one is full', () => {
    const contactsOn = ['2026-02-06', '2026-02-09'];
    // Friday is full, Saturday has room but is closed, and the Monday after is full again.
    expect(nextCallAttempt({ ...unanswered, lastOn: '2026-02-05', contactsOn })?.dueOn).toBe('2026-02-10');
  });

  it('needs its number, counted from one', () => {
    expect(() => nextCallAttempt({ ...unanswered, attempt: 0 })).toThrow(/counted from 1, got 0/);
  });
});
