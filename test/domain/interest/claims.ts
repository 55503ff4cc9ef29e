import type { InterestClaim, InterestLine } from '../../../lib/domain/interest/interest-statement.ts';
import { REGIMES } from '../../../lib/domain/interest/regimes.ts';

/** 10 000.00 € that a French business owed since 15 November 2023 and paid nothing of by the end of 2024. */
export function aClaim(fields: Partial<InterestClaim> = {}): InterestClaim {
  return {
    principalMinor: 1_000_000,
    currency: 'EUR',
    dueOn: '2023-11-15',
    until: '2024-12-31',
    payments: [],
    regime: REGIMES['fr-business'],
    ...fields,
  };
}

/** Three parts paid: 2 000.00 within a half-year, 3 000.00 on the last day of one, 1 000.00 within the next. */
export const THREE_PAYMENTS = [
  { valueOn: '2024-01-31', amountMinor: 200_000 },
  { valueOn: '2024-06-30', amountMinor: 300_000 },
  { valueOn: '2024-08-15', amountMinor: 100_000 },
];

/** Lines as a person writes them in a table: from, to, days, base, rate in percent, amount. */
export function written(lines: readonly InterestLine[]): string[] {
  return lines.map(({ from, to, days, baseMinor, annualRateBps, amountMinor }) =>
    [from, to, days, decimal(baseMinor), decimal(annualRateBps), decimal(amountMinor)].join(' '),
  );
}

function decimal(hundredths: number): string {
  return (hundredths / 100).toFixed(2);
}
