import { givenReference } from '../statement-text.ts';
import { textOf, type XmlElement } from './xml-element.ts';

/** Which payment of its entry a booking is. */
export interface EntryIdentity {
  /** `null` when the entry tells no payments. */
  readonly detail: XmlElement | null;
  readonly isOnly: boolean;
}

/**
 * What tells a booking from others: the bank's own reference, which is the same in the notification of the day and in the statement of the evening, else
 * all it says. `<NtryRef>` is not used: some banks count it from 1 in every file, others write the account there.
 *
 * @param content all that is said of the booking
 */
export function identityOf(
  entry: XmlElement,
  { detail, isOnly }: EntryIdentity,
  content: readonly (string | undefined)[],
): string[] {
  const reference = bankReferenceOf(entry);
  const own = detail === null ? [] : ownReferences(detail);
  if (isOnly) {
    const only = reference ?? (detail === null ? undefined : bankReferenceOf(detail));
    if (only !== undefined) return ['reference', only];
  } else if (reference !== undefined && own.length > 0) return ['reference', reference, ...own];
  return ['content', ...own, ...content.filter((text) => text !== undefined)];
}

/** The bank's own reference of an entry or of a payment in it. */
export function bankReferenceOf(element: XmlElement): string | undefined {
  return givenReference(textOf(element, 'AcctSvcrRef')) ?? givenReference(textOf(element, 'Refs', 'AcctSvcrRef'));
}

function ownReferences(detail: XmlElement): string[] {
  return ['AcctSvcrRef', 'TxId', 'InstrId', 'EndToEndId']
    .map((name) => givenReference(textOf(detail, 'Refs', name)))
    .filter((reference) => reference !== undefined);
}
