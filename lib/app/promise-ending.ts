import { moneyText } from '../contracts/money-text.ts';
import type { Happening } from '../domain/case-change.ts';
import { type DunningCase, receivedMinor, standingAfter } from '../domain/dunning-case.ts';
import type { HistoryDraft } from '../domain/history.ts';
import { endingOf, openPromise, type PromiseEnding, withEnding } from '../domain/promise.ts';

const ENTRY_TYPES = {
  kept: 'PromiseKept',
  'partly-kept': 'PromisePartlyKept',
  broken: 'PromiseBroken',
} as const satisfies Record<PromiseEnding, HistoryDraft['type']>;

/** How the open promise of a case ends: `paidMinor` is what is paid of the invoice by then; `reason` says why when it was not its day that came. */
interface EndingTold {
  readonly ending: PromiseEnding;
  readonly paidMinor?: number;
  readonly reason?: 'overtaken' | 'case-settled';
}

/** The history entry of the open promise's end, with what came for it. */
export function promiseEnded(
  dunningCase: DunningCase,
  { ending, paidMinor = receivedMinor(dunningCase), reason }: EndingTold,
): HistoryDraft {
  const { promises, invoice } = dunningCase;
  const promise = openPromise(promises);
  const paid = moneyText({ amountMinor: paidMinor - (promise?.paidBeforeMinor ?? 0), currency: invoice.currency });
  const data = { promiseId: promise?.promiseId, promisedOn: promise?.promisedOn, paid, ...(reason && { reason }) };
  return { type: ENTRY_TYPES[ending], actor: 'relance', data };
}

/** What the end of the open promise changes in a case: notices wait for it no longer. A block stands on. */
export function afterPromise(dunningCase: DunningCase, ending: PromiseEnding): NonNullable<Happening['changes']> {
  const promises = withEnding(dunningCase.promises, ending);
  return {
    promises,
    standing: standingAfter(dunningCase, { promises }),
    ...(dunningCase.hold?.reason === 'promise' && { hold: null }),
  };
}

/** What becomes of the open promise of a case when something else takes its place: it is judged by what came so far. Nothing when none is open. */
export function promiseOvertaken(dunningCase: DunningCase): {
  readonly drafts: readonly HistoryDraft[];
  readonly changes: NonNullable<Happening['changes']>;
} {
  const promise = openPromise(dunningCase.promises);
  if (!promise) return { drafts: [], changes: {} };
  const ending = endingOf(promise, receivedMinor(dunningCase));
  return {
    drafts: [promiseEnded(dunningCase, { ending, reason: 'overtaken' })],
    changes: afterPromise(dunningCase, ending),
  };
}
