import type { ReferenceRate } from './rate-table.ts';

/** The bodies of law that say what a late payment costs. */
export const REGIME_IDS = [
  ...(['fr-business', 'fr-consumer', 'fr-public', 'eu-default', 'uk-business', 'de-business'] as const),
  ...(['de-consumer', 'be-business', 'es-business', 'it-business', 'ie-business'] as const),
] as const;

/** See {@link REGIME_IDS}. */
export type RegimeId = (typeof REGIME_IDS)[number];

/**
 * The fixed sum for the costs of recovery, once per invoice: the tier with the highest `fromMinor` that the debt reaches. It is of the regime's own currency and is
 * not claimed on a debt in another one. `besideContractRate` is false where a contract's own remedy replaces the whole of the statute.
 */
export interface CompensationScale {
  readonly currency: string;
  readonly tiers: readonly { readonly fromMinor: number; readonly amountMinor: number }[];
  readonly besideContractRate: boolean;
}

/**
 * A regime as it was between two dates.
 *
 * The yearly rate is that of `reference` and `marginBps` on top, rounded up to a multiple of `roundsUpToBps` if given. It is that of each half-year (`per-half-year`), or of
 * the half-year in which interest starts, for the whole debt (`fixed-at-start`). `contractFloor`: a contract clause may not go below so many times a reference rate; it does
 * not lift the statutory rate. `citation` may be printed in a notice. `unverified` says what a lawyer has still to confirm.
 */
export interface RegimeVersion {
  readonly validFrom: string;
  /** The last day it is valid; null while no end is known. */
  readonly validUntil: string | null;
  readonly reference: ReferenceRate;
  readonly marginBps: number;
  readonly rateSelection: 'per-half-year' | 'fixed-at-start';
  readonly roundsUpToBps?: number;
  readonly contractFloor?: { readonly reference: ReferenceRate; readonly times: number };
  readonly accruesAfter: 'due-date' | 'receipt-of-formal-notice';
  readonly dayBase: number;
  readonly compensation: CompensationScale | null;
  readonly citation: string;
  readonly sources: readonly string[];
  readonly unverified: readonly string[];
}

/** What the law says about late payment between certain parties, over time: versions in the order of their dates, without overlap. */
export interface Regime {
  readonly regimeId: RegimeId;
  readonly versions: readonly [RegimeVersion, ...RegimeVersion[]];
}

/** The version of a regime that is valid on a date, or `null` when none is known to be. */
export function versionOn({ versions }: Regime, on: string): RegimeVersion | null {
  const isValid = ({ validFrom, validUntil }: RegimeVersion) =>
    validFrom <= on && (validUntil === null || on <= validUntil);
  return versions.find(isValid) ?? null;
}
