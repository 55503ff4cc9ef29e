import { expect, it } from 'vitest';
import { declarationDueOn } from '../../lib/domain/claim-declaration.ts';
import { HOLIDAYS } from '../../lib/generated/holidays.ts';

it.each([
  ['on the same day two months later', '2026-02-01', '2026-04-01'],
  ['on the last day of a shorter month', '2026-12-31', '2027-02-26'],
  ['on the 29th in a leap year', '2027-12-30', '2028-02-29'],
  ['before a week-end', '2026-03-11', '2026-05-11'],
  ['on the Friday before a Saturday', '2026-04-11', '2026-06-11'],
  ['on the eve of Christmas', '2026-10-25', '2026-12-24'],
  ['on the last open day before a public holiday after a week-end', '2026-02-06', '2026-04-03'],
])('a claim is declared %s', (_, openedOn, dueOn) => {
  expect(declarationDueOn(openedOn, { region: 'FR', holidays: HOLIDAYS })).toBe(dueOn);
});
