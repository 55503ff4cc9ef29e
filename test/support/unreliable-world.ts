import fc from 'fast-check';
import { replaceCustomer } from '../../lib/app/replace-customer.ts';
import type { TaskOutcome } from '../../lib/contracts/task-outcome-body.ts';
import type { PayerProfile } from '../../lib/domain/customer.ts';
import type { Policy } from '../../lib/domain/policy.ts';
import type { Task } from '../../lib/domain/task.ts';
import { POLICIES } from '../../lib/generated/policies.ts';
import { aReachableCustomer } from './builders.ts';
import { standardPolicy } from './case-builders.ts';
import { Desk } from './desk.ts';
import type { Departure, ProviderTurn } from './fake-provider.ts';
import { type Crash, FlakyLedger } from './flaky-ledger.ts';

/** The three invoices of the debtor of every story; the second is large enough to be called about before it is due. */
export const INVOICES = ['INV-2026-0042', 'INV-B', 'INV-Z'] as const;

const STEP_IDS = standardPolicy.steps.map(({ stepId }) => stepId);

const HOUR = 3_600_000;

/** What an unreliable world may do next. A story that begins with a climb finds its first invoice far up the ladder, where letters and approvals are. */
export type Operation =
  | { readonly do: 'climb'; readonly stepId: string }
  | {
      readonly do: 'run';
      readonly hours: number;
      readonly crash: Crash | null;
      readonly turns: readonly ProviderTurn[];
    }
  | { readonly do: 'wake-all'; readonly crash: Crash | null; readonly turns: readonly ProviderTurn[] }
  | { readonly do: 'stray'; readonly invoice: number; readonly stepId: string; readonly staleness: number }
  | {
      readonly do: 'pay';
      readonly invoice: number;
      readonly transaction: number;
      readonly amountMinor: number;
      readonly crash: Crash | null;
    }
  | {
      readonly do: 'deliver';
      readonly departure: number;
      readonly event: 'send' | 'delivery' | 'bounce' | 'complaint';
      readonly isCopyOnly: boolean;
      readonly crash: Crash | null;
    }
  | { readonly do: 'outcome'; readonly task: number; readonly outcome: number; readonly crash: Crash | null }
  | { readonly do: 'customer'; readonly contacts: number };

/** Around which of the next writes the function dies, if it does. */
export const crash = fc.option(
  fc.record({ write: fc.integer({ min: 1, max: 4 }), when: fc.constantFrom('before' as const, 'after' as const) }),
  { freq: 2 },
);
const turns = fc.array(
  fc.constantFrom<ProviderTurn>(
    { outcome: 'sent', leaves: true },
    { outcome: 'not-now', leaves: false },
    { outcome: 'refused', leaves: false },
    { outcome: 'unknown', leaves: true },
    { outcome: 'unknown', leaves: false },
  ),
  { maxLength: 3 },
);
const index = fc.nat({ max: 20 });
const invoice = fc.nat({ max: INVOICES.length - 1 });
const run: fc.Arbitrary<Operation> = fc.record({
  do: fc.constant('run'),
  hours: fc.constantFrom(1, 5, 24, 72, 200),
  crash,
  turns,
});

/** One thing an unreliable world may do. */
export const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 3, arbitrary: run },
  fc.record({ do: fc.constant('wake-all' as const), crash, turns }),
  fc.record({
    do: fc.constant('stray' as const),
    invoice,
    stepId: fc.constantFrom(...STEP_IDS),
    staleness: fc.constantFrom(0, 0, 1),
  }),
  fc.record({
    do: fc.constant('pay' as const),
    invoice,
    transaction: fc.integer({ min: 1, max: 6 }),
    amountMinor: fc.integer({ min: 1, max: 150_000 }),
    crash,
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const),
      departure: index,
      event: fc.constantFrom(
        'send' as const,
        'delivery' as const,
        'bounce' as const,
        'bounce' as const,
        'complaint' as const,
      ),
      isCopyOnly: fc.boolean(),
      crash,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('outcome' as const), task: index, outcome: index, crash }) },
  fc.record({ do: fc.constant('customer' as const), contacts: fc.nat({ max: 5 }) }),
);

