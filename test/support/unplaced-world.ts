import fc from 'fast-check';
import { allocateCash } from '../../lib/app/allocate-cash.ts';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { isOwed, outstandingMinor } from '../../lib/domain/dunning-case.ts';
import type { CashReceipt } from '../../lib/domain/payment.ts';
import type { Task } from '../../lib/domain/task.ts';
import { aCredit } from './builders.ts';
import type { Desk } from './desk.ts';
import { anything, type Fact, INVOICES, live } from './fact-world.ts';
import type { Departure, FakeProvider } from './fake-provider.ts';

/** Money that leaves a doubt, what takes it back, and what a person says or does about money that is to be placed. */
type UnplacedFact =
  | {
      readonly unplaced: 'arrives';
      readonly key: number;
      readonly named: readonly number[];
      readonly amountMinor: number;
    }
  | { readonly unplaced: 'taken-back'; readonly of: number; readonly share: number }
  | { readonly unplaced: 'done'; readonly task: number }
  | { readonly unplaced: 'allocated'; readonly receipt: number; readonly invoice: number; readonly share: number };

/** One thing of a story in which people have money to place. */
export type UnplacedStory = readonly (Fact | UnplacedFact)[];

const nat = fc.nat({ max: 3 });

const unplaced: fc.Arbitrary<UnplacedFact> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      unplaced: fc.constant('arrives' as const),
      key: nat,
      named: fc.subarray([0, 1, 2], { minLength: 1 }),
      amountMinor: fc.constantFrom(50_000, 75_000, 130_000, 130_000, 610_000, 800_000, 800_000),
    }),
  },
  fc.record({ unplaced: fc.constant('taken-back' as const), of: nat, share: fc.constantFrom(1, 2) }),
  fc.record({ unplaced: fc.constant('done' as const), task: nat }),
  {
    weight: 2,
    arbitrary: fc.record({
      unplaced: fc.constant('allocated' as const),
      receipt: nat,
      invoice: fc.nat({ max: 2 }),
      share: fc.constantFrom(1, 2),
    }),
  },
);

/** Stories of facts among which money comes that a person has to place. */
export const unplacedStory: fc.Arbitrary<UnplacedStory> = fc.array(
  fc.oneof({ weight: 3, arbitrary: anything }, { weight: 2, arbitrary: unplaced }),
  { minLength: 2, maxLength: 12, size: 'max' },
);

/** What is known of money at a desk, beside its ledger: of which of it a person said that it is for something else. */
export class UnplacedWorld {
  readonly #desk: Desk;
  readonly #arrived: { readonly transactionId: string; readonly amountMinor: number }[] = [];
  readonly #forSomethingElse = new Set<string>();
  readonly #retellings: (() => Promise<unknown>)[] = [];

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Lets one thing happen. */
  async happen(fact: UnplacedStory[number]): Promise<void> {
    if ('fact' in fact) {
      this.#retellings.push(await live(this.#desk, [fact]));
      return;
    }
    switch (fact.unplaced) {
      case 'arrives':
        return this.#arrive(fact);
      case 'taken-back':
        return this.#takeBack(fact);
      case 'done':
        return this.#reportDone(fact.task);
      case 'allocated':
        return this.#allocate(fact);
    }
  }

