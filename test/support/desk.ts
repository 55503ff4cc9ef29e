import { applyPayment } from '../../lib/app/apply-payment.ts';
import type { PlanningDeps } from '../../lib/app/plan-case.ts';
import { planCase } from '../../lib/app/plan-case.ts';
import type { Ledger, SendOutcome } from '../../lib/app/ports.ts';
import { registerInvoice } from '../../lib/app/register-invoice.ts';
import { type SendAnswer, type SendingDeps, sendNotice } from '../../lib/app/send-notice.ts';
import type { PlanAnswer } from '../../lib/contracts/workflow.ts';
import type { HistoryEntry } from '../../lib/domain/history.ts';
import { HOLIDAYS } from '../../lib/generated/holidays.ts';
import { POLICIES } from '../../lib/generated/policies.ts';
import { MemoryLedger } from '../../lib/ledger/memory-ledger.ts';
import { aCredit, aRegistration } from './builders.ts';
import { standardPolicy } from './case-builders.ts';

/** Every entry of a short history. */
export async function wholeHistory(ledger: Ledger, invoiceId: string): Promise<HistoryEntry[]> {
  const slice = await ledger.loadHistory(invoiceId, { limit: 1000, cursor: null });
  if (slice === 'bad-cursor') throw new Error('the front of a history is always a good cursor');
  return slice.entries;
}

/** One notice the fake provider took: it left, whatever the provider answered. */
export interface Departure {
  readonly stepId: string;
  readonly planRevision: number;
  readonly outstandingMinor: number;
}

/** What the fake provider does with one attempt: its answer, and whether the message leaves. */
export interface ProviderTurn {
  readonly outcome: SendOutcome['kind'];
  readonly leaves: boolean;
}

/** A request that is not as the workflow would send it, or a template that refuses. */
interface OddRequest {
  readonly cycle?: number;
  readonly channel?: 'email' | 'sms';
  readonly prepareFails?: boolean;
}

const INVOICE = 'INV-2026-0042';

/** A desk with the real use cases over one ledger and a provider that does as it is told. One invoice is registered. */
export class Desk {
  readonly ledger: Ledger;
  readonly departures: Departure[] = [];
  /** The provider's next turns, first first; when it has none left it sends. */
  readonly turns: ProviderTurn[] = [];
  readonly planning: PlanningDeps;
  /** What happens while a message is on its way to the provider. */
  duringSend: () => Promise<unknown> = async () => undefined;

  constructor(ledger: Ledger = new MemoryLedger()) {
    this.ledger = ledger;
    const settings = { creditorTimeZone: 'Europe/Paris', sendTimeoutMinutes: 10 };
    this.planning = { ledger, policies: POLICIES, holidays: HOLIDAYS, ...settings };
  }

  async register(fields: Parameters<typeof aRegistration>[0] = {}): Promise<void> {
    await registerInvoice({ ledger: this.ledger, policy: standardPolicy }, aRegistration(fields));
  }

  plan(at: string, round = 0): Promise<PlanAnswer> {
    return planCase(this.planning, { invoiceId: INVOICE, cycle: 1, at, startedAt: '2026-01-05T08:00:00Z', round });
  }

  /** Serves every step of the ladder before this one when it is due, and gives back the instant this one is due. */
  async climbTo(stepId: string): Promise<string> {
    let at = '2026-01-05T08:00:00Z';
    for (;;) {
      const { step, planRevision } = await this.plan(at);
      if (!step || step.stepId === 'none') throw new Error(`the ladder ends before ${stepId}`);
      if (step.stepId === stepId) return step.at;
      await this.send(step.stepId, step.at, planRevision);
      ({ at } = step);
    }
  }

  send(stepId: string, at: string, planRevision = 1, odd: OddRequest = {}): Promise<SendAnswer> {
    const request = {
      invoiceId: INVOICE,
      cycle: odd.cycle ?? 1,
      planRevision,
      stepId,
      at,
      startedAt: '2026-01-05T08:00:00Z',
    };
    return sendNotice(this.#sending(stepId, odd), request);
  }

  pay(amountMinor: number, transactionId = `BK-${amountMinor}`): ReturnType<typeof applyPayment> {
    return applyPayment({ ledger: this.ledger }, aCredit({ amountMinor, transactionId }));
  }

  async history(): Promise<HistoryEntry[]> {
    return wholeHistory(this.ledger, INVOICE);
  }

  async historyTypes(): Promise<string[]> {
    return (await this.history()).map(({ type }) => type);
  }

  #sending(stepId: string, odd: OddRequest): SendingDeps {
    const channel = odd.channel ?? standardPolicy.steps.find((step) => step.stepId === stepId)?.channel ?? 'email';
    return {
      ...this.planning,
      channel,
      creditor: {
        ...{ name: 'Vendeur', phone: '+33100000000', iban: '', bic: '', replyToAddress: '' },
        ...{ legalNotice: '', privacyUrl: null },
      },
      prepare: ({ file, step }) => {
        if (odd.prepareFails) throw new Error('the template lacks a variable');
        const { planRevision, invoice, paidMinor } = file.dunningCase;
        const departure = { stepId: step.stepId, planRevision, outstandingMinor: invoice.totalMinor - paidMinor };
        return async () => {
          await this.duringSend();
          return this.#take(departure);
        };
      },
    };
  }

  #take(departure: Departure): SendOutcome {
    const { outcome, leaves } = this.turns.shift() ?? { outcome: 'sent', leaves: true };
    if (leaves) this.departures.push(departure);
    if (outcome === 'sent') return { kind: 'sent', messageId: `m-${this.departures.length}` };
    return { kind: outcome, detail: outcome };
  }
}
