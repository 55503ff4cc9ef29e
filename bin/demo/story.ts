import { decimalFromMinor } from '../../lib/domain/money.ts';
import type { LocalClient, SentMessage } from '../../lib/local/client/local-client.ts';

/** One thing that happens in the story, in the order it happens. Instants are UTC, of the story's own clock. */
export type Chapter =
  | {
      readonly kind: 'registered';
      readonly at: string;
      readonly number: string;
      readonly customer: string;
      readonly amount: string;
      readonly dueOn: string;
    }
  | {
      readonly kind: 'next';
      readonly at: string;
      readonly stepId: string;
      readonly level: string;
      readonly why: string;
    }
  | ({ readonly kind: 'notice' } & SentMessage)
  | {
      readonly kind: 'task';
      readonly at: string;
      readonly task: string;
      readonly title: string;
      readonly outcome: string;
    }
  | {
      readonly kind: 'payment';
      readonly at: string;
      readonly amount: string;
      readonly remittance: string;
      readonly stillOwed: string;
    }
  | { readonly kind: 'settled'; readonly at: string; readonly executionStatus: string; readonly lastState: string }
  | { readonly kind: 'quiet'; readonly until: string; readonly messagesSince: number };

/** First instant of the story: a Monday morning in Paris. */
export const STORY_STARTS_AT = '2026-01-05T08:00:00Z';

/** The invoice of the story. */
export const STORY_INVOICE = 'INV-2026-0042';

const TOTAL_MINOR = 120_000;

const INVOICE = {
  invoiceId: STORY_INVOICE,
  number: '2026-0042',
  issuedOn: '2025-12-31',
  dueOn: '2026-01-30',
  total: { amount: euros(TOTAL_MINOR), currency: 'EUR' },
  paymentReference: 'RF18539007547034',
  purchaseOrder: 'PO-77',
  customer: {
    customerId: 'C-100',
    name: 'Boulangerie Martin SARL',
    kind: 'business',
    country: 'FR',
    language: 'fr',
    timeZone: 'Europe/Paris',
    address: { line1: '3 rue des Lices', postalCode: '35000', city: 'Rennes', country: 'FR' },
    contacts: [
      { role: 'accounts-payable', name: 'Anne Martin', email: 'compta@martin.example', phone: '+33639980011' },
    ],
  },
};

/** The day Anne Martin promises to pay on, when she is called. */
const PROMISED_ON = '2026-02-10';

/** What the bank books, and when: only a part on the promised day, the rest after the letter. */
const PAYMENTS = [
  { at: '2026-02-10T10:00:00Z', amountMinor: 50_000, remittance: 'ACOMPTE FACTURE 2026-0042' },
  { at: '2026-02-26T09:30:00Z', amountMinor: 70_000, remittance: 'SOLDE RF18 5390 0754 7034' },
] as const;

const QUIET_UNTIL = '2026-05-01T08:00:00Z';

/**
 * Lets one case live on a running local system, through its public routes only, and tells each thing as it happens.
 *
 * @throws Error when the system does not answer as the contract says
 */
export async function* liveTheStory(client: LocalClient): AsyncGenerator<Chapter> {
  await expectStatus(201, client.register(INVOICE));
  const { customer, dueOn, total } = INVOICE;
  const amount = `${total.amount} EUR`;
  yield {
    kind: 'registered',
    at: await client.now(),
    number: INVOICE.number,
    customer: customer.name,
    amount,
    dueOn,
  };
  let owedMinor = TOTAL_MINOR;
  for (const [index, payment] of PAYMENTS.entries()) {
    yield* waitFor(client, payment.at);
    await expectStatus(202, client.bank(transaction(`BK-900${index + 1}`, payment)));
    owedMinor -= payment.amountMinor;
    const stillOwed = `${euros(owedMinor)} EUR`;
    const received = `${euros(payment.amountMinor)} EUR`;
    yield { kind: 'payment', at: payment.at, amount: received, remittance: payment.remittance, stillOwed };
  }
  const { status, currentStates } = await client.execution(STORY_INVOICE);
  yield { kind: 'settled', at: await client.now(), executionStatus: status, lastState: currentStates.join(', ') };
  const before = (await client.outbox(STORY_INVOICE)).length;
  await client.advance({ advanceTo: QUIET_UNTIL });
  const after = (await client.outbox(STORY_INVOICE)).length;
  yield { kind: 'quiet', until: QUIET_UNTIL, messagesSince: after - before };
}

/** Lets time pass until an instant, from one planned step to the next, does the work that people get, and tells each plan, each notice and each task. */
async function* waitFor(client: LocalClient, until: string): AsyncGenerator<Chapter> {
  let told = (await client.outbox(STORY_INVOICE)).length;
  for (;;) {
    yield* doTasks(client);
    const messages = await client.outbox(STORY_INVOICE);
    for (const message of messages.slice(told)) yield { kind: 'notice', ...message };
    told = messages.length;
    const now = await client.now();
    if (Date.parse(now) >= Date.parse(until)) return;
    const { nextStep } = await expectStatus<{ nextStep: NextStep | null }>(
      200,
      client.call(`GET /cases/${STORY_INVOICE}`, { scope: 'relance/finance' }),
    );
    // What waits for a person has its time behind it.
    const isAhead = nextStep !== null && Date.parse(nextStep.at) > Date.parse(now);
    if (isAhead) yield { kind: 'next', ...nextStep };
    const isBefore = isAhead && Date.parse(nextStep.at) < Date.parse(until);
    await client.advance({ advanceTo: isBefore ? nextStep.at : until });
  }
}

/** What the collector of the story does with the work on the list: the debtor promises on the phone, letters are posted. */
async function* doTasks(client: LocalClient): AsyncGenerator<Chapter> {
  for (const { taskId, kind, title, postedOn } of await client.tasks(STORY_INVOICE)) {
    // The advice of receipt has not come back yet.
    if (postedOn) continue;
    const at = await client.now();
    const outcome =
      kind === 'call'
        ? { result: 'promise', promisedOn: PROMISED_ON }
        : { result: 'posted', postedOn: at.slice(0, 10), trackingNumber: 'RK123456789FR' };
    await expectStatus(200, client.report(taskId, outcome));
    const told = kind === 'call' ? `payment promised for ${PROMISED_ON}` : 'posted the same morning';
    yield { kind: 'task', at, task: kind, title, outcome: told };
  }
}

interface NextStep {
  readonly at: string;
  readonly stepId: string;
  readonly level: string;
  readonly why: string;
}

function transaction(transactionId: string, { at, amountMinor, remittance }: (typeof PAYMENTS)[number]): unknown {
  const bookedOn = at.slice(0, 10);
  const amount = { amount: euros(amountMinor), currency: 'EUR' };
  return { transactionId, kind: 'credit', amount, bookedOn, valueOn: bookedOn, remittance };
}

async function expectStatus<Body>(status: number, answer: Promise<{ status: number; body: unknown }>): Promise<Body> {
  const { status: found, body } = await answer;
  if (found !== status) throw new Error(`the API answered ${found} instead of ${status}: ${JSON.stringify(body)}`);
  return body as Body;
}

function euros(amountMinor: number): string {
  return decimalFromMinor(amountMinor, 2);
}
