import type { Fault } from '../../contracts/fault.ts';
import type { CaseFile } from '../../domain/case-file.ts';
import { outstandingMinor, undisputedMinor } from '../../domain/dunning-case.ts';
import { promisedShares } from '../../domain/promise.ts';
import type { Task } from '../../domain/task.ts';
import { proofTask } from '../dispute-tasks.ts';
import { type DisputeOpened, openDispute } from '../open-dispute.ts';
import { policyOf } from '../policy-book.ts';
import { beyondWhatIs } from './amount-refusal.ts';
import type { OutcomeContext, OutcomeOf } from './outcome-context.ts';

/** What a dispute told on a call does: to each of the cases it is about, and the work it leaves for whoever settles it. */
export interface DisputesTold {
  readonly task: Task;
  readonly opened: ReadonlyMap<CaseFile, DisputeOpened>;
}

/** The cases of a call that a dispute is about, each with its part of the amount: it goes to the invoices in their order, as far as they are not contested already. */
function contestedIn(files: readonly CaseFile[], { amount }: OutcomeOf<'dispute'>) {
  const free = files
    .filter(({ dunningCase }) => !amount || dunningCase.invoice.currency === amount.currency)
    .map((file) => ({ file, outstandingMinor: undisputedMinor(file.dunningCase) }))
    .filter((item) => item.outstandingMinor > 0);
  return promisedShares(free, amount?.amountMinor ?? null).map(({ item, amountMinor }) => ({
    file: item.file,
    amountMinor: amountMinor ?? restOf(item.file),
  }));
}

/** All that is not contested yet: null when nothing is. */
function restOf({ dunningCase }: CaseFile): number | null {
  const freeMinor = undisputedMinor(dunningCase);
  return freeMinor === outstandingMinor(dunningCase) ? null : freeMinor;
}

/** What does not suit in a dispute told on a call, or null: more is contested than is owed and not contested yet. */
export function disputeRefused(files: readonly CaseFile[], { amount }: OutcomeOf<'dispute'>): Fault | null {
  if (amount) {
    return beyondWhatIs(files, amount, { minorOf: undisputedMinor, which: 'is owed and not contested yet' });
  }
  if (files.some(({ dunningCase }) => undisputedMinor(dunningCase) > 0)) return null;
  return { pointer: '/result', detail: 'all that is owed of the invoices of this task is contested already' };
}

/** What a dispute told on a call does to each of the cases it is about. */
export async function disputesOf(context: OutcomeContext, outcome: OutcomeOf<'dispute'>): Promise<DisputesTold> {
  const { deps, files, task, record, calendar, today, actor, at } = context;
  const { category, reviewOn = null } = outcome;
  const ownerEmail = outcome.ownerEmail ?? record.customer.salesRep?.email ?? null;
  const shares = await Promise.all(
    contestedIn(files, outcome).map(async (share) => ({ ...share, policy: await policyOf(deps.policies, share.file) })),
  );
  const [first, ...others] = files.map(({ dunningCase }) => dunningCase.invoice.invoiceId);
  const proof = proofTask({
    ...{ invoiceIds: [first ?? '', ...others], customerId: task.customerId, owner: ownerEmail ?? deps.taskOwner },
    about: `${task.taskId}/dispute`,
    ...{ category, today, policy: await policyOf(deps.policies, files[0]), calendar, at },
  });
  const told = { category, ownerEmail, reviewOn, calendar, today, actor, at };
  const opened = shares.map(({ file, ...share }): [CaseFile, DisputeOpened] => [
    file,
    openDispute(file, { ...told, ...share }, [proof.task.taskId]),
  ]);
  return { task: proof.task, opened: new Map(opened) };
}
