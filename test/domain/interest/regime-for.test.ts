import { describe, expect, it } from 'vitest';
import { addCalendarDays } from '../../../lib/domain/calendar/business-day.ts';
import { REGIME_IDS, versionOn } from '../../../lib/domain/interest/regime.ts';
import { type Parties, regimeFor } from '../../../lib/domain/interest/regime-for.ts';
import { REGIMES } from '../../../lib/domain/interest/regimes.ts';

function between(
  creditorCountry: string,
  kind: Parties['customerKind'],
  customerCountry: string,
  contractLaw?: string,
) {
  return regimeFor({ customerKind: kind, customerCountry, creditorCountry, contractLaw })?.regimeId ?? null;
}

describe('the regime between two parties', () => {
  it.each([
    // Businesses: the law of the contract, else of the creditor.
    ['FR', 'business', 'FR', undefined, 'fr-business'],
    ['FR', 'business', 'DE', undefined, 'fr-business'],
    ['FR', 'business', 'DE', 'DE', 'de-business'],
    ['FR', 'business', 'US', undefined, 'fr-business'],
    ['RE', 'business', 'FR', undefined, 'fr-business'],
    ['GB', 'business', 'FR', undefined, 'uk-business'],
    ['BE', 'business', 'BE', undefined, 'be-business'],
    ['ES', 'business', 'FR', undefined, 'es-business'],
    ['IT', 'business', 'FR', undefined, 'it-business'],
    ['IE', 'business', 'GB', undefined, 'ie-business'],
    ['NL', 'business', 'FR', undefined, 'eu-default'],
    // The reference rate of these is not in the table.
    ['SE', 'business', 'FR', undefined, null],
    ['CH', 'business', 'FR', undefined, null],
    ['FR', 'business', 'FR', 'US', null],
    // Public bodies: the law of the contract, else their own.
    ['FR', 'public', 'FR', undefined, 'fr-public'],
    ['FR', 'public', 'GP', undefined, 'fr-public'],
    ['FR', 'public', 'DE', undefined, 'de-business'],
    ['FR', 'public', 'BE', 'FR', 'fr-business'],
    ['DE', 'public', 'FR', undefined, 'fr-public'],
    ['FR', 'public', 'US', undefined, null],
    // Consumers: the law at home, whatever the contract says.
    ['FR', 'consumer', 'FR', undefined, 'fr-consumer'],
    ['FR', 'consumer', 'MQ', 'GB', 'fr-consumer'],
    ['FR', 'consumer', 'DE', undefined, 'de-consumer'],
    ['FR', 'consumer', 'BE', undefined, null],
    ['FR', 'consumer', 'GB', 'FR', null],
    // No country, but a key that every object has.
    ['constructor', 'business', 'FR', undefined, null],
  ] as const)('of %s and a %s of %s under the law of %s is %s', (creditor, kind, customer, contractLaw, expected) => {
    expect(between(creditor, kind, customer, contractLaw)).toBe(expected);
  });
});

describe('the regimes that ship', () => {
  it.each(REGIME_IDS)('have in %s a source, an end before the next begins, and tiers from nothing up', (regimeId) => {
    const { versions } = REGIMES[regimeId];
    expect(REGIMES[regimeId].regimeId).toBe(regimeId);
    for (const [index, { validFrom, validUntil, citation, sources, compensation }] of versions.entries()) {
      expect(citation).not.toBe('');
      expect(sources.length).toBeGreaterThan(0);
      if (compensation) expect(compensation.tiers[0]?.fromMinor).toBe(0);
      const next = versions[index + 1];
      if (next) expect(next.validFrom).toBe(addCalendarDays(validUntil!, 1));
      expect(validFrom < (validUntil ?? '9999-12-31')).toBe(true);
    }
  });

  it('cite L441-10 in France until it is repealed, and nothing after that', () => {
    expect(versionOn(REGIMES['fr-business'], '2019-04-25')?.citation).toBe('C. com. art. L441-6');
    expect(versionOn(REGIMES['fr-business'], '2026-12-31')?.citation).toBe('C. com. art. L441-10, D441-5');
    expect(versionOn(REGIMES['fr-business'], '2027-01-01')).toBeNull();
  });

  it('have no compensation from a consumer', () => {
    for (const id of ['fr-consumer', 'de-consumer'] as const) expect(REGIMES[id].versions[0].compensation).toBeNull();
  });
});