  /** Tells everything again that the bank and the provider told. */
  async tellAgain(): Promise<void> {
    for (const retell of this.#retellings) await retell();
  }

  /** The money that may be all that an invoice owes, that no invoice took any of, and of which nobody said that it is for something else. */
  async coverOf(invoiceId: string): Promise<CashReceipt[]> {
    const { dunningCase } = (await this.#desk.ledger.loadCaseFile(invoiceId))!;
    return (await this.receipts()).filter(
      ({ transactionId, kind, allocations, unappliedMinor, possibleDuplicateOf, suggestedInvoiceIds, suggestions }) =>
        kind === 'credit' &&
        allocations.length === 0 &&
        !possibleDuplicateOf &&
        unappliedMinor >= outstandingMinor(dunningCase) &&
        [...suggestedInvoiceIds, ...(suggestions ?? []).flatMap((one) => one.invoiceIds)].includes(invoiceId) &&
        !this.#forSomethingElse.has(transactionId),
    );
  }

  /** The money that no invoice has taken, or not all of. */
  async receipts(): Promise<CashReceipt[]> {
    const cash = await this.#desk.ledger.listUnappliedCash({ limit: 100, cursor: null });
    return cash === 'bad-cursor' ? [] : cash.receipts;
  }

  /** The open tasks to place money. */
  async placingTasks(): Promise<Task[]> {
    return (await this.#desk.openTasks()).filter((task) => placedBy(task) !== null);
  }

  async #arrive({ key, named, amountMinor }: Extract<UnplacedFact, { unplaced: 'arrives' }>): Promise<void> {
    const on = this.#desk.now.slice(0, 10);
    const files = await Promise.all(named.map((index) => this.#desk.ledger.loadCaseFile(INVOICES[index]!)));
    const cash = aCredit({
      ...{ transactionId: `U-${key}-${on}-${amountMinor}-${named.join('')}`, amountMinor },
      ...{ remittance: `FACTURES ${files.map((file) => file!.dunningCase.invoice.number).join(' ')}` },
      ...{ debtorName: 'Somebody Else SA', bookedOn: on, valueOn: on, receivedAt: this.#desk.now },
    });
    this.#arrived.push(cash);
    await this.#tell(cash);
  }

  async #takeBack({ of, share }: Extract<UnplacedFact, { unplaced: 'taken-back' }>): Promise<void> {
    const credit = this.#arrived[of];
    if (!credit) return;
    const on = this.#desk.now.slice(0, 10);
    const amountMinor = credit.amountMinor / share;
    const back = {
      kind: 'return',
      returnsTransactionId: credit.transactionId,
      amountMinor,
      remittance: 'REJET',
    } as const;
    const transactionId = `URT-${credit.transactionId}-${amountMinor}`;
    await this.#tell(aCredit({ transactionId, ...back, bookedOn: on, valueOn: on, receivedAt: this.#desk.now }));
  }

  async #tell(cash: Parameters<typeof applyPayment>[1]): Promise<void> {
    const tell = () => applyPayment(this.#desk.planning, cash);
    await tell();
    this.#retellings.push(tell);
  }

  async #reportDone(index: number): Promise<void> {
    const tasks = (await this.#desk.openTasks()).filter(({ kind }) => kind === 'unapplied-cash');
    const task = tasks[index % Math.max(1, tasks.length)];
    if (!task) return;
    const transactionId = placedBy(task);
    // What it keeps back is heard of by others as soon as it goes on.
    if (transactionId) this.#forSomethingElse.add(transactionId);
    await this.#desk.report(task.taskId, { result: 'done' });
  }

  async #allocate({ receipt, invoice, share }: Extract<UnplacedFact, { unplaced: 'allocated' }>): Promise<void> {
    const credits = (await this.receipts()).filter(({ kind }) => kind === 'credit');
    const money = credits[receipt % Math.max(1, credits.length)];
    const invoiceId = INVOICES[invoice]!;
    const { dunningCase } = (await this.#desk.ledger.loadCaseFile(invoiceId))!;
    if (!money || !isOwed(dunningCase)) return;
    const amountMinor = Math.ceil(Math.min(money.unappliedMinor, outstandingMinor(dunningCase)) / share);
    await allocateCash(this.#desk.planning, {
      transactionId: money.transactionId,
      allocations: [{ invoiceId, amount: { amountMinor, currency: 'EUR' } }],
      ...{ at: this.#desk.now, actor: 'anne' },
    });
  }
}

/** The money that a task asks a person to place; null of any other task. */
function placedBy({ kind, reason }: Task): string | null {
  return kind === 'unapplied-cash' ? (/^Transaction (\S+) of /.exec(reason)?.[1] ?? null) : null;
}

/** Whether a message, or work about one, asks for money, and does not only confirm what was said. */
export function asksForMoney({ stepId, template }: Departure): boolean {
  return (
    !stepId.startsWith('confirmation') || template === 'instalment-reminder' || template === 'instalment-default-notice'
  );
}

/** Hears of everything that is about to leave, or to be put on somebody's list. */
export function onLeaving(provider: FakeProvider, hear: (departure: Departure) => Promise<void>): void {
  provider.duringSend = hear;
}
