import type { Breach, PolicyRule } from './policy-rule.ts';
import { PROPOSAL } from './sources.ts';

/** PROPOSAL: beyond this a debtor is pestered, and answers nobody. */
const CONTACTS_MAX = { perDay: 2, perWeek: 5 };

/** The contact budget can be spent, and is no harassment. */
export const saneContactBudget: PolicyRule = {
  id: 'sane-contact-budget',
  source: `${PROPOSAL}: one contact a day and three a week; repeated calls are denounced as harassment`,
  check: ({ contactBudget: { perDay, perWeek } }) => {
    const path = ['contactBudget'];
    if (perDay > perWeek) {
      const problem = `${perDay} contacts a day are more than ${perWeek} a week`;
      return [{ path, problem, cure: 'allow no more on one day than in seven' }];
    }
    if (perDay <= CONTACTS_MAX.perDay && perWeek <= CONTACTS_MAX.perWeek) return [];
    const problem = `${perDay} contacts a day and ${perWeek} a week`;
    const cure = 'allow one a day and three a week, as is usual';
    return [{ path, problem, cure, severity: 'warning' }];
  },
};

const CALL_ATTEMPTS_MAX = 3;

/** An unanswered call is tried three times at most. */
export const fewCallAttempts: PolicyRule = {
  id: 'few-call-attempts',
  source: `${PROPOSAL}: three attempts at most, on other days and hours`,
  check: ({ callAttempts }): Breach[] => {
    if (callAttempts <= CALL_ATTEMPTS_MAX) return [];
    const problem = `a call is tried ${callAttempts} times`;
    return [{ path: ['callAttempts'], problem, cure: `try it ${CALL_ATTEMPTS_MAX} times at most` }];
  },
};
