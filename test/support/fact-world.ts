import fc from 'fast-check';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { addCalendarDays } from '../../lib/domain/calendar/business-day.ts';
import { isOwed, outstandingMinor } from '../../lib/domain/dunning-case.ts';
import { POLICIES } from '../../lib/generated/policies.ts';
import { MemoryLedger } from '../../lib/ledger/memory-ledger.ts';
import { aCredit, aReachableCustomer } from './builders.ts';
import { CaseCommands } from './case-commands.ts';
import { Desk } from './desk.ts';

/** The invoices of the debtor: one with a discount for early payment, one large, one small. */
export const INVOICES = ['INV-2026-0042', 'INV-B', 'INV-Z'] as const;

/** A fact about one debtor, and how it is told. Amounts are minor units, whole tens of euros, so that no rest is too small to be chased. */
export type Fact =
  | { readonly fact: 'days'; readonly days: number }
  | { readonly fact: 'credit'; readonly key: number; readonly invoice: number; readonly amountMinor: number }
  | { readonly fact: 'credit-note'; readonly key: number; readonly invoice: number; readonly amountMinor: number }
  | { readonly fact: 'return'; readonly of: number; readonly share: number }
  | { readonly fact: 'batch' | 'both-tell'; readonly key: number; readonly invoice: number }
  | { readonly fact: 'unnamed-return'; readonly of: number }
  | { readonly fact: 'promise' | 'due-date' | 'block' | 'plan'; readonly invoice: number; readonly days: number }
  | { readonly fact: 'dispute' | 'resolution'; readonly invoice: number; readonly choice: number }
  | { readonly fact: 'unblock' | 'write-off'; readonly invoice: number }
  | { readonly fact: 'bounce'; readonly departure: number };

const invoice = fc.nat({ max: INVOICES.length - 1 });
const amountMinor = fc.oneof(
  fc.integer({ min: 1, max: 60 }).map((tens) => tens * 1000),
  fc.constantFrom(120_000, 117_600, 600_000, 70_000),
);
const key = fc.integer({ min: 1, max: 4 });

const money: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({ fact: fc.constant('return' as const), of: fc.nat({ max: 5 }), share: fc.constantFrom(1, 1, 2) }),
  { weight: 3, arbitrary: fc.record({ fact: fc.constant('credit' as const), key, invoice, amountMinor }) },
  fc.record({ fact: fc.constant('credit-note' as const), key, invoice, amountMinor }),
  fc.record({ fact: fc.constantFrom('batch' as const, 'both-tell' as const), key, invoice }),
  fc.record({ fact: fc.constant('unnamed-return' as const), of: fc.nat({ max: 5 }) }),
);

const word: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({
    fact: fc.constantFrom('promise' as const, 'due-date' as const, 'block' as const, 'plan' as const),
    invoice,
    days: fc.integer({ min: 1, max: 40 }),
  }),
  fc.record({
    fact: fc.constantFrom('dispute' as const, 'resolution' as const),
    invoice,
    choice: fc.nat({ max: 2 }),
  }),
  fc.record({ fact: fc.constantFrom('unblock' as const, 'write-off' as const), invoice }),
  fc.record({ fact: fc.constant('bounce' as const), departure: fc.nat({ max: 20 }) }),
);

/** One thing that happens, be it only that days pass. */
export const anything: fc.Arbitrary<Fact> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ fact: fc.constant('days' as const), days: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 4, arbitrary: money },
  { weight: 2, arbitrary: word },
);

/** What happens to one debtor, one thing after the other, and under which order of allocation. */
export interface FactStory {
  readonly allocationOrder: 'principal-first' | 'interest-first';
  readonly facts: readonly Fact[];
}

/** Stories of facts and deliveries, whose days begin before the first invoice is due. */
export const factStory: fc.Arbitrary<FactStory> = fc.record({
  allocationOrder: fc.constantFrom('principal-first', 'interest-first'),
  facts: fc.array(anything, { minLength: 1, maxLength: 10, size: 'max' }),
});

