import type { CaseFile } from '../../domain/case-file.ts';
import { outstandingMinor } from '../../domain/dunning-case.ts';
import { promisedShares } from '../../domain/promise.ts';
import { makePromise, type PromiseMade, promiseRefusal } from '../make-promise.ts';
import type { OutcomeContext, OutcomeOf } from './outcome-context.ts';

/** The cases of a call that a promise is about, each with its part of the amount: it goes to the invoices in their order, and what it does not reach was not promised. */
function promisedIn(files: readonly CaseFile[], { amount }: OutcomeOf<'promise'>) {
  const named = amount ? files.filter(({ dunningCase }) => dunningCase.invoice.currency === amount.currency) : files;
  const items = named.map((file) => ({ file, outstandingMinor: outstandingMinor(file.dunningCase) }));
  return promisedShares(items, amount?.amountMinor ?? null).map((share) => ({ ...share, file: share.item.file }));
}

/** The sentence that refuses a promise told on a call, or null: one of its invoices was promised too often, or is paid by a plan. */
export function promiseRefused(files: readonly CaseFile[], outcome: OutcomeOf<'promise'>): string | null {
  const refusals = promisedIn(files, outcome).map(({ file }) => promiseRefusal(file.dunningCase));
  return refusals.find((refusal) => refusal !== null) ?? null;
}

/** What a promise told on a call does to each of the cases it is about. */
export function promisesOf(
  { files, calendar, today, actor, at }: OutcomeContext,
  outcome: OutcomeOf<'promise'>,
): Map<CaseFile, PromiseMade> {
  const told = { promisedOn: outcome.promisedOn, today, calendar, actor, at };
  return new Map(
    promisedIn(files, outcome).map(({ file, amountMinor }) => [
      file,
      makePromise(file.dunningCase, { ...told, amountMinor }),
    ]),
  );
}
