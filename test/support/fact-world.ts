import fc from 'fast-check';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { addCalendarDays } from '../../lib/domain/calendar/business-day.ts';
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
  | { readonly fact: 'promise' | 'due-date' | 'block'; readonly invoice: number; readonly days: number }
  | { readonly fact: 'unblock' | 'write-off'; readonly invoice: number }
  | { readonly fact: 'bounce'; readonly departure: number };

const invoice = fc.nat({ max: INVOICES.length - 1 });
const amountMinor = fc.oneof(
  fc.integer({ min: 1, max: 60 }).map((tens) => tens * 1000),
  fc.constantFrom(120_000, 117_600, 600_000, 70_000),
);
const key = fc.integer({ min: 1, max: 4 });

const money: fc.Arbitrary<Fact> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ fact: fc.constant('credit' as const), key, invoice, amountMinor }) },
  fc.record({ fact: fc.constant('credit-note' as const), key, invoice, amountMinor }),
);

const word: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({
    fact: fc.constantFrom('promise' as const, 'due-date' as const, 'block' as const),
    invoice,
    days: fc.integer({ min: 1, max: 40 }),
  }),
  fc.record({ fact: fc.constantFrom('unblock' as const, 'write-off' as const), invoice }),
  fc.record({ fact: fc.constant('bounce' as const), departure: fc.nat({ max: 20 }) }),
);

/** One thing that happens, be it only that days pass. */
const anything: fc.Arbitrary<Fact> = fc.oneof(
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

/** Lets a story happen. Gives back how each of its facts that may be told twice is told again, and the amounts the bank told of. */
export async function live(desk: Desk, facts: readonly Fact[]): Promise<() => Promise<void>> {
  const retellings: (() => Promise<unknown>)[] = [];
  for (const fact of facts) {
    const telling = tellingOf(desk, fact);
    await telling();
    if (['credit', 'credit-note'].includes(fact.fact)) retellings.push(telling);
  }
  return async () => {
    for (const retell of retellings) await retell();
  };
}

/** A fact as it would be told at this moment; told again later, it is the very same one. */
export function tellingOf(desk: Desk, fact: Fact): () => Promise<unknown> {
  const commands = new CaseCommands(desk);
  const on = desk.now.slice(0, 10);
  switch (fact.fact) {
    case 'days': {
      const until = `${addCalendarDays(on, fact.days)}T08:00:00.000Z`;
      return () => desk.runUntil(until);
    }
    case 'credit': {
      const invoiceId = INVOICES[fact.invoice]!;
      const remittance = `FACTURE ${invoiceId === 'INV-2026-0042' ? '2026-0042' : invoiceId}`;
      // The bank gives an id once: what comes under it later is another transaction.
      const transactionId = `BK-${fact.key}-${fact.invoice}-${fact.amountMinor}`;
      const { amountMinor: amount } = fact;
      const dates = { bookedOn: on, valueOn: on, receivedAt: desk.now };
      return () => applyPayment(desk.planning, aCredit({ transactionId, amountMinor: amount, remittance, ...dates }));
    }
    case 'credit-note': {
      const creditNoteId = `CN-${fact.key}-${fact.amountMinor}`;
      return () => commands.credit(fact.amountMinor, { invoiceId: INVOICES[fact.invoice]!, creditNoteId });
    }
    case 'promise':
      return () => commands.promise(addCalendarDays(on, fact.days), undefined, { invoiceId: INVOICES[fact.invoice]! });
    case 'due-date':
      return () => commands.moveDueDate(addCalendarDays(on, fact.days), { invoiceId: INVOICES[fact.invoice]! });
    case 'block':
      return () => commands.block(addCalendarDays(on, fact.days), { invoiceId: INVOICES[fact.invoice]! });
    case 'unblock':
      return () => commands.unblock({ invoiceId: INVOICES[fact.invoice]! });
    case 'write-off':
      return () => commands.writeOff({ invoiceId: INVOICES[fact.invoice]! });
    case 'bounce': {
      const emails = desk.departures.filter(({ channel }) => channel === 'email');
      const departure = emails[fact.departure % Math.max(1, emails.length)];
      return async () => departure && desk.deliver(departure, { event: 'bounce', recipients: departure.to });
    }
  }
}