/** The debtor with three invoices, before anything happens. */
export async function newDebtor({ allocationOrder }: Pick<FactStory, 'allocationOrder'>): Promise<Desk> {
  const desk = new Desk(
    new MemoryLedger(),
    POLICIES.map((policy) => ({ ...policy, allocationOrder })),
  );
  const discount = { until: '2026-01-20', percent: '2.0' };
  await desk.register({ customer: aReachableCustomer() });
  await desk.registerSibling('INV-B', { totalMinor: 600_000, earlyPaymentDiscount: discount });
  await desk.registerSibling('INV-Z', { dueOn: '2026-02-03', totalMinor: 70_000 });
  desk.now = '2026-01-12T08:00:00.000Z';
  return desk;
}

/** What the bank has told of so far: the payments that may be taken back. */
interface Told {
  readonly desk: Desk;
  readonly credits: { readonly transactionId: string; readonly amountMinor: number; readonly remittance: string }[];
}

/** Facts that carry an id of their own, so that they may be told twice. */
const IDENTIFIED: readonly Fact['fact'][] = [
  ...(['credit', 'credit-note', 'return', 'batch', 'both-tell', 'unnamed-return', 'bounce'] as const),
];

/** Lets a story happen. Gives back how each of its facts that has an id is told again. */
export async function live(desk: Desk, facts: readonly Fact[]): Promise<() => Promise<void>> {
  const told: Told = { desk, credits: [] };
  const retellings: (() => Promise<unknown>)[] = [];
  for (const fact of facts) {
    const telling = await tellingOf(told, fact);
    await telling();
    if (IDENTIFIED.includes(fact.fact)) retellings.push(telling);
  }
  return async () => {
    for (const retell of retellings) await retell();
  };
}

/** A fact as it would be told at this moment; told again later, it is the very same one. */
async function tellingOf(told: Told, fact: Fact): Promise<() => Promise<unknown>> {
  const { desk } = told;
  const on = desk.now.slice(0, 10);
  switch (fact.fact) {
    case 'days': {
      const until = `${addCalendarDays(on, fact.days)}T08:00:00.000Z`;
      return () => desk.runUntil(until);
    }
    case 'credit':
      return creditOf(told, fact, on);
    case 'return':
      return returnOf(told, fact, on);
    case 'unnamed-return':
      return unnamedReturnOf(told, fact, on);
    case 'batch':
      return batchOf(told, fact, on);
    case 'both-tell':
      return toldByBoth(told, fact, on);
    case 'bounce': {
      const emails = desk.departures.filter(({ channel }) => channel === 'email');
      const departure = emails[fact.departure % Math.max(1, emails.length)];
      return async () => departure && desk.deliver(departure, { event: 'bounce', recipients: departure.to });
    }
    default:
      return saidOf(desk, fact, on);
  }
}

function creditOf({ desk, credits }: Told, fact: Extract<Fact, { fact: 'credit' }>, on: string) {
  const { key: number, amountMinor: amount } = fact;
  const invoiceId = INVOICES[fact.invoice]!;
  const remittance = `FACTURE ${invoiceId === 'INV-2026-0042' ? '2026-0042' : invoiceId}`;
  // A bank gives an id once: what comes under it later is another transaction.
  const transactionId = `BK-${number}-${fact.invoice}-${amount}`;
  const cash = aCredit({
    ...{ transactionId, amountMinor: amount, remittance },
    ...{ bookedOn: on, valueOn: on, receivedAt: desk.now },
  });
  credits.push({ transactionId, amountMinor: amount, remittance });
  return () => applyPayment(desk.planning, cash);
}

/** One payment of exactly what all of them owe, the cost of delay left aside, which names them all. */
async function batchOf({ desk, credits }: Told, { key: number }: Extract<Fact, { key: number }>, on: string) {
  const files = await Promise.all(INVOICES.map(async (invoiceId) => (await desk.ledger.loadCaseFile(invoiceId))!));
  const owed = files.filter(({ dunningCase }) => isOwed(dunningCase)).map(({ dunningCase }) => dunningCase);
  const amountMinor = owed.reduce((sum, dunningCase) => sum + outstandingMinor(dunningCase), 0) || 1000;
  const remittance = `FACTURES ${owed.map(({ invoice }) => invoice.number).join(' ')}`;
  const transactionId = `BATCH-${number}-${on}-${amountMinor}`;
  credits.push({ transactionId, amountMinor, remittance });
  const dates = { bookedOn: on, valueOn: on, receivedAt: desk.now };
  return () => applyPayment(desk.planning, aCredit({ transactionId, amountMinor, remittance, ...dates }));
}

