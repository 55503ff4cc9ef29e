import { statementDate } from '../statement-date.ts';
import { textOf, type XmlElement } from './xml-element.ts';

/**
 * The bank's calendar day an element says, in its `<Dt>`, its `<DtTm>`, or itself; `null` when it says none that exists. The time of day and the zone do not
 * move the day: they are the bank's own.
 */
export function dateOf(element: XmlElement | undefined): string | null {
  if (element === undefined) return null;
  const text = textOf(element, 'Dt') ?? textOf(element, 'DtTm') ?? element.text.trim();
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)(?:[TZ+-].*)?$/.exec(text) ?? [];
  return statementDate(year, month, day);
}
