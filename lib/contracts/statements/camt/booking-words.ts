import type { BookingWords } from '../statement.ts';
import { givenReference, oneLine, severalLines, soundIban } from '../statement-text.ts';
import { bankReferenceOf } from './entry-identity.ts';
import { childOf, childrenOf, textOf, type XmlElement } from './xml-element.ts';

/**
 * What the bank says of a payment. Of one that is taken back the debtor is still who paid first, but some banks turn the roles: then our own account stands
 * where the debtor's should, and the other party is meant.
 */
export function bookingWords(of: { entry: XmlElement; detail: XmlElement | null; isTakenBack: boolean }): BookingWords {
  const { entry, detail, isTakenBack } = of;
  const [structuredReference, ...references] = creditorReferences(detail);
  const words = {
    ...(detail === null ? {} : debtorOf(detail, isTakenBack ? accountOf(entry) : undefined)),
    remittance: remittanceOf(entry, detail, references),
    endToEndId: detail === null ? undefined : givenReference(textOf(detail, 'Refs', 'EndToEndId')),
    structuredReference,
    bankReference: (detail === null ? undefined : bankReferenceOf(detail)) ?? bankReferenceOf(entry),
  };
  return Object.fromEntries(Object.entries(words).filter(([, text]) => text !== undefined));
}

function debtorOf(detail: XmlElement, ownIban: string | undefined) {
  const parties = childOf(detail, 'RltdPties');
  if (parties === undefined) return {};
  const [debtor, creditor] = [partyOf(parties, 'Dbtr'), partyOf(parties, 'Cdtr')];
  const isTurned = ownIban !== undefined && debtor.debtorIban === ownIban;
  return isTurned ? creditor : { ...debtor, debtorName: debtor.debtorName ?? nameOf(parties, 'UltmtDbtr') };
}

function partyOf(parties: XmlElement, role: 'Dbtr' | 'Cdtr') {
  return {
    debtorName: nameOf(parties, role),
    debtorIban: soundIban(textOf(parties, `${role}Acct`, 'Id', 'IBAN')),
  };
}

/** `<Dbtr><Nm>` until version 07, `<Dbtr><Pty><Nm>` since 08. */
function nameOf(parties: XmlElement, role: string): string | undefined {
  return oneLine(textOf(parties, role, 'Pty', 'Nm') ?? textOf(parties, role, 'Nm'), 140);
}

function creditorReferences(detail: XmlElement | null): string[] {
  if (detail === null) return [];
  const references = childrenOf(detail, 'RmtInf', 'Strd', 'CdtrRefInf', 'Ref').map(({ text }) => givenReference(text));
  return [...new Set(references.filter((reference) => reference !== undefined))];
}

/** The numbers of invoices and further references first, then what was written freely; the bank's own words only failing these. */
function remittanceOf(entry: XmlElement, detail: XmlElement | null, references: readonly string[]): string | undefined {
  const written = (...path: string[]) => (detail === null ? [] : childrenOf(detail, ...path).map(({ text }) => text));
  const told = [
    ...written('RmtInf', 'Strd', 'RfrdDocInf', 'Nb'),
    ...references,
    ...written('RmtInf', 'Ustrd'),
    ...written('RmtInf', 'Strd', 'AddtlRmtInf'),
  ];
  const remittance = severalLines(told, 1000);
  return remittance ?? severalLines([...written('AddtlTxInf'), textOf(entry, 'AddtlNtryInf')], 1000);
}

function accountOf(entry: XmlElement): string | undefined {
  return entry.parent === null ? undefined : soundIban(textOf(entry.parent, 'Acct', 'Id', 'IBAN'));
}
