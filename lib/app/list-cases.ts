import { exponentOf } from '../contracts/currency.ts';
import { dateIn } from '../domain/calendar/sending-window.ts';
import type { CustomerRecord } from '../domain/case-file.ts';
import { type CasePriority, priorityOf } from '../domain/case-priority.ts';
import { isClosedStanding, isOpenStanding } from '../domain/dunning-case.ts';
import { ContractError } from '../domain/errors.ts';
import type { Invoice } from '../domain/invoice.ts';
import type { Level } from '../domain/level.ts';
import type { PlanningDeps } from './plan-case.ts';
import type { CaseSort, Page, Slice } from './ports.ts';
import { type CaseOverview, overviewOf } from './view-case.ts';

/** Which cases are asked for; a null asks for all. Without a standing: those that are open. */
export interface CaseFilter {
  readonly standing: string | null;
  readonly level: Level | null;
  readonly customerId: string | null;
  readonly sort: CaseSort;
}

/** A case of the list: its overview, and how urgent it is. */
export interface ListedCase extends CaseOverview {
  readonly priority: CasePriority;
}

/** Slices of the ledger's list read for one answer at most: a filter that few cases pass answers with fewer, and a cursor to go on. */
const SLICES_MAX = 10;

/** A slice of the cases in the order asked for, those of a level or standing only when one is named. */
export async function listCases(
  deps: PlanningDeps,
  filter: CaseFilter,
  { limit, cursor, at }: Page & { at: string },
): Promise<Slice<{ cases: ListedCase[] }>> {
  const found: ListedCase[] = [];
  const debtors = new Map<string, Promise<CustomerRecord | null>>();
  const bankDataOn = await deps.ledger.loadBankDataOn();
  let position = cursor;
  for (let round = 0; round < SLICES_MAX && found.length < limit; round += 1) {
    const { sort, customerId, standing } = filter;
    const query = { isOpen: standing === null || !isClosedStanding(standing), sort };
    const slice = await deps.ledger.listCases(
      { ...query, ...(customerId !== null && { customerId }) },
      { limit: limit - found.length, cursor: position },
    );
    if (slice === 'bad-cursor') return slice;
    const listed = await Promise.all(
      slice.cases.map(({ invoice }) => listedCase(deps, debtors, { invoice, bankDataOn, at })),
    );
    found.push(...listed.filter((one) => one !== null).filter((one) => passes(one, filter)));
    position = slice.cursor;
    if (position === null) break;
  }
  return { cases: found, cursor: position };
}

function passes({ dunningCase, level }: ListedCase, filter: CaseFilter): boolean {
  const isStanding =
    filter.standing === null ? isOpenStanding(dunningCase.standing) : dunningCase.standing === filter.standing;
  return isStanding && (filter.level === null || level === filter.level);
}

/** A case of the list with its debtor, who is read once however many of their cases are on it. */
async function listedCase(
  deps: PlanningDeps,
  debtors: Map<string, Promise<CustomerRecord | null>>,
  { invoice, bankDataOn, at }: { invoice: Invoice; bankDataOn: string | null; at: string },
): Promise<ListedCase | null> {
  const { invoiceId, customerId, currency } = invoice;
  const debtor = debtors.get(customerId) ?? deps.ledger.loadCustomer(customerId);
  debtors.set(customerId, debtor);
  const [file, record] = await Promise.all([deps.ledger.loadCaseFile(invoiceId), debtor]);
  if (!file) return null;
  if (!record) throw new ContractError(`case ${invoiceId} names unknown customer ${customerId}`);
  const exponent = exponentOf(currency);
  if (exponent === null) throw new ContractError(`invoice ${invoiceId} has unknown currency ${currency}`);
  const today = dateIn(at, deps.creditorTimeZone);
  const priority = priorityOf(file.dunningCase, { today, exponent });
  return { ...(await overviewOf(deps, { file, record, bankDataOn, at })), priority };
}
