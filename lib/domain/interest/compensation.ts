import { type Regime, versionOn } from './regime.ts';

/**
 * The fixed compensation for the costs of recovery: once per invoice, however short the delay and however small the rest that was late.
 *
 * @param lateness the first day of lateness and what was owed on it
 * @returns minor units of the claim's currency; 0 where the law gives none, or gives it in another currency, as two currencies have no sum
 * @see Directive 2011/7/EU art. 6; CJEU C-78/22 of 4 May 2023: for each late payment
 */
export function compensationMinor(
  claim: { readonly regime: Regime; readonly currency: string; readonly contractAnnualRateBps?: number | undefined },
  lateness: { readonly startsOn: string; readonly debtMinor: number },
): number {
  const scale = versionOn(claim.regime, lateness.startsOn)?.compensation;
  if (!scale || scale.currency !== claim.currency || lateness.debtMinor === 0) return 0;
  if (claim.contractAnnualRateBps !== undefined && !scale.besideContractRate) return 0;
  const reached = scale.tiers.filter(({ fromMinor }) => fromMinor <= lateness.debtMinor);
  return reached.reduce((highest, tier) => (tier.fromMinor >= highest.fromMinor ? tier : highest), NOTHING).amountMinor;
}

const NOTHING = { fromMinor: 0, amountMinor: 0 };