/** One payment of what an invoice owes, told by the webhook and by a statement at the same moment, each under an id of its own. */
async function toldByBoth(
  { desk, credits }: Told,
  { key: number, invoice }: Extract<Fact, { fact: 'batch' | 'both-tell' }>,
  on: string,
) {
  const { dunningCase } = (await desk.ledger.loadCaseFile(INVOICES[invoice]!))!;
  const amountMinor = outstandingMinor(dunningCase) || 1000;
  const remittance = dunningCase.invoice.number;
  const cash = { amountMinor, remittance, bookedOn: on, valueOn: on, receivedAt: desk.now };
  const ids = ['W', 'S'].map((letter) => `${letter}-${number}-${invoice}-${on}-${amountMinor}`);
  credits.push(...ids.map((transactionId) => ({ transactionId, amountMinor, remittance })));
  const tell = (transactionId: string, source: 'event' | 'statement') =>
    applyPayment(desk.planning, aCredit({ ...cash, transactionId, source }));
  return () => Promise.all([tell(ids[0]!, 'event'), tell(ids[1]!, 'statement')]);
}

/** A statement tells that a payment was taken back, by its words only. */
function unnamedReturnOf({ desk, credits }: Told, { of }: Extract<Fact, { fact: 'unnamed-return' }>, on: string) {
  const { amountMinor, remittance } = credits[of] ?? { amountMinor: 10_000, remittance: 'FACTURE 2026-0042' };
  const back = aCredit({
    ...{ transactionId: `SR-${of}-${on}-${amountMinor}`, kind: 'return', source: 'statement', amountMinor },
    ...{ remittance: `RETOUR ${remittance}`, bookedOn: on, valueOn: on, receivedAt: desk.now },
  });
  return () => applyPayment(desk.planning, back);
}

/** A payment is taken back, or half of it; one return in six names a payment that nobody knows. */
function returnOf({ desk, credits }: Told, { of, share }: Extract<Fact, { fact: 'return' }>, on: string) {
  const credit = credits[of] ?? { transactionId: `BK-${of}`, amountMinor: 10_000 };
  // A batch may be of an odd amount.
  const amountMinor = Math.ceil(credit.amountMinor / share);
  const back = aCredit({
    ...{ transactionId: `RT-${credit.transactionId}-${amountMinor}`, kind: 'return' },
    ...{ returnsTransactionId: credit.transactionId, amountMinor, bookedOn: on, valueOn: on, receivedAt: desk.now },
  });
  return () => applyPayment(desk.planning, back);
}

type SaidFact = Exclude<
  Fact,
  { fact: 'days' | 'credit' | 'return' | 'unnamed-return' | 'batch' | 'both-tell' | 'bounce' }
>;

function saidOf(desk: Desk, fact: SaidFact, today: string): () => Promise<unknown> {
  const commands = new CaseCommands(desk);
  const invoiceId = INVOICES[fact.invoice]!;
  const inDays = (days: number) => addCalendarDays(today, days);
  switch (fact.fact) {
    case 'credit-note': {
      const creditNoteId = `CN-${fact.key}-${fact.amountMinor}`;
      return () => commands.credit(fact.amountMinor, { invoiceId, creditNoteId });
    }
    case 'promise':
      return () => commands.promise(inDays(fact.days), undefined, { invoiceId });
    case 'due-date':
      return () => commands.moveDueDate(inDays(fact.days), { invoiceId });
    case 'block':
      return () => commands.block(inDays(fact.days), { invoiceId });
    case 'plan':
      return () => commands.plan([today, inDays(fact.days), inDays(fact.days + 30)], { invoiceId });
    case 'dispute':
      return () => commands.dispute(fact.choice === 0 ? undefined : 10_000 * fact.choice, { invoiceId });
    case 'resolution': {
      const outcome = (['upheld', 'rejected', 'settled'] as const)[fact.choice]!;
      return () => commands.resolve(outcome, { invoiceId });
    }
    case 'unblock':
      return () => commands.unblock({ invoiceId });
    case 'write-off':
      return () => commands.writeOff({ invoiceId });
  }
}
