import { applyPayment } from '../../lib/app/apply-payment.ts';
import { type OutcomeAnswer, reportOutcome } from '../../lib/app/outcome/report-outcome.ts';
import { type PlanningDeps, planCase } from '../../lib/app/plan-case.ts';
import { policyBook } from '../../lib/app/policy-book.ts';
import type { Ledger } from '../../lib/app/ports.ts';
import { recordDelivery } from '../../lib/app/record-delivery.ts';
import { type Registration, registerInvoice } from '../../lib/app/register-invoice.ts';
import { type ReviewAnswer, reviewCase } from '../../lib/app/review-case.ts';
import { type ServeAnswer, serveStep } from '../../lib/app/serve-step.ts';
import type { ServingDeps } from '../../lib/app/serving.ts';
import type { DeliveryReport } from '../../lib/contracts/delivery-event.ts';
import type { TaskOutcome } from '../../lib/contracts/task-outcome-body.ts';
import type { PlanAnswer, WorkflowStep } from '../../lib/contracts/workflow.ts';
import { ReplanError, UnavailableError } from '../../lib/domain/errors.ts';
import type { HistoryEntry } from '../../lib/domain/history.ts';
import type { Invoice } from '../../lib/domain/invoice.ts';
import type { Policy } from '../../lib/domain/policy.ts';
import { CHANNELS, type Channel, type StepClaim } from '../../lib/domain/step-claim.ts';
import type { Task } from '../../lib/domain/task.ts';
import { HOLIDAYS } from '../../lib/generated/holidays.ts';
import { POLICIES } from '../../lib/generated/policies.ts';
import { RATES } from '../../lib/generated/rates.ts';
import { MemoryLedger } from '../../lib/ledger/memory-ledger.ts';
import { aCredit, anInvoice, aRegistration } from './builders.ts';
import { aCreditor, type Departure, FakeProvider, type ProviderTurn } from './fake-provider.ts';

/** Every entry of a short history. */
export async function wholeHistory(ledger: Ledger, invoiceId: string): Promise<HistoryEntry[]> {
  const slice = await ledger.loadHistory(invoiceId, { limit: 1000, cursor: null });
  if (slice === 'bad-cursor') throw new Error('the front of a history is always a good cursor');
  return slice.entries;
}

/** A request that is not as the workflow would send it, for another invoice than the first, or by one channel only. */
interface OddRequest {
  readonly invoiceId?: string;
  readonly cycle?: number;
  readonly channels?: readonly Channel[];
}

const INVOICE = 'INV-2026-0042';

const STARTED_AT = '2026-01-05T08:00:00Z';

/** Turns of {@link Desk.runUntil} before it is a loop. */
const TURNS_MAX = 2000;

/** A desk with the real use cases over one ledger and a provider that does as it is told. */
export class Desk {
  readonly ledger: Ledger;
  readonly provider = new FakeProvider();
  readonly planning: PlanningDeps & { readonly internalDomains: readonly string[]; readonly taskOwner: string };
  /** The invoices that were registered, in that order. */
  readonly invoiceIds: string[] = [];
  /** The instant {@link runUntil} has come to. */
  now = STARTED_AT;
  /** The executions that were told to wait for another channel, and until when. */
  readonly #waiting = new Map<string, string>();

  /** @param shipped the policies that ship, other than the real ones */
  constructor(ledger: Ledger = new MemoryLedger(), shipped: readonly Policy[] = POLICIES) {
    this.ledger = ledger;
    const settings = { creditorTimeZone: 'Europe/Paris', sendTimeoutMinutes: 10 };
    const people = { internalDomains: ['vendeur.example'], taskOwner: 'compta@vendeur.example' };
    const data = { policies: policyBook(ledger, shipped), holidays: HOLIDAYS, rates: RATES, creditorCountry: 'FR' };
    this.planning = { ledger, ...data, ...settings, ...people };
  }

  get departures(): Departure[] {
    return this.provider.departures;
  }

  get assigned(): Departure[] {
    return this.provider.assigned;
  }

  get turns(): ProviderTurn[] {
    return this.provider.turns;
  }

  register(fields: Parameters<typeof aRegistration>[0] = {}): Promise<Registration> {
    const registration = aRegistration(fields);
    this.invoiceIds.push(registration.invoice.invoiceId);
    return registerInvoice(this.planning, registration);
  }

