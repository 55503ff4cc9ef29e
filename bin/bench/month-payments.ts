import { compareByDueDate, type IncomingPayment, type OpenInvoice } from '../../lib/domain/matching/open-invoice.ts';
import type { Dice } from './dice.ts';
import { writeNumbers, writeRemittance } from './remittance-noise.ts';

/** A payment with the truth about it: what each invoice should take. Nothing for money that is for none of them. */
export interface TruePayment {
  readonly payment: IncomingPayment;
  readonly noise: string;
  readonly truth: readonly { readonly invoiceId: string; readonly amountMinor: number }[];
}

/** Who pays. `isKnown`: something was paid from the account before. */
export interface Debtor {
  readonly customerId: string;
  readonly name: string;
  readonly iban: string;
  readonly isKnown: boolean;
}

const VALUE_ON = '2026-11-16';

const SUBSCRIPTIONS_MINOR = [4900, 9900, 19900, 49900, 120000];

interface Market {
  readonly debtors: readonly Debtor[];
  readonly invoices: readonly OpenInvoice[];
  readonly dice: Dice;
}

/**
 * Pays invoices by the month's habits until there are as many payments as asked for.
 *
 * Money about which nothing at all tells whose it is stays out: somebody paying for another, or twice, without a
 * word. A payment whose words are lost may still be of a wrong amount.
 */
export function payAll(count: number, { debtors, invoices, dice }: Market): TruePayment[] {
  const unpaid = Map.groupBy(invoices, ({ customerId }) => customerId);
  const settled: OpenInvoice[] = [];
  const payments: TruePayment[] = [];
  while (payments.length < count) {
    const debtor = dice.of(debtors);
    const kind = dice();
    const settledBefore = settled.length > 0 ? dice.of(settled) : null;
    if (kind < 0.01 && settledBefore) {
      payments.push(payTwice(settledBefore, debtors, dice));
      continue;
    }
    const own = unpaid.get(debtor.customerId) ?? [];
    const chosen = takeSome(own, dice);
    if (chosen.length === 0) continue;
    if (kind < 0.03) {
      payments.push(payUnknown(chosen, debtor, dice));
      continue;
    }
    const paid = pay(chosen, { debtor, invoices, debtors, dice });
    payments.push(paid);
    unpaid.set(
      debtor.customerId,
      own.filter((invoice) => !paid.truth.some(({ invoiceId }) => invoiceId === invoice.invoiceId)),
    );
    settled.push(
      ...chosen.filter((one) =>
        paid.truth.some((part) => part.amountMinor === one.outstandingMinor && part.invoiceId === one.invoiceId),
      ),
    );
  }
  return payments;
}

/** One invoice mostly, or several, of one currency and in order of due date. */
function takeSome(own: readonly OpenInvoice[], dice: Dice): OpenInvoice[] {
  const first = own.length > 0 ? dice.of(own) : undefined;
  const wanted = dice() < 0.75 ? 1 : 2 + Math.floor(dice() * 4);
  const others = own.filter((invoice) => invoice !== first && invoice.currency === first?.currency);
  return first ? [first, ...others.slice(0, wanted - 1)].sort(compareByDueDate) : [];
}

/** An invoice paid again; named, since nothing else could tell this money from that for another invoice of the same amount. */
function payTwice(invoice: OpenInvoice, debtors: readonly Debtor[], dice: Dice): TruePayment {
  const debtor = debtors.find(({ customerId }) => customerId === invoice.customerId) as Debtor;
  const { noise, ...words } = writeNumbers([invoice], dice);
  const amountMinor = invoice.outstandingMinor;
  return {
    noise: 'paid twice',
    truth: [],
    payment: { amountMinor, currency: invoice.currency, ...payerOf(debtor, dice), ...words },
  };
}