/** Where a story begins: half of them in January, before the first notice, the others with a letter or a formal notice to come. */
export const beginning: fc.Arbitrary<readonly Operation[]> = fc.constantFrom(
  [],
  [],
  [{ do: 'climb' as const, stepId: 'A4' }],
  [{ do: 'climb' as const, stepId: 'C2' }],
);

/** A story: what happens to one debtor, one thing after the other. */
export const story: fc.Arbitrary<readonly Operation[]> = fc
  .tuple(beginning, fc.array(operation, { minLength: 1, maxLength: 20 }))
  .map(([first, then]) => [...first, ...then]);

/** What became of a story: the desk, the money that was sent by its transaction, the addresses that bounced, and the messages that came back from every address they were written to. */
export interface Told {
  readonly desk: Desk;
  readonly ledger: FlakyLedger;
  readonly amounts: Map<string, number>;
  readonly bounced: Set<string>;
  readonly cameBack: Set<string>;
}

/** Lets the operations happen one after the other; faults are what they are in production: an exception, and somebody tries again or does not. */
export async function happen(operations: readonly Operation[]): Promise<Told> {
  const told = await newWorld();
  for (const step of operations) await suffer(told, 'crash' in step ? step.crash : null, () => perform(told, step));
  return told;
}

/** What a story begins with: the policies that ship unless others are said, and a payer profile that is worked out from how they pay unless one is given. */
export interface Setting {
  readonly policies?: readonly Policy[];
  readonly profile?: PayerProfile;
}

/** A debtor with three invoices, of which the last grants a discount for paying early, before anything happens to them. */
export async function newWorld({ policies = POLICIES, profile }: Setting = {}): Promise<Told> {
  const ledger = new FlakyLedger();
  const desk = new Desk(ledger, policies);
  await desk.register({ customer: aReachableCustomer(profile ? { profile } : {}) });
  await desk.registerSibling('INV-B', { totalMinor: 600_000 });
  await desk.registerSibling('INV-Z', {
    dueOn: '2026-02-03',
    earlyPaymentDiscount: { until: '2026-01-31', percent: '2.0' },
  });
  const told = {
    desk,
    ledger,
    amounts: new Map<string, number>(),
    bounced: new Set<string>(),
    cameBack: new Set<string>(),
  };
  desk.now = '2026-01-20T07:30:00.000Z';
  return told;
}

/** Lets something happen while the ledger dies where it is told to. Gives back whether it came to its end. */
export async function suffer({ ledger }: Told, death: Crash | null, act: () => Promise<unknown>): Promise<boolean> {
  ledger.crashAt(death);
  const isDone = await act().then(
    () => true,
    (error) => {
      onlyExpected(error);
      return false;
    },
  );
  ledger.crashAt(null);
  return isDone;
}

/** What happens in production too: a function dies, facts have moved, a provider is away. Anything else is a defect. */
function onlyExpected(error: unknown): void {
  const isExpected =
    error instanceof Error &&
    (/the function died/.test(error.message) || /^Dunning\.(Replan|Unavailable)/.test(error.name));
  if (!isExpected) throw error;
}

/** Lets one operation happen. */
export async function perform(told: Told, step: Operation): Promise<unknown> {
  const { desk, amounts } = told;
  switch (step.do) {
    case 'climb':
      return climb(desk, step.stepId);
    case 'run':
      desk.turns.splice(0, desk.turns.length, ...step.turns);
      return desk.runUntil(new Date(Date.parse(desk.now) + step.hours * HOUR).toISOString());
    case 'wake-all':
      desk.turns.splice(0, desk.turns.length, ...step.turns);
      return wakeAll(desk);
    case 'stray':
      return stray(desk, step);
    case 'pay': {
      const transactionId = `BK-${step.transaction}`;
      const amountMinor = amounts.get(transactionId) ?? step.amountMinor;
      amounts.set(transactionId, amountMinor);
      return desk.payPart(INVOICES[step.invoice]!, { amountMinor, transactionId });
    }
    case 'deliver':
      return deliver(told, step);
    case 'outcome':
      return report(desk, step);
    case 'customer': {
      const contacts = aReachableCustomer().contacts.slice(0, step.contacts);
      return replaceCustomer(desk.planning, { customer: aReachableCustomer({ contacts }), at: desk.now });
    }
  }
}

