import { likenessTo } from '../domain/matching/name-similarity.ts';
import type { OpenInvoice } from '../domain/matching/open-invoice.ts';
import { accountKey, nameKeys } from '../domain/matching/payer-keys.ts';
import type { OpenInvoiceReader } from './open-invoice-reader.ts';
import type { ReceivedCash } from './pay-into.ts';
import type { CustomerFiling, Ledger } from './ports.ts';

/**
 * Who a payment may come from, by its account and by its name, with what they owe. `isWhole`: nothing was left out, so that what fits only once among it fits only once. `customerId`: whose
 * the money is when nobody else ever paid from the account and the name speaks for nobody else.
 */
export interface Payers {
  readonly byIban: readonly OpenInvoice[];
  readonly byName: readonly OpenInvoice[];
  readonly isWhole: boolean;
  readonly customerId: string | null;
}

/** Customers under one key that are looked at: an account or a name of more says too little. */
const CUSTOMERS_MAX = 20;

/** Open invoices of a payer's customers that are looked at. */
const OPEN_INVOICES_MAX = 100;

/** Names less alike than that are of no use to matching, neither for a match nor against one. */
const LIKENESS_MIN = 0.7;

/** From this likeness on a payer is taken for the customer of that name. */
const SAME_NAME_MIN = 0.8;

/** The customers that have paid from an account are found by it from then on. */
export function accountFilings({ debtorIban }: Pick<ReceivedCash, 'debtorIban'>, customerId: string): CustomerFiling[] {
  return debtorIban ? [{ key: accountKey(debtorIban), customerId }] : [];
}

/** A customer is found by its name from then on; under an earlier name as well, which does no harm: the names are compared. */
export function nameFilings({ customerId, name }: { customerId: string; name: string }): CustomerFiling[] {
  return nameKeys(name).map((key) => ({ key, customerId }));
}

/** Finds who a payment may come from, without scanning: by the keys they are filed under. */
export async function findPayers(
  ledger: Ledger,
  reader: OpenInvoiceReader,
  { debtorIban, debtorName }: Pick<ReceivedCash, 'debtorIban' | 'debtorName'>,
): Promise<Payers> {
  const [holders, namesakes] = await Promise.all([
    debtorIban ? customersUnder(ledger, [accountKey(debtorIban)]) : NOBODY,
    debtorName ? customersUnder(ledger, nameKeys(debtorName)) : NOBODY,
  ]);
  const likeness = await likenesses(reader, debtorName ?? '', [...holders.ids, ...namesakes.ids]);
  const alike = namesakes.ids.filter((id) => (likeness.get(id) ?? 0) >= LIKENESS_MIN);
  const [ofHolders, ofNamesakes] = await Promise.all([openIdsOf(ledger, holders.ids), openIdsOf(ledger, alike)]);
  const [byIban, byName] = await Promise.all([
    reader.read(ofHolders.slice(0, OPEN_INVOICES_MAX)),
    reader.read(ofNamesakes.slice(0, OPEN_INVOICES_MAX)),
  ]);
  const isAllRead = Math.max(ofHolders.length, ofNamesakes.length) <= OPEN_INVOICES_MAX;
  return {
    byIban,
    byName,
    isWhole: holders.isWhole && namesakes.isWhole && isAllRead,
    customerId: ownerOf(holders, likeness),
  };
}

/** Customers that were found under keys. `isWhole`: not one key was under which all are found stands for more. */
interface FoundCustomers {
  readonly ids: readonly string[];
  readonly isWhole: boolean;
}

const NOBODY: FoundCustomers = { ids: [], isWhole: true };

/** The customers under the keys that tell them from the many, those under most of them first. */
async function customersUnder(ledger: Ledger, keys: readonly string[]): Promise<FoundCustomers> {
  const found = await Promise.all(keys.map((key) => ledger.findFiledCustomers(key, CUSTOMERS_MAX + 1)));
  const telling = found.filter(({ length }) => length <= CUSTOMERS_MAX);
  const hits = Map.groupBy(telling.flat(), (id) => id);
  const ids = [...hits].toSorted(([, one], [, other]) => other.length - one.length).map(([id]) => id);
  // Customers of the very same name are under all its keys, so one key that tells is enough.
  return { ids: ids.slice(0, CUSTOMERS_MAX), isWhole: keys.length === 0 || telling.length > 0 };
}

async function likenesses(reader: OpenInvoiceReader, name: string, ids: readonly string[]) {
  const likeness = likenessTo(name);
  const known = await Promise.all(
    [...new Set(ids)].map(async (id) => [id, likeness(await reader.nameOf(id))] as const),
  );
  return new Map(known);
}

async function openIdsOf(ledger: Ledger, customerIds: readonly string[]): Promise<string[]> {
  return (await Promise.all(customerIds.map((id) => ledger.listOpenCaseIds(id)))).flat();
}

/** The only customer of an account, unless the payer bears the name of another one and not theirs. */
function ownerOf({ ids, isWhole }: FoundCustomers, likeness: ReadonlyMap<string, number | null>): string | null {
  const [only, ...others] = ids;
  if (only === undefined || others.length > 0 || !isWhole) return null;
  const isNamedLike = (id: string) => (likeness.get(id) ?? 0) >= SAME_NAME_MIN;
  return isNamedLike(only) || ![...likeness.keys()].some(isNamedLike) ? only : null;
}
