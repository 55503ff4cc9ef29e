import type { Language } from '../domain/customer.ts';
import type { NoticeFacts } from '../domain/notice.ts';
import { formatAmount, formatDate } from './format.ts';

/**
 * The variables of a written confirmation: what the debtor said and when; `null` where nothing was said, and everywhere in a notice. `confirmedPromisedOn` is the
 * date a payment was promised for, or that of a payment which was said to have been made.
 */
export interface ConfirmationView {
  readonly isPromise: boolean;
  readonly isPaidClaimed: boolean;
  readonly isDispute: boolean;
  readonly isBlock: boolean;
  readonly isCashDifficulty: boolean;
  readonly isRefusal: boolean;
  readonly confirmedOn: string | null;
  readonly confirmedPromisedOn: string | null;
  readonly confirmedAmount: string | null;
  readonly confirmedCategory: string | null;
  /** The parts of a plan that it speaks of, earliest first. */
  readonly instalments: readonly { readonly dueOn: string; readonly amount: string }[];
}

/** The variables of the confirmation that these facts make, if they make one. Amounts are of the first invoice. */
export function confirmationView({ confirms, instalments, invoices, language }: NoticeFacts): ConfirmationView {
  const dateOrNull = (date: string | null | undefined) => (date ? formatDate(date, language) : null);
  const amountMinor = confirms?.amountMinor ?? null;
  return {
    isPromise: confirms?.result === 'promise',
    isPaidClaimed: confirms?.result === 'paid-claimed',
    isDispute: confirms?.result === 'dispute',
    isBlock: confirms?.result === 'administrative-block',
    isCashDifficulty: confirms?.result === 'cash-difficulty',
    isRefusal: confirms?.result === 'refusal',
    confirmedOn: dateOrNull(confirms?.on),
    confirmedPromisedOn: dateOrNull(confirms?.promisedOn),
    confirmedAmount: amountMinor === null ? null : formatAmount(amountMinor, invoices[0], language),
    confirmedCategory: CATEGORIES[confirms?.category ?? '']?.[language] ?? null,
    instalments: instalments.map((instalment) => ({
      dueOn: formatDate(instalment.dueOn, language),
      amount: formatAmount(instalment.amountMinor, invoices[0], language),
    })),
  };
}

/**
 * The categories of a dispute and the reasons of an administrative block, as they follow a colon. What a category does not tell (`other`) is not written.
 */
const CATEGORIES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  price: { fr: 'prix facturé', en: 'price invoiced', de: 'berechneter Preis' },
  quantity: { fr: 'quantité facturée', en: 'quantity invoiced', de: 'berechnete Menge' },
  quality: { fr: 'qualité', en: 'quality', de: 'Qualität' },
  delivery: { fr: 'livraison', en: 'delivery', de: 'Lieferung' },
  duplicate: { fr: 'facture en double', en: 'duplicate invoice', de: 'doppelte Rechnung' },
  'already-paid': { fr: 'facture déjà réglée', en: 'invoice already paid', de: 'Rechnung bereits bezahlt' },
  'not-ordered': { fr: 'commande non reconnue', en: 'order not recognised', de: 'Bestellung nicht bekannt' },
  contract: { fr: 'conditions du contrat', en: 'terms of the contract', de: 'Vertragsbedingungen' },
  'missing-purchase-order': {
    fr: 'numéro de commande manquant',
    en: 'purchase order number missing',
    de: 'fehlende Bestellnummer',
  },
  'invoice-not-received': { fr: 'facture non reçue', en: 'invoice not received', de: 'Rechnung nicht erhalten' },
  'wrong-entity': {
    fr: 'facture à établir à un autre nom',
    en: 'invoice made out to the wrong entity',
    de: 'Rechnung auf falschen Empfänger ausgestellt',
  },
  'approval-pending': { fr: 'validation en attente', en: 'approval pending', de: 'Freigabe ausstehend' },
  'not-on-portal': {
    fr: 'facture absente de votre portail',
    en: 'invoice missing from your portal',
    de: 'Rechnung nicht in Ihrem Portal',
  },
};
