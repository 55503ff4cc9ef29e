import type { IncomingPayment, OpenInvoice } from '../../lib/domain/matching/open-invoice.ts';
import type { Dice } from './dice.ts';

type Words = Pick<IncomingPayment, 'remittance' | 'endToEndId' | 'structuredReference'>;

/** The numbers of invoices as a payer types them, whole. */
export function writeNumbers(invoices: readonly OpenInvoice[], dice: Dice): Words & { noise: string } {
  return { noise: 'numbers', remittance: `${dice.of(OPENINGS)} ${listNumbers(invoices, dice)}`.trim() };
}

/** What a payer writes about invoices, and what becomes of it on the way: how it is noisy, and the fields that arrive. */
export function writeRemittance(
  invoices: readonly OpenInvoice[],
  dice: Dice,
  all: readonly OpenInvoice[] = invoices,
): Words & { noise: string } {
  const endToEndId = dice.of(['NOTPROVIDED', undefined, `E2E${Math.floor(dice() * 1e9)}`, undefined]);
  const [first] = invoices;
  const reference = first?.paymentReference;
  const kind = dice();
  if (invoices.length === 1 && reference && kind < 0.45) return { ...writeReference(reference, dice), endToEndId };
  const text = writeNumbers(invoices, dice).remittance ?? '';
  if (kind < 0.7) return { noise: 'numbers', remittance: text, endToEndId };
  if (kind < 0.8) return { noise: 'other numbers', remittance: withOtherNumbers(text, dice, all), endToEndId };
  if (kind < 0.86) return { noise: 'cut off', remittance: text.slice(0, dice.of([18, 24, 35])), endToEndId };
  if (kind < 0.88) return { noise: 'mistyped', remittance: mistype(text, dice), endToEndId };
  if (kind < 0.9) return { noise: 'in the end-to-end id', remittance: undefined, endToEndId: first?.number };
  return {
    noise: 'no words',
    remittance: dice.of([undefined, '', 'VIREMENT SEPA', 'Merci', 'SOLDE NOVEMBRE']),
    endToEndId,
  };
}

const OPENINGS = [
  '',
  'FACTURE',
  'Facture n°',
  'FACT',
  'RGLT FACTURES',
  'VIR SEPA RE',
  'Paiement facture',
  '/INV/',
  'Rechnung Nr.',
];

function writeReference(reference: string, dice: Dice): Words & { noise: string } {
  const grouped = reference.match(/.{1,4}/g)?.join(' ') ?? reference;
  const cut = reference.slice(0, dice.of([6, 8]));
  if (dice() < 0.4) return { noise: 'structured reference', structuredReference: reference };
  if (dice() < 0.1) return { noise: 'cut reference', remittance: `REF ${cut}` };
  return {
    noise: 'reference in the text',
    remittance: dice.of([reference, grouped, `REF ${grouped} MERCI`, reference.toLowerCase()]),
  };
}

/** The numbers as payers type them: other separators, none, a space too many; several of them in one line, sometimes the later ones without what they have in common. */
function listNumbers(invoices: readonly OpenInvoice[], dice: Dice): string {
  const separator = dice.of([' ', ', ', ' + ', ' et ', '; ', ' / ']);
  const style = dice();
  const isShort = invoices.length > 1 && dice() < 0.05;
  return invoices
    .map(({ number }, place) => {
      if (isShort && place > 0) return number.slice(-5);
      if (style < 0.5) return number;
      if (style < 0.65) return number.replaceAll(/[-/]/g, ' ');
      if (style < 0.75) return number.replaceAll(/[-/]/g, '.');
      if (style < 0.85) return number.replaceAll(/[-/]/g, '');
      if (style < 0.95) return number.toLowerCase().replaceAll('-', '/');
      return number.replace(/(\d{3})(\d{2})$/, '$1 $2');
    })
    .join(separator);
}

/** Orders, customers, days, amounts and telephone numbers around it, some written like invoice numbers, a few being another's. */
function withOtherNumbers(text: string, dice: Dice, all: readonly OpenInvoice[]): string {
  const other = () =>
    dice.of([
      `CDE ${701_00000 + Math.floor(dice() * 99_999)}`,
      `CLIENT C${Math.floor(dice() * 3000)}`,
      `BL 26-${Math.floor(dice() * 99_999)}`,
      'DU 12/11/2026',
      'MONTANT 1.234,56 EUR',
      'TEL 01 42 65 12 09',
      `SIRET ${Math.floor(dice() * 1e14)}`,
      `COMMANDE ${dice.of(all).number}`,
      '2026',
      'LOT 42',
    ]);
  const [before, after] = [other(), dice() < 0.5 ? other() : ''];
  return dice.of([`${before} ${text} ${after}`, `${text} ${before} ${after}`]).trim();
}

/** One digit wrong, or two the wrong way round. */
function mistype(text: string, dice: Dice): string {
  const places = [...text.matchAll(/\d/g)].map(({ index }) => index);
  const place = dice.of(places);
  const digit = String((Number(text[place]) + 1 + Math.floor(dice() * 9)) % 10);
  const swapped = text.replace(/(\d)(\d)(?=\D*$)/, '$2$1');
  return dice() < 0.5 ? `${text.slice(0, place)}${digit}${text.slice(place + 1)}` : swapped;
}
