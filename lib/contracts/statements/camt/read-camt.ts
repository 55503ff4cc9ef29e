import { decodeXml } from '../decode-statement.ts';
import type { AccountStatement, Balance, Reading, StatementFault } from '../statement.ts';
import { oneLine, soundIban } from '../statement-text.ts';
import { amountOf, isCredit } from './camt-amount.ts';
import { dateOf } from './camt-date.ts';
import { reportMisplaced } from './misplaced.ts';
import { readEntry } from './read-entry.ts';
import { readXml, type XmlDocument } from './read-xml.ts';
import { childOf, childrenOf, faultAt, pathOf, textOf, type XmlElement } from './xml-element.ts';

/** Every version has its own namespace; what is read here stands at the same place in all of them, or at one of two. */
const NAMESPACE = /^urn:iso:std:iso:20022:tech:xsd:camt\.(053|054)\.001\.\d\d/;

/** Where the two messages hold their accounts. */
const MESSAGES: Readonly<Record<string, { message: string; account: string }>> = {
  '053': { message: 'BkToCstmrStmt', account: 'Stmt' },
  '054': { message: 'BkToCstmrDbtCdtNtfctn', account: 'Ntfctn' },
};

/**
 * Reads a camt.053 (statement) or camt.054 (notification) of any version.
 *
 * @see https://www.iso20022.org/iso-20022-message-definitions, bank-to-customer cash management
 */
export function readCamt(bytes: Uint8Array): Reading<readonly AccountStatement[]> {
  const decoded = decodeXml(bytes);
  if (!decoded.ok) return decoded;
  const read = readXml(decoded.value);
  if (!read.ok) return read;
  const faults: StatementFault[] = [];
  const statements = statementsOf(read.value, faults);
  if (faults.length === 0) reportMisplaced(read.value.root, faults);
  const [fault] = faults;
  return fault ? { ok: false, fault } : { ok: true, value: statements };
}

function statementsOf({ root, namespace }: XmlDocument, faults: StatementFault[]): AccountStatement[] {
  const kind = NAMESPACE.exec(namespace)?.[1] ?? '';
  const place = MESSAGES[kind];
  if (root.name !== 'Document' || place === undefined) {
    faults.push(faultAt(root, 'must be a <Document> in a namespace of camt.053.001 or camt.054.001'));
    return [];
  }
  const messages = childrenOf(root, place.message);
  const accounts = messages.flatMap((message) => childrenOf(message, place.account));
  if (accounts.length === 0) faults.push(faultAt(root, `must hold a <${place.message}> with a <${place.account}>`));
  const isPaged = messages.some((message) => isOneOfSeveral(childOf(message, 'GrpHdr', 'MsgPgntn')));
  return accounts.map((account) => statementOf(account, { isStatement: kind === '053', isPaged }, faults));
}

function statementOf(
  element: XmlElement,
  known: { isStatement: boolean; isPaged: boolean },
  faults: StatementFault[],
): AccountStatement {
  const account = accountOf(element);
  if (account === undefined) faults.push(faultAt(element, 'must say its account (<Acct><Id>)'));
  const isWhole = known.isStatement && !known.isPaged && !isOneOfSeveral(childOf(element, 'StmtPgntn'));
  const closing = balanceOf(element, ['CLBD'], faults);
  const opening = balanceOf(element, ['OPBD', 'PRCD'], faults);
  // One fault refuses the file: what comes after it is not looked at.
  const read = childrenOf(element, 'Ntry').map((entry) => (faults.length > 0 ? null : readEntry(entry, faults)));
  const bookings = read.flatMap((entry) => entry?.bookings ?? []);
  const lastOn = isWhole ? lastOf(bookings) : null;
  return {
    line: element.line,
    path: pathOf(element),
    account: account ?? '',
    statementId: oneLine(textOf(element, 'Id'), 35) ?? '',
    opening: isWhole ? opening : null,
    closing: isWhole ? closing : null,
    bookings,
    notBooked: read.filter((entry) => entry?.isBooked === false).length,
    throughOn: known.isStatement ? (closing?.on ?? lastOn) : null,
  };
}

function accountOf(element: XmlElement): string | undefined {
  const iban = oneLine(textOf(element, 'Acct', 'Id', 'IBAN'), 34);
  return soundIban(iban) ?? iban ?? oneLine(textOf(element, 'Acct', 'Id', 'Othr', 'Id'), 35);
}

function isOneOfSeveral(pages: XmlElement | undefined): boolean {
  if (pages === undefined) return false;
  return Number(textOf(pages, 'PgNb')) !== 1 || textOf(pages, 'LastPgInd') !== 'true';
}

/** The balance of the first kind there is; none when the bank tells two of a kind, as with and without its credit line. */
function balanceOf(element: XmlElement, kinds: readonly string[], faults: StatementFault[]): Balance | null {
  const balances = childrenOf(element, 'Bal');
  const ofKind = kinds.map((kind) => balances.filter((balance) => textOf(balance, 'Tp', 'CdOrPrtry', 'Cd') === kind));
  const [balance, ...others] = ofKind.find(({ length }) => length > 0) ?? [];
  if (balance === undefined || others.length > 0) return null;
  const credit = isCredit(balance, faults);
  const money = amountOf(balance, faults);
  const on = dateOf(childOf(balance, 'Dt'));
  if (on === null) faults.push(faultAt(balance, 'must say its day (<Dt>)'));
  if (credit === null || money === null || on === null) return null;
  return { ...money, amountMinor: credit ? money.amountMinor : -money.amountMinor, on };
}

function lastOf(bookings: readonly { bookedOn: string }[]): string | null {
  return bookings
    .map(({ bookedOn }) => bookedOn)
    .reduce<string | null>((last, on) => (last === null || on > last ? on : last), null);
}
