import { addCalendarDays } from '../../lib/domain/calendar/business-day.ts';
import { type InterestClaim, interestStatement } from '../../lib/domain/interest/interest-statement.ts';
import { REGIME_IDS } from '../../lib/domain/interest/regime.ts';
import { REGIMES } from '../../lib/domain/interest/regimes.ts';
import { RATES } from '../../lib/generated/rates.ts';

/** How fast interest is worked out: statements of debts up to two years late with three part payments, over all regimes. */
export interface InterestSpeed {
  readonly statements: number;
  readonly linesPerStatement: number;
  readonly statementsPerSecond: number;
}

const DEBTS = 2_000;
const WARM_UP_MILLIS = 300;
const MEASURED_MILLIS = 1_500;

/** Works out statements for a while and counts them. */
export function measureInterest(): InterestSpeed {
  const claims = Array.from({ length: DEBTS }, (_, index) => aDebt(index));
  run(claims, WARM_UP_MILLIS);
  const { statements, lines, millis } = run(claims, MEASURED_MILLIS);
  return {
    statements,
    linesPerStatement: lines / statements,
    statementsPerSecond: Math.round((statements / millis) * 1_000),
  };
}

function run(claims: readonly InterestClaim[], millisMin: number) {
  const startedAt = performance.now();
  let statements = 0;
  let lines = 0;
  while (performance.now() - startedAt < millisMin) {
    for (const claim of claims) lines += interestStatement(claim, RATES).lines.length;
    statements += claims.length;
  }
  return { statements, lines, millis: performance.now() - startedAt };
}

function aDebt(index: number): InterestClaim {
  const regimeId = REGIME_IDS[index % REGIME_IDS.length] ?? 'fr-business';
  const dueOn = addCalendarDays('2022-01-15', index % 900);
  const daysLate = 30 + ((index * 37) % 700);
  const principalMinor = 50_000 + index * 1_013;
  return {
    ...{ principalMinor, dueOn, until: addCalendarDays(dueOn, daysLate), regime: REGIMES[regimeId] },
    currency: regimeId === 'uk-business' ? 'GBP' : 'EUR',
    payments: [1, 2, 3].map((quarter) => ({
      valueOn: addCalendarDays(dueOn, Math.floor((daysLate * quarter) / 4)),
      amountMinor: Math.floor(principalMinor / 5),
    })),
    formalNoticeReceivedOn: addCalendarDays(dueOn, 20),
  };
}
