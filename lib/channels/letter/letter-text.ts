import type { NoticeFacts } from '../../domain/notice.ts';
import { oneLine } from '../printable.ts';
import { type ChargesTables, chargesTables } from './charges-table.ts';
import { invoiceTable } from './invoice-table.ts';
import { LETTER_LABELS } from './letter-labels.ts';
import { tableText } from './letter-table.ts';
import { paymentRequest } from './payment-request.ts';
import type { Wording, WordingBlock } from './wording.ts';

/** The wording of a letter as plain text, its tables as lines: for the history and for whoever posts it. */
export function letterText({ blocks }: Wording, facts: NoticeFacts): string {
  const charges = chargesTables(facts);
  const annex = charges?.isAnnexed ? [`${LETTER_LABELS[facts.language].annex}\n\n${tableText(charges.detail)}`] : [];
  const parts = blocks.map((block, index) => {
    const isFurtherItem = block.kind === 'item' && blocks[index - 1]?.kind === 'item';
    return { text: blockText(block, facts, charges), before: isFurtherItem ? '\n' : '\n\n' };
  });
  const said = parts.filter(({ text }) => text !== '').map(({ text, before }) => `${before}${text}`);
  return `${[said.join(''), ...annex].join('\n\n').trim()}\n`;
}

function blockText(block: WordingBlock, facts: NoticeFacts, charges: ChargesTables | null): string {
  switch (block.kind) {
    case 'paragraph':
      return block.text;
    case 'item':
      return `- ${block.text}`;
    case 'invoices':
      return tableText(invoiceTable(facts));
    case 'charges':
      return charges === null ? '' : chargesText(charges);
    case 'payment':
      return paymentRequest(facts)
        .lines.map(({ label, value }) => `${label}: ${value}`)
        .join('\n');
    case 'signature':
      return [facts.creditor.signatory.name, facts.creditor.signatory.title].map(oneLine).join('\n');
  }
}

function chargesText({ detail, summary, isAnnexed }: ChargesTables): string {
  const shown = isAnnexed || detail.rows.length === 0 ? [summary] : [detail, summary];
  return shown.map(tableText).join('\n\n');
}