/** The first invoice comes to a step of its ladder, the others with it; the executions of those say what they left out on the way. */
async function climb(desk: Desk, stepId: string): Promise<void> {
  await desk.climbTo(stepId);
  for (const invoiceId of INVOICES) await desk.plan(desk.now, { invoiceId });
}

/** All executions come to their step in the same instant. */
async function wakeAll(desk: Desk): Promise<void> {
  const plans = await Promise.all(
    INVOICES.map(async (invoiceId) => ({ invoiceId, ...(await desk.plan(desk.now, { invoiceId })) })),
  );
  const due = plans.flatMap(({ invoiceId, step, planRevision }) =>
    step && step.channel !== 'replan' && step.at.slice(0, 10) <= desk.now.slice(0, 10)
      ? [{ invoiceId, step, planRevision }]
      : [],
  );
  const at = due.map(({ step }) => step.at).reduce((latest, one) => (one > latest ? one : latest), desk.now);
  desk.now = at;
  const all = due.map(({ invoiceId, step, planRevision }) =>
    step.channel === 'review'
      ? desk.review(at, planRevision, invoiceId)
      : desk.send(step.stepId, at, planRevision, { invoiceId }),
  );
  const failed = (await Promise.allSettled(all)).filter((one) => one.status === 'rejected');
  for (const { reason } of failed) onlyExpected(reason);
}

/** A step is asked for out of turn, as a stray retry would. */
async function stray(desk: Desk, { invoice: at, stepId, staleness }: Extract<Operation, { do: 'stray' }>) {
  const invoiceId = INVOICES[at]!;
  const { dunningCase } = (await desk.ledger.loadCaseFile(invoiceId))!;
  return desk.send(stepId, desk.now, Math.max(1, dunningCase.planRevision - staleness), { invoiceId });
}

/** The provider reports only on what it took. */
async function deliver(
  { desk, bounced, cameBack }: Told,
  { departure: at, event, isCopyOnly }: Extract<Operation, { do: 'deliver' }>,
) {
  const emails = desk.departures.filter(({ channel }) => channel === 'email');
  const departure: Departure | undefined = emails[at % Math.max(1, emails.length)];
  if (!departure) return undefined;
  const recipients = isCopyOnly ? departure.to.slice(1) : departure.to;
  const concerned = event === 'bounce' || event === 'complaint' ? recipients : [];
  if ((event === 'bounce' || event === 'complaint') && concerned.length === 0) return undefined;
  if (event === 'bounce') {
    for (const address of concerned) bounced.add(address);
    if (departure.to.every((address) => bounced.has(address))) cameBack.add(departure.messageId);
  }
  return desk.deliver(departure, { event, recipients: concerned });
}

async function report(desk: Desk, { task: at, outcome }: Extract<Operation, { do: 'outcome' }>) {
  const tasks = await desk.openTasks();
  const task = tasks[at % Math.max(1, tasks.length)];
  if (!task) return undefined;
  const possible = outcomesOf(task, desk.now.slice(0, 10));
  return desk.report(task.taskId, possible[outcome % possible.length]!);
}

function outcomesOf({ kind, postedOn }: Task, today: string): TaskOutcome[] {
  if (kind === 'call') {
    return [
      { result: 'no-contact' },
      { result: 'no-contact' },
      { result: 'wrong-contact' },
      { result: 'promise', promisedOn: today },
      { result: 'dispute', category: 'price' },
      { result: 'refusal' },
      { result: 'paid-claimed' },
    ];
  }
  if (kind === 'approval') return [{ result: 'approved' }, { result: 'refused' }];
  if (kind !== 'letter') return [{ result: 'done' }];
  return postedOn
    ? [{ result: 'received', receivedOn: today }]
    : [{ result: 'posted', postedOn: today, trackingNumber: 'RK1' }];
}