  /** Registers a further invoice of a customer that is known; its number and reference are its own. */
  registerSibling(invoiceId: string, invoice: Partial<Invoice> = {}): Promise<Registration> {
    const own = { invoiceId, number: invoiceId, paymentReference: undefined };
    return this.register({ invoice: anInvoice({ ...own, ...invoice }), customer: null, at: this.now });
  }

  /** Plans a case as the execution of its newest cycle does, unless another is said. */
  async plan(at: string, odd: { invoiceId?: string; round?: number; cycle?: number } = {}): Promise<PlanAnswer> {
    const { invoiceId = INVOICE, round = 0, cycle = await this.#cycleOf(invoiceId) } = odd;
    return planCase(this.planning, { invoiceId, cycle, at, startedAt: STARTED_AT, round });
  }

  async #cycleOf(invoiceId: string): Promise<number> {
    return (await this.ledger.loadCaseFile(invoiceId))?.dunningCase.cycle ?? 1;
  }

  /** Serves every step of the first invoice before this one when it is due, and gives back the instant this one is due. Letters are posted and approvals given the day they are asked for. */
  async climbTo(stepId: string): Promise<string> {
    for (;;) {
      const { step, planRevision } = await this.plan(this.now);
      if (!step) throw new Error(`the case is over before ${stepId}`);
      const waiting = (await this.openTasks()).find(({ kind, postedOn }) => isHolding(kind) && !postedOn);
      if (step.stepId === 'none' && !waiting) throw new Error(`the ladder ends before ${stepId}`);
      if (step.stepId === stepId) return step.at;
      if (waiting) await this.#dealWith(waiting);
      else if (step.channel === 'review') await this.review(step.at, planRevision);
      else await this.send(step.stepId, step.at, planRevision);
      if (!waiting) this.now = step.at;
    }
  }

