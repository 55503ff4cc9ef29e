import type { OpenInvoice } from '../../lib/domain/matching/open-invoice.ts';
import { type Dice, throwDice } from './dice.ts';
import { anAmountMinor, type Debtor, payAll, type TruePayment } from './month-payments.ts';

/** A month of a bank account, with the open invoices at its beginning and the accounts that debtors had paid from before. */
export interface BankMonth {
  readonly invoices: readonly OpenInvoice[];
  readonly accounts: ReadonlyMap<string, readonly string[]>;
  readonly payments: readonly TruePayment[];
}

/** How large a month is, and which one. */
export interface MonthSize {
  readonly payments: number;
  readonly invoices: number;
  readonly debtors: number;
  readonly seed: number;
}

const TRADES = ['Boulangerie', 'Garage', 'Menuiserie', 'Pharmacie', 'Transports', 'Imprimerie', 'Clinique', 'Café'];
const NAMES = [
  ...['Martin', 'Lefèvre', 'Dubois', 'Müller', 'Garcia', 'Noël', 'Petit', 'Rousseau', 'Gauthier', 'Weiß', 'Rossi'],
  ...['Marin', 'Martinez', 'Dupont', 'Durand', 'Bernard', 'Château', 'Océane', 'Leroy', 'Fontaine', 'Girard'],
  ...['Lambert', 'Moreau', 'Schmidt', 'Haddad', 'Nguyen', 'Kowalski', 'Ferreira', 'Aubert', 'Picard', 'Zimmermann'],
  ...['Carpentier', 'Benoît', 'Okafor', 'Vidal', 'Charrier', 'Le Goff', 'Etcheverry', 'Roussel', 'Hébert', 'Jacquet'],
];
const TOWNS = [
  ...['Lyon', 'Lille', 'Nantes', 'Dijon', 'Tours', 'Brest', 'Metz', 'Reims', 'Caen', 'Nîmes', 'Pau', 'Albi'],
  ...['Rouen', 'Blois', 'Gap', 'Arras'],
];
const FORMS = ['SARL', 'SAS', 'S.A.', 'EURL', 'GmbH', ''];

/** Generates a month; the same size and seed give the same month. */
export function generateMonth(size: MonthSize): BankMonth {
  const dice = throwDice(size.seed);
  const debtors = Array.from({ length: size.debtors }, (_, place) => aDebtor(place, dice));
  const invoices = Array.from({ length: size.invoices }, (_, place) => {
    // Half of the debtors get most of the invoices.
    const debtor = dice.of(dice() < 0.7 ? debtors.slice(0, Math.ceil(debtors.length / 2)) : debtors);
    return anInvoice(place, debtor, dice);
  });
  const accounts = new Map<string, string[]>();
  for (const { customerId, iban, isKnown } of debtors)
    if (isKnown) accounts.set(iban, [...(accounts.get(iban) ?? []), customerId]);
  return { invoices, accounts, payments: payAll(size.payments, { debtors, invoices, dice }) };
}

function aDebtor(place: number, dice: Dice): Debtor {
  // Some pay from the account of a group, so that one account stands for several debtors.
  const isOfGroup = dice() < 0.03;
  const account = isOfGroup ? 1_000_000 + (place % 20) : place;
  return {
    customerId: `C-${place}`,
    name: `${dice.of(TRADES)} ${dice.of(NAMES)} ${dice.of(TOWNS)} ${dice.of(FORMS)}`.trim(),
    iban: `FR76${String(account).padStart(23, '0')}`,
    isKnown: isOfGroup || dice() < 0.8,
  };
}

function anInvoice(place: number, { customerId, name }: Debtor, dice: Dice): OpenInvoice {
  const serial = String(place + 1).padStart(5, '0');
  const number = dice.of([`FA-2026-${serial}`, `26-10-${serial}`, `701${serial}`, `INV/2026/${serial}`]);
  const day = String(1 + Math.floor(dice() * 28)).padStart(2, '0');
  return {
    ...{ invoiceId: `I-${place}`, number, customerId, customerName: name, currency: dice() < 0.98 ? 'EUR' : 'USD' },
    paymentReference: dice() < 0.5 ? creditorReference(`${place + 100000}`) : undefined,
    dueOn: `2026-${dice.of(['09', '10', '11'])}-${day}`,
    outstandingMinor: anAmountMinor(dice),
    earlyPaymentDiscount: dice() < 0.05 ? { until: dice.of(['2026-11-10', '2026-11-20']), percent: '2.0' } : undefined,
  };
}

/** ISO 11649: RF, two check digits, the reference. */
function creditorReference(reference: string): string {
  const check = 98n - (BigInt(`${reference}271500`) % 97n);
  return `RF${String(check).padStart(2, '0')}${reference}`;
}
