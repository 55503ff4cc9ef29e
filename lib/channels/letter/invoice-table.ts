import type { NoticeFacts, NoticeInvoice } from '../../domain/notice.ts';
import { formatAmount, formatShortDate } from '../format.ts';
import { oneLine } from '../printable.ts';
import { LETTER_LABELS } from './letter-labels.ts';
import type { LetterTable, TableRow } from './letter-table.ts';

/** The statement of the invoices, one a row, and a total for each currency when there is more than one invoice. */
export function invoiceTable({ invoices, language }: NoticeFacts): LetterTable {
  const labels = LETTER_LABELS[language];
  const isCredited = invoices.some((invoice) => invoice.totalMinor > invoice.paidMinor + invoice.outstandingMinor);
  const amounts = [labels.total, isCredited ? labels.paidOrCredited : labels.paid, labels.outstanding];
  const rows = invoices.map((invoice) => ({
    cells: [
      oneLine(invoice.number),
      formatShortDate(invoice.issuedOn, language),
      formatShortDate(invoice.dueOn, language),
      invoice.daysLate > 0 ? String(invoice.daysLate) : '–',
      ...amountsOf([invoice], language),
    ],
  }));
  return {
    columns: [
      { title: labels.number, align: 'left' },
      { title: labels.issuedOn, align: 'left' },
      { title: labels.dueOn, align: 'left' },
      ...[labels.daysLate, ...amounts].map((title) => ({ title, align: 'right' as const })),
    ],
    rows: invoices.length > 1 ? [...rows, ...totals(invoices, language)] : rows,
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

function totals(invoices: readonly NoticeInvoice[], language: NoticeFacts['language']): TableRow[] {
  return byCurrency(invoices).map((group) => ({
    cells: [LETTER_LABELS[language].sum, '', '', '', ...amountsOf(group, language)],
    isTotal: true,
  }));
}

/** Total, settled and outstanding of invoices of one currency. */
function amountsOf(group: readonly NoticeInvoice[], language: NoticeFacts['language']): string[] {
  const [first] = group;
  if (!first) return [];
  const amount = (minorOf: (invoice: NoticeInvoice) => number) => formatAmount(sumOf(group, minorOf), first, language);
  return [
    amount(({ totalMinor }) => totalMinor),
    amount(({ totalMinor, outstandingMinor }) => totalMinor - outstandingMinor),
    amount(({ outstandingMinor }) => outstandingMinor),
  ];
}
