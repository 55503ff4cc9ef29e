import type { Language } from '../../domain/customer.ts';

/** The words of a letter that no template writes: those of its tables, of its payment box and around it. */
export interface LetterLabels {
  readonly registered: string;
  readonly attention: string;
  readonly object: string;
  readonly page: string;
  readonly phone: string;
  readonly email: string;
  readonly number: string;
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly daysLate: string;
  readonly total: string;
  readonly paid: string;
  /** Above the column of what is no longer owed, when credit notes are in it. */
  readonly paidOrCredited: string;
  readonly disputed: string;
  readonly outstanding: string;
  readonly sum: string;
  readonly principal: string;
  readonly interest: string;
  readonly compensation: string;
  readonly totalDue: string;
  readonly annex: string;
  readonly from: string;
  readonly to: string;
  readonly days: string;
  readonly base: string;
  readonly rate: string;
  readonly payTo: string;
  readonly reference: string;
  readonly amount: string;
  readonly scan: string;
  readonly privacy: string;
}

/** The labels in every language. French has a no-break space before its colons. */
export const LETTER_LABELS: Readonly<Record<Language, LetterLabels>> = {
  fr: {
    registered: 'Lettre recommandée avec accusé de réception',
    attention: 'À l’attention de',
    object: 'Objet\u00A0:',
    page: 'Page',
    phone: 'Tél.',
    email: 'Courriel\u00A0:',
    number: 'Facture',
    issuedOn: 'Date',
    dueOn: 'Échéance',
    daysLate: 'Jours de retard',
    total: 'Montant TTC',
    paid: 'Déjà réglé',
    paidOrCredited: 'Réglé ou avoir',
    disputed: 'Contesté',
    outstanding: 'Reste dû',
    sum: 'Total',
    principal: 'Principal échu restant dû',
    interest: 'Intérêts de retard',
    compensation: 'Indemnité forfaitaire pour frais de recouvrement',
    totalDue: 'Total à régler',
    annex: 'Annexe\u00A0: décompte des intérêts de retard',
    from: 'Du',
    to: 'Au',
    days: 'Jours',
    base: 'Base',
    rate: 'Taux annuel',
    payTo: 'Bénéficiaire',
    reference: 'Référence à indiquer',
    amount: 'Montant',
    scan: 'Le code à droite remplit le virement dans votre application bancaire.',
    privacy: 'Vos données et vos droits\u00A0:',
  },
  en: {
    registered: 'Registered letter with acknowledgement of receipt',
    attention: 'For the attention of',
    object: 'Subject:',
    page: 'Page',
    phone: 'Tel.',
    email: 'Email:',
    number: 'Invoice',
    issuedOn: 'Date',
    dueOn: 'Due date',
    daysLate: 'Days overdue',
    total: 'Amount incl. VAT',
    paid: 'Already paid',
    paidOrCredited: 'Paid or credited',
    disputed: 'Disputed',
    outstanding: 'Outstanding',
    sum: 'Total',
    principal: 'Principal due and outstanding',
    interest: 'Late-payment interest',
    compensation: 'Fixed compensation for recovery costs',
    totalDue: 'Total payable',
    annex: 'Annex: calculation of late-payment interest',
    from: 'From',
    to: 'To',
    days: 'Days',
    base: 'Base',
    rate: 'Annual rate',
    payTo: 'Payee',
    reference: 'Reference to quote',
    amount: 'Amount',
    scan: 'The code on the right fills in the transfer in your banking app.',
    privacy: 'Your data and your rights:',
  },
  de: {
    registered: 'Einschreiben mit Rückschein',
    attention: 'z. Hd.',
    object: 'Betreff:',
    page: 'Seite',
    phone: 'Tel.',
    email: 'E-Mail:',
    number: 'Rechnung',
    issuedOn: 'Datum',
    dueOn: 'Fällig am',
    daysLate: 'Tage im Verzug',
    total: 'Bruttobetrag',
    paid: 'Bereits gezahlt',
    paidOrCredited: 'Gezahlt oder gutgeschrieben',
    disputed: 'Bestritten',
    outstanding: 'Offen',
    sum: 'Summe',
    principal: 'Fällige Hauptforderung',
    interest: 'Verzugszinsen',
    compensation: 'Verzugspauschale',
    totalDue: 'Zu zahlender Gesamtbetrag',
    annex: 'Anlage: Berechnung der Verzugszinsen',
    from: 'Von',
    to: 'Bis',
    days: 'Tage',
    base: 'Betrag',
    rate: 'Jahreszins',
    payTo: 'Empfänger',
    reference: 'Verwendungszweck',
    amount: 'Betrag',
    scan: 'Der Code rechts füllt die Überweisung in Ihrer Banking-App aus.',
    privacy: 'Ihre Daten und Ihre Rechte:',
  },
};
