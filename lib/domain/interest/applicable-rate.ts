import { halfYearEnd, type RateTable, referenceRateBps } from './rate-table.ts';
import { type Regime, type RegimeVersion, versionOn } from './regime.ts';

/** A yearly rate, and the last day it is known to hold; null when nothing known ends it. */
export interface ApplicableRate {
  readonly annualRateBps: number;
  readonly dayBase: number;
  readonly holdsUntil: string | null;
}

/** What the rate of a debt depends on beside the day: the law, the clause of the contract if it has one, and the first day interest runs. */
export interface RateBasis {
  readonly regime: Regime;
  readonly contractAnnualRateBps?: number | undefined;
  readonly startsOn: string;
}

/**
 * The yearly rate of late-payment interest on a day.
 *
 * @returns `null` when the rates or the law of that day are not known
 */
export function applicableRate(basis: RateBasis, on: string, rates: RateTable): ApplicableRate | null {
  const version = versionOn(basis.regime, on);
  if (!version) return null;
  const rate =
    basis.contractAnnualRateBps === undefined
      ? statutoryRate(version, { on, startsOn: basis.startsOn, rates })
      : contractRate(version, { on, annualRateBps: basis.contractAnnualRateBps, rates });
  if (!rate) return null;
  const ends = [rate.holdsUntil, version.validUntil].filter((end) => end !== null).sort();
  return { annualRateBps: rate.annualRateBps, dayBase: version.dayBase, holdsUntil: ends[0] ?? null };
}

type BareRate = Omit<ApplicableRate, 'dayBase'>;

function statutoryRate(
  version: RegimeVersion,
  { on, startsOn, rates }: { readonly on: string; readonly startsOn: string; readonly rates: RateTable },
): BareRate | null {
  const isFixed = version.rateSelection === 'fixed-at-start';
  const referenceBps = referenceRateBps(version.reference, isFixed ? startsOn : on, rates);
  if (referenceBps === null) return null;
  const exactBps = referenceBps + version.marginBps;
  const step = version.roundsUpToBps ?? 1;
  // A reference rate far below zero leaves nothing to claim, and nothing to pay back.
  const annualRateBps = Math.max(0, Math.ceil(exactBps / step) * step);
  return { annualRateBps, holdsUntil: isFixed ? null : halfYearEnd(on) };
}

/** The rate of a clause, lifted to the floor of the law where there is one: the floor follows its own reference rate by half-years. */
function contractRate(
  { contractFloor }: RegimeVersion,
  { on, annualRateBps, rates }: { readonly on: string; readonly annualRateBps: number; readonly rates: RateTable },
): BareRate | null {
  if (!contractFloor) return { annualRateBps, holdsUntil: null };
  const referenceBps = referenceRateBps(contractFloor.reference, on, rates);
  if (referenceBps === null) return null;
  return { annualRateBps: Math.max(annualRateBps, contractFloor.times * referenceBps), holdsUntil: halfYearEnd(on) };
}
