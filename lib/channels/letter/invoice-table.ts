import type { NoticeFacts, NoticeInvoice } from '../../domain/notice.ts';
import { formatAmount, formatShortDate } from '../format.ts';
import { creditedMinor } from '../invoice-view.ts';
import { oneLine } from '../printable.ts';
import { LETTER_LABELS } from './letter-labels.ts';
import type { LetterTable, TableRow } from './letter-table.ts';

/** The statement of the invoices, one a row, and a total for each currency when there is more than one invoice. */
export function invoiceTable({ invoices, language }: NoticeFacts): LetterTable {
  const labels = LETTER_LABELS[language];
  const isCredited = invoices.some((invoice) => creditedMinor(invoice) > 0);
  const isDisputed = invoices.some(({ disputedMinor }) => disputedMinor > 0);
  const settled = isCredited ? labels.paidOrCredited : labels.paid;
  const amounts = [labels.total, settled, ...(isDisputed ? [labels.disputed] : []), labels.outstanding];
  const amountsOf = (group: readonly NoticeInvoice[]) => amountCells(group, { language, isDisputed });
  const rows = invoices.map((invoice) => ({
    cells: [
      oneLine(invoice.number),
      formatShortDate(invoice.issuedOn, language),
      formatShortDate(invoice.dueOn, language),
      invoice.daysLate > 0 ? String(invoice.daysLate) : '–',
      ...amountsOf([invoice]),
    ],
  }));
  return {
    columns: [
      { title: labels.number, align: 'left' },
      { title: labels.issuedOn, align: 'left' },
      { title: labels.dueOn, align: 'left' },
      ...[labels.daysLate, ...amounts].map((title) => ({ title, align: 'right' as const })),
    ],
    rows: invoices.length > 1 ? [...rows, ...totals(invoices, language, amountsOf)] : rows,
  };
}

/** The invoices by currency, in the order the currencies first appear. Amounts are never added across currencies. */
export function byCurrency(invoices: readonly NoticeInvoice[]): readonly (readonly NoticeInvoice[])[] {
  const currencies = [...new Set(invoices.map(({ currency }) => currency))];
  return currencies.map((currency) => invoices.filter((invoice) => invoice.currency === currency));
}

/** The sum of an amount over invoices of one currency, in minor units. */
export function sumOf(group: readonly NoticeInvoice[], minorOf: (invoice: NoticeInvoice) => number): number {
  return group.reduce((sum, invoice) => sum + minorOf(invoice), 0);
}

function totals(
  invoices: readonly NoticeInvoice[],
  language: NoticeFacts['language'],
  amountsOf: (group: readonly NoticeInvoice[]) => string[],
): TableRow[] {
  return byCurrency(invoices).map((group) => ({
    cells: [LETTER_LABELS[language].sum, '', '', '', ...amountsOf(group)],
    isTotal: true,
  }));
}

/** Total, settled, contested where anything is, and outstanding of invoices of one currency. */
function amountCells(
  group: readonly NoticeInvoice[],
  { language, isDisputed }: { language: NoticeFacts['language']; isDisputed: boolean },
): string[] {
  const [first] = group;
  if (!first) return [];
  const amount = (minorOf: (invoice: NoticeInvoice) => number) => formatAmount(sumOf(group, minorOf), first, language);
  return [
    amount(({ totalMinor }) => totalMinor),
    amount((invoice) => invoice.paidMinor + creditedMinor(invoice)),
    ...(isDisputed ? [amount(({ disputedMinor }) => disputedMinor)] : []),
    amount(({ outstandingMinor }) => outstandingMinor),
  ];
}