/** A payment of an invoice that the billing system has not registered yet, often of the amount of the one before. */
function payUnknown([first]: readonly OpenInvoice[], debtor: Debtor, dice: Dice): TruePayment {
  const invoice = first as OpenInvoice;
  const next = { ...invoice, number: invoice.number.replace(/\d{5}$/, (digits) => String(99_999 - Number(digits))) };
  const { noise, ...words } = writeRemittance([{ ...next, paymentReference: undefined }], dice);
  const isNamed = words.remittance?.includes(next.number) ?? false;
  const amountMinor = isNamed && dice() < 0.5 ? invoice.outstandingMinor : anAmountMinor(dice) + 7;
  return {
    noise: 'not registered',
    truth: [],
    payment: { amountMinor, currency: invoice.currency, ...payerOf(debtor, dice), ...words },
  };
}

function pay(
  chosen: readonly OpenInvoice[],
  { debtor, invoices, debtors, dice }: Market & { debtor: Debtor },
): TruePayment {
  const owedMinor = chosen.reduce((sum, { outstandingMinor }) => sum + outstandingMinor, 0);
  const { amountMinor, isDiscounted, fault } = anyAmount(chosen, owedMinor, dice);
  let restMinor = amountMinor;
  const truth = chosen.map((invoice) => {
    const takenMinor = isDiscounted ? lessDiscount(invoice) : Math.min(restMinor, invoice.outstandingMinor);
    restMinor -= takenMinor;
    return { invoiceId: invoice.invoiceId, amountMinor: takenMinor };
  });
  // Who pays for somebody else says for what: nobody could tell otherwise.
  const isThirdParty = dice() < 0.02;
  const { noise, ...words } = isThirdParty ? writeNumbers(chosen, dice) : writeRemittance(chosen, dice, invoices);
  const payer = payerOf(isThirdParty ? dice.of(debtors) : debtor, dice);
  const payment = { amountMinor, currency: chosen[0]?.currency ?? 'EUR', ...payer, ...words };
  return { payment, noise: fault ? `${noise}, ${fault}` : noise, truth: truth.filter((part) => part.amountMinor > 0) };
}

function anyAmount(chosen: readonly OpenInvoice[], owedMinor: number, dice: Dice) {
  const discountedMinor = chosen.reduce((sum, invoice) => sum + lessDiscount(invoice), 0);
  if (discountedMinor < owedMinor && dice() < 0.7)
    return { amountMinor: discountedMinor, isDiscounted: true, fault: null };
  const wrongMinor = dice.of([
    ...[
      Math.floor(owedMinor / 2),
      owedMinor - 1500,
      owedMinor + 100 + Math.floor(dice() * 9900),
      owedMinor - 1,
      Math.floor(owedMinor * 0.97),
    ],
    ...[Number(String(owedMinor).replace(/(\d)(\d)/, '$2$1')), 100 * Math.floor(owedMinor / 100)],
  ]);
  const isWrong = dice() < 0.05 && wrongMinor > 0 && wrongMinor !== owedMinor;
  return { amountMinor: isWrong ? wrongMinor : owedMinor, isDiscounted: false, fault: isWrong ? 'wrong amount' : null };
}

function lessDiscount({ outstandingMinor, earlyPaymentDiscount }: OpenInvoice): number {
  const isInTime = earlyPaymentDiscount && VALUE_ON <= earlyPaymentDiscount.until;
  return isInTime ? outstandingMinor - Math.floor((outstandingMinor * 2 + 50) / 100) : outstandingMinor;
}

/** What the bank tells of the payer: a name cut, in capitals, without accents, or missing. */
function payerOf({ name, iban }: Debtor, dice: Dice) {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
  const debtorName = dice.of([
    name,
    plain,
    plain.slice(0, 27),
    plain.replace(/ (SARL|SAS|S\.A\.|EURL|GMBH)$/, ''),
    plain,
  ]);
  return { valueOn: VALUE_ON, debtorIban: iban, debtorName: dice() < 0.98 ? debtorName : undefined };
}

/** What an invoice is about: a subscription, whole euros, or any amount, small ones more often. */
export function anAmountMinor(dice: Dice): number {
  const kind = dice();
  if (kind < 0.25) return dice.of(SUBSCRIPTIONS_MINOR);
  if (kind < 0.5) return 100 * (20 + Math.floor(dice() * 3000));
  return 1000 + Math.floor(dice() ** 2 * 900_000);
}
