import type { CaseSort } from '../app/ports.ts';
import { exponentOf } from '../contracts/currency.ts';
import { priorityRank } from '../domain/case-priority.ts';
import { type DunningCase, isOpenStanding, outstandingMinor } from '../domain/dunning-case.ts';
import { invariant } from '../domain/errors.ts';
import { shardOf, shardsOf } from './keys.ts';
import type { RankedList } from './ranked-list.ts';

/** The index over the cases of one customer, open or closed. */
const CASES_BY_CUSTOMER = 'CasesByCustomer';

/** The indexes over the cases of all customers, by what they are sorted by. */
const BY_SORT = {
  priority: { indexName: 'CasesByPriority', rankAttribute: 'priorityRank', isDescending: true },
  overdue: { indexName: 'CasesByDueDate', rankAttribute: 'dueRank', isDescending: false },
  amount: { indexName: 'CasesByAmount', rankAttribute: 'amountRank', isDescending: true },
} as const satisfies Record<CaseSort, Partial<RankedList>>;

/** Which cases are listed, and in which order; see `Ledger.listCases`. */
export interface CaseQuery {
  readonly isOpen: boolean;
  readonly sort: CaseSort;
  readonly customerId?: string;
}

/** The list that answers a query. */
export function caseList({ isOpen, sort, customerId }: CaseQuery): RankedList {
  const status = statusOf(isOpen);
  const list = { ...BY_SORT[sort], name: `cases/${status}/${sort}/${customerId ?? ''}` };
  if (customerId === undefined) {
    return { ...list, partitionAttribute: 'caseShard', partitions: shardsOf(status), isKeyedByRank: true };
  }
  return {
    ...list,
    indexName: CASES_BY_CUSTOMER,
    partitionAttribute: 'caseCustomer',
    partitions: [`${status}#${customerId}`],
    isKeyedByRank: sort === 'overdue',
  };
}

/**
 * The attributes by which the indexes list a case. They are written with its snapshot, and change only with what they
 * say, so that a case that merely has a new version is not written again to any index.
 */
export function caseListAttributes(dunningCase: DunningCase): Record<string, string> {
  const { invoiceId, customerId, dueOn, currency } = dunningCase.invoice;
  const isOpen = isOpenStanding(dunningCase.standing);
  const status = statusOf(isOpen);
  // Nothing is outstanding of most closed cases, so they go by what was billed.
  const amountMinor = isOpen ? outstandingMinor(dunningCase) : dunningCase.invoice.totalMinor;
  const exponent = exponentOf(currency);
  invariant(exponent !== null, `currency ${currency} is not one this system keeps amounts in`);
  return {
    caseShard: shardOf(status, customerId),
    caseCustomer: `${status}#${customerId}`,
    dueRank: `${dueOn}#${invoiceId}`,
    amountRank: `${sortableAmount(amountMinor, exponent)}#${invoiceId}`,
    priorityRank: `${sortableRank(priorityRank(dunningCase, exponent))}#${invoiceId}`,
  };
}

/** Whether a case is still on the list of the open ones, or of the others. */
export function isListed({ standing }: DunningCase, { isOpen }: CaseQuery): boolean {
  return isOpenStanding(standing) === isOpen;
}

function statusOf(isOpen: boolean): string {
  return isOpen ? 'OPEN' : 'CLOSED';
}

/** The most decimals a currency has. */
const EXPONENT_MAX = 4;

/** An amount as text that sorts as amounts of any number of decimals do. */
function sortableAmount(amountMinor: number, exponent: number): string {
  const scaled = BigInt(amountMinor) * 10n ** BigInt(EXPONENT_MAX - exponent);
  return String(scaled).padStart(20, '0');
}

/** More than any rank is below zero: the days of a date in the year 9999. */
const RANK_OFFSET = 5_000_000;

function sortableRank(rank: number): string {
  return (RANK_OFFSET + rank).toFixed(2).padStart(10, '0');
}
