import fc from 'fast-check';
import type { ResolveDispute } from '../../lib/app/resolve-dispute.ts';
import { addCalendarDays } from '../../lib/domain/calendar/business-day.ts';
import { CaseCommands } from './case-commands.ts';
import type { Crash } from './flaky-ledger.ts';
import {
  beginning,
  crash,
  INVOICES,
  newWorld,
  type Operation,
  operation,
  perform,
  type Setting,
  suffer,
  type Told,
} from './unreliable-world.ts';

const COMMANDS = [
  ...(['credit', 'credit', 'credit', 'pay', 'pay', 'moveDueDate', 'moveDueDate', 'block', 'block'] as const),
  ...(['unblock', 'cancel', 'writeOff', 'handOver', 'promise', 'promise', 'dispute', 'dispute', 'resolve'] as const),
  ...(['plan', 'plan', 'plan'] as const),
];

const OUTCOMES: readonly ResolveDispute['outcome'][] = ['upheld', 'rejected', 'settled'];

/** What somebody asks of a case. `key` is the id of the credit note or the payment, `days` what a date lies from today. */
interface Command {
  readonly do: 'command';
  readonly name: (typeof COMMANDS)[number];
  readonly invoice: number;
  readonly key: number;
  readonly amountMinor: number;
  readonly days: number;
  readonly crash: Crash | null;
}

const command: fc.Arbitrary<Command> = fc.record({
  do: fc.constant('command' as const),
  name: fc.constantFrom(...COMMANDS),
  invoice: fc.nat({ max: INVOICES.length - 1 }),
  key: fc.integer({ min: 1, max: 3 }),
  // A part, the whole, what a discount of 2 % leaves of it, a little less than all, much more than all.
  amountMinor: fc.oneof(
    fc.integer({ min: 1, max: 60_000 }),
    fc.constantFrom(120_000, 117_600, 119_950),
    fc.constant(700_000),
  ),
  days: fc.integer({ min: -40, max: 90 }),
  crash,
});

/** A story of one debtor in which people and the billing system intervene. */
export const lifeStory: fc.Arbitrary<readonly (Operation | Command)[]> = fc
  .tuple(
    beginning,
    fc.array(
      fc.oneof(
        { weight: 3, arbitrary: operation },
        { weight: 2, arbitrary: command as fc.Arbitrary<Operation | Command> },
      ),
      { minLength: 1, maxLength: 25, size: 'max' },
    ),
  )
  .map(([first, then]) => [...first, ...then]);

const AFTER_A_PLAN = ['plan', 'credit', 'block', 'unblock'];

/** A story that begins with a plan for its first invoice, and in which time goes by, money comes for it, and people change their minds. */
export const planStory = fc
  .tuple(
    command.map((given) => ({ ...given, name: 'plan' as const, invoice: 0, crash: null })),
    fc.array(
      fc.oneof(
        { weight: 4, arbitrary: operation.filter((step) => step.do === 'run') },
        { weight: 2, arbitrary: operation.map((step) => (step.do === 'pay' ? { ...step, invoice: 0 } : step)) },
        {
          weight: 1,
          arbitrary: command
            .filter(({ name }) => AFTER_A_PLAN.includes(name))
            .map((given) => ({ ...given, invoice: 0, amountMinor: Math.min(given.amountMinor, 30_000) })),
        },
      ),
      { minLength: 4, maxLength: 25, size: 'max' },
    ),
  )
  .map(([first, then]): readonly (Operation | Command)[] => [first, ...then]);

/** What became of it: beside what a story tells, the commands that came to their end, each to be given again. */
export interface LifeTold extends Told {
  readonly given: (() => Promise<unknown>)[];
}

/** Lets it happen; a command whose function died is given again, as its caller would. */
export async function live(story: readonly (Operation | Command)[], setting: Setting = {}): Promise<LifeTold> {
  const told: LifeTold = { ...(await newWorld(setting)), given: [] };
  for (const step of story) {
    if (step.do !== 'command') {
      await suffer(told, 'crash' in step ? step.crash : null, () => perform(told, step));
      continue;
    }
    const give = giving(told, step);
    if (!(await suffer(told, step.crash, give))) await suffer(told, null, give);
    if (step.name === 'credit' || step.name === 'pay') told.given.push(give);
  }
  return told;
}

function giving({ desk, amounts }: LifeTold, { name, invoice, key, amountMinor, days }: Command) {
  const commands = new CaseCommands(desk);
  const invoiceId = INVOICES[invoice]!;
  const on = addCalendarDays(desk.now.slice(0, 10), days);
  const transactionId = `CHQ-${key}`;
  if (name === 'pay' && !amounts.has(transactionId)) amounts.set(transactionId, amountMinor);
  const paidMinor = amounts.get(transactionId) ?? amountMinor;
  const receivedOn = desk.now.slice(0, 10);
  const acts = {
    credit: () => commands.credit(amountMinor, { invoiceId, creditNoteId: `CN-${key}` }),
    pay: () => commands.pay(paidMinor, { invoiceId, transactionId, receivedOn }),
    moveDueDate: () => commands.moveDueDate(on, { invoiceId }),
    promise: () => commands.promise(on, key === 1 ? undefined : amountMinor, { invoiceId }),
    dispute: () => commands.dispute(key === 1 ? undefined : amountMinor, { invoiceId }),
    resolve: () => commands.resolve(OUTCOMES[key - 1]!, { invoiceId, disputeId: String((amountMinor % 2) + 1) }),
    plan: () => commands.plan(partDates(desk.now.slice(0, 10), key), { invoiceId, force: true }),
    block: () => commands.block(days < 0 ? null : on, { invoiceId }),
    unblock: () => commands.unblock({ invoiceId }),
    cancel: () => commands.cancel({ invoiceId }),
    writeOff: () => commands.writeOff({ invoiceId }),
    handOver: () => commands.handOver({ invoiceId }),
  } as const satisfies Record<Command['name'], () => Promise<unknown>>;
  return acts[name];
}

/** The dates of a plan: four weeks, three months, or two parts that begin late. */
function partDates(today: string, key: number): string[] {
  const days = { 1: [0, 7, 14, 21], 2: [2, 32, 62], 3: [10, 17] }[key] ?? [];
  return days.map((ahead) => addCalendarDays(today, ahead));
}