  async #dealWith({ taskId, kind, channel }: Task): Promise<void> {
    const trackingNumber = channel === 'registered-letter' ? { trackingNumber: 'RK1' } : {};
    const posted = { result: 'posted', postedOn: this.now.slice(0, 10), ...trackingNumber } as const;
    await this.report(taskId, kind === 'approval' ? { result: 'approved' } : posted);
  }

  /** Serves a step as the workflow does; by any channel unless some are named. */
  async send(stepId: string, at: string, planRevision = 1, odd: OddRequest = {}): Promise<ServeAnswer> {
    const { invoiceId = INVOICE, cycle = await this.#cycleOf(invoiceId), channels = CHANNELS } = odd;
    const request = { invoiceId, cycle, planRevision, stepId, at, startedAt: STARTED_AT };
    return serveStep(this.serving(channels), request);
  }

  /** Looks at a case that is kept back, as the workflow does. */
  async review(at: string, planRevision: number, invoiceId = INVOICE): Promise<ReviewAnswer> {
    const cycle = await this.#cycleOf(invoiceId);
    const request = { invoiceId, cycle, planRevision, stepId: 'review', at, startedAt: STARTED_AT };
    return reviewCase(this.planning, request);
  }

  /** Lets the executions of all invoices do what is due until an instant, in the order of time. */
  async runUntil(until: string): Promise<void> {
    for (let turn = 0; turn < TURNS_MAX; turn += 1) {
      const due = await this.#firstDue();
      if (!due || Date.parse(due.step.at) > Date.parse(until)) {
        this.now = later(this.now, until);
        return;
      }
      this.now = later(this.now, due.step.at);
      try {
        const { invoiceId, planRevision } = due;
        this.#waiting.delete(invoiceId);
        if (due.step.channel === 'replan') continue;
        if (due.step.channel === 'review') await this.review(this.now, planRevision, invoiceId);
        else await this.#serve(due.step.stepId, { invoiceId, planRevision });
      } catch (error) {
        if (!(error instanceof ReplanError || error instanceof UnavailableError)) throw error;
      }
    }
    throw new Error(`the executions never rest at ${this.now}`);
  }

  async #serve(
    stepId: string,
    { invoiceId, planRevision }: { invoiceId: string; planRevision: number },
  ): Promise<void> {
    const { outcome, step } = await this.send(stepId, this.now, planRevision, { invoiceId });
    if (outcome === 'redirected') this.#waiting.set(invoiceId, step.at);
  }

  async #firstDue(): Promise<{ invoiceId: string; step: WorkflowStep; planRevision: number } | null> {
    const plans = await Promise.all(
      this.invoiceIds.map(async (invoiceId) => ({ invoiceId, ...(await this.plan(this.now, { invoiceId })) })),
    );
    const due = plans.flatMap(({ invoiceId, step, planRevision }) =>
      step && step.stepId !== 'none' ? [{ invoiceId, step: this.#afterWaiting(invoiceId, step), planRevision }] : [],
    );
    return due.toSorted((one, other) => Date.parse(one.step.at) - Date.parse(other.step.at))[0] ?? null;
  }

  #afterWaiting(invoiceId: string, step: WorkflowStep): WorkflowStep {
    return { ...step, at: later(step.at, this.#waiting.get(invoiceId) ?? step.at) };
  }

  pay(amountMinor: number, transactionId = `BK-${amountMinor}`): ReturnType<typeof applyPayment> {
    return applyPayment(this.planning, aCredit({ amountMinor, transactionId }));
  }

  /** Pays a whole invoice, by its number. */
  async payInvoice(invoiceId: string): Promise<void> {
    const { totalMinor: amountMinor } = (await this.ledger.loadCaseFile(invoiceId))!.dunningCase.invoice;
    const { outcome } = await this.payPart(invoiceId, { amountMinor, transactionId: `PAY-${invoiceId}` });
    if (outcome !== 'applied') throw new Error(`the payment of ${invoiceId} is ${outcome}`);
  }

  /** Pays so much on an invoice, by its number. */
  async payPart(
    invoiceId: string,
    money: { amountMinor: number; transactionId: string },
  ): ReturnType<typeof applyPayment> {
    const { number: remittance } = (await this.ledger.loadCaseFile(invoiceId))!.dunningCase.invoice;
    const on = this.now.slice(0, 10);
    return applyPayment(
      this.planning,
      aCredit({ ...money, remittance, bookedOn: on, valueOn: on, receivedAt: this.now }),
    );
  }

  /** Reports how a task ended, as the API does. */
  report(taskId: string, outcome: TaskOutcome, at = this.now): Promise<OutcomeAnswer> {
    return reportOutcome(this.planning, { taskId, outcome, at, actor: 'anne' });
  }

  /** Delivers a report of the provider about the step of a message that left. */
  deliver(
    {
      stepId,
      messageId,
      invoiceIds,
      to,
    }: Pick<Departure, 'stepId' | 'messageId' | 'invoiceIds'> & Partial<Pick<Departure, 'to'>>,
    {
      event,
      recipients = [],
      destination = to ?? recipients,
      isPermanent: isPermanentBounce = true,
      at = this.now,
    }: Partial<DeliveryReport> & Pick<DeliveryReport, 'event'>,
  ): ReturnType<typeof recordDelivery> {
    const [invoiceId = INVOICE] = invoiceIds;
    const isPermanent = event === 'bounce' && isPermanentBounce;
    const report = { invoiceId, cycle: 1, stepId, messageId, event, destination, recipients, isPermanent, at };
    return recordDelivery(this.planning, report);
  }

  async openTasks(): Promise<Task[]> {
    const slice = await this.ledger.listTasks({ state: 'open' }, { limit: 1000, cursor: null });
    if (slice === 'bad-cursor') throw new Error('the front of a list is always a good cursor');
    return slice.tasks;
  }

  /** The only open task of a kind. */
  async taskOf(kind: Task['kind']): Promise<Task> {
    const tasks = (await this.openTasks()).filter((task) => task.kind === kind);
    if (tasks.length !== 1) throw new Error(`${tasks.length} open tasks of kind ${kind}, not 1`);
    return tasks[0]!;
  }

  async claim(stepId: string, invoiceId = INVOICE): Promise<StepClaim | undefined> {
    return (await this.ledger.loadCaseFile(invoiceId))?.claims.find((claim) => claim.stepId === stepId);
  }

  history(invoiceId = INVOICE): Promise<HistoryEntry[]> {
    return wholeHistory(this.ledger, invoiceId);
  }

  async historyTypes(invoiceId = INVOICE): Promise<string[]> {
    return (await this.history(invoiceId)).map(({ type }) => type);
  }

  /** What serving a step by these channels needs. */
  serving(channels: readonly Channel[] = CHANNELS): ServingDeps {
    return {
      ...this.planning,
      channels,
      creditor: aCreditor,
      prepare: (order) => this.provider.prepare(order),
    };
  }
}

function isHolding(kind: Task['kind']): boolean {
  return kind === 'letter' || kind === 'approval';
}

function later(one: string, other: string): string {
  return Date.parse(one) >= Date.parse(other) ? one : other;
}
