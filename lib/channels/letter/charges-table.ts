import type { Language } from '../../domain/customer.ts';
import type { NoticeFacts, NoticeInvoice } from '../../domain/notice.ts';
import { formatAmount, formatRate, formatShortDate } from '../format.ts';
import { invoicesToPay, owedMinor } from '../payment-demand.ts';
import { oneLine } from '../printable.ts';
import { byCurrency, sumOf } from './invoice-table.ts';
import { LETTER_LABELS } from './letter-labels.ts';
import type { LetterTable, TableRow } from './letter-table.ts';

/** More lines of interest than this go to an annex, so that the letter itself stays short. */
const LINES_BESIDE_TEXT_MAX = 6;

/** What is claimed on top of the principal: how much in all, and how the interest was worked out. */
export interface ChargesTables {
  readonly summary: LetterTable;
  readonly detail: LetterTable;
  /** Whether the detail is too long to stand in the middle of the letter. */
  readonly isAnnexed: boolean;
}

/** The tables of the charges of what is to be paid now, or `null` when the letter claims none. */
export function chargesTables(facts: NoticeFacts): ChargesTables | null {
  const { language } = facts;
  const invoices = invoicesToPay(facts);
  if (sumOf(invoices, chargesMinor) === 0) return null;
  const rows = invoices.flatMap((invoice) => interestRows(invoice, language));
  return {
    summary: {
      columns: [
        { title: '', align: 'left' },
        { title: '', align: 'right' },
      ],
      rows: byCurrency(invoices).flatMap((group) => summaryRows(group, language)),
    },
    detail: { columns: detailColumns(language), rows },
    isAnnexed: rows.length > LINES_BESIDE_TEXT_MAX,
  };
}

function chargesMinor({ charges }: NoticeInvoice): number {
  return charges ? charges.interestMinor + charges.compensationMinor : 0;
}

function summaryRows(group: readonly NoticeInvoice[], language: Language): TableRow[] {
  const [first] = group;
  if (!first) return [];
  const labels = LETTER_LABELS[language];
  const row = (label: string, amountMinor: number) => ({ cells: [label, formatAmount(amountMinor, first, language)] });
  const principalMinor = sumOf(group, ({ outstandingMinor }) => outstandingMinor);
  const interestMinor = sumOf(group, ({ charges }) => charges?.interestMinor ?? 0);
  const compensationMinor = sumOf(group, ({ charges }) => charges?.compensationMinor ?? 0);
  return [
    row(labels.principal, principalMinor),
    ...(interestMinor > 0 ? [row(labels.interest, interestMinor)] : []),
    ...(compensationMinor > 0 ? [row(labels.compensation, compensationMinor)] : []),
    { ...row(labels.totalDue, sumOf(group, owedMinor)), isTotal: true },
  ];
}

function detailColumns(language: Language): LetterTable['columns'] {
  const { number, from, to, days, base, rate, interest } = LETTER_LABELS[language];
  return [
    ...[number, from, to].map((title) => ({ title, align: 'left' as const })),
    ...[days, base, rate, interest].map((title) => ({ title, align: 'right' as const })),
  ];
}

function interestRows(invoice: NoticeInvoice, language: Language): TableRow[] {
  const { lines = [], interestPaidMinor = 0 } = invoice.charges ?? {};
  const rows = lines.map((line) => ({
    cells: [
      oneLine(invoice.number),
      formatShortDate(line.from, language),
      formatShortDate(line.to, language),
      String(line.days),
      formatAmount(line.baseMinor, invoice, language),
      formatRate(line.annualRatePercent, language),
      formatAmount(line.amountMinor, invoice, language),
    ],
  }));
  if (interestPaidMinor === 0) return rows;
  const paid = `−${formatAmount(interestPaidMinor, invoice, language)}`;
  return [...rows, { cells: [oneLine(invoice.number), LETTER_LABELS[language].paid, '', '', '', '', paid] }];
}
