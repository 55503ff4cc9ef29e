import { moneyText } from '../contracts/money-text.ts';
import type { Happening } from '../domain/case-change.ts';
import { type Dispute, type DisputeResolution, openDisputes } from '../domain/dispute.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import type { HistoryDraft } from '../domain/history.ts';

/** How a dispute ends: on which date, what is credited for it, who says so; `reason` says why when nobody decided on it. */
interface EndingTold {
  readonly outcome: DisputeResolution;
  readonly on: string;
  readonly creditedMinor: number;
  readonly actor: string;
  readonly reason?: 'case-settled' | 'case-closed';
}

/** The history entry of the end of a dispute. */
export function disputeEnded({ invoice }: DunningCase, dispute: Dispute, told: EndingTold): HistoryDraft {
  const { disputeId, category, amountMinor } = dispute;
  const { outcome, creditedMinor, actor, reason } = told;
  const { currency } = invoice;
  const amount = amountMinor === null ? null : moneyText({ amountMinor, currency });
  const credited = moneyText({ amountMinor: creditedMinor, currency });
  return {
    type: 'DisputeResolved',
    actor,
    data: { disputeId, category, amount, outcome, credited, ...(reason && { reason }) },
  };
}

/** The disputes of a case with one of them ended so. */
export function withResolution(
  disputes: readonly Dispute[],
  { disputeId }: Pick<Dispute, 'disputeId'>,
  { outcome, on, creditedMinor, reason }: EndingTold,
): Dispute[] {
  const ended = {
    state: outcome,
    resolvedOn: on,
    creditedMinor,
    ...(reason === 'case-settled' && { isUndecided: true }),
  };
  return disputes.map((dispute) => (dispute.disputeId === disputeId ? { ...dispute, ...ended } : dispute));
}

/**
 * What the end of a case does to the disputes that are still open: there is nothing left to contest. Nobody found them founded or not, so that they count as settled.
 *
 * @param dunningCase the case with what ends it
 */
export function disputesOver(
  dunningCase: DunningCase,
  on: string,
): { drafts: HistoryDraft[]; changes: NonNullable<Happening['changes']> } {
  const reason = dunningCase.standing === 'settled' ? 'case-settled' : 'case-closed';
  const told = { outcome: 'settled', on, creditedMinor: 0, actor: 'relance', reason } as const;
  const open = openDisputes(dunningCase.disputes);
  if (open.length === 0) return { drafts: [], changes: {} };
  const disputes = open.reduce((all, dispute) => withResolution(all, dispute, told), [...dunningCase.disputes]);
  return { drafts: open.map((dispute) => disputeEnded(dunningCase, dispute, told)), changes: { disputes } };
}

/** The disputes of a case whose payment was taken back: those that ended because it was paid are open again, with their review. */
export function disputesAgain(disputes: readonly Dispute[]): Dispute[] {
  return disputes.map((dispute) => {
    const { isUndecided, ...known } = dispute;
    return isUndecided ? { ...known, state: 'open', resolvedOn: null, creditedMinor: null } : dispute;
  });
}
