import { callWork } from '../../lib/app/call-work.ts';
import { type Creditor, composeNotice } from '../../lib/app/compose-notice.ts';
import { handOverWork } from '../../lib/app/hand-over-work.ts';
import { letterWork } from '../../lib/app/letter-work.ts';
import { letterIdOf, spokenOf } from '../../lib/app/message-tags.ts';
import type { AssignedWork, SendOutcome } from '../../lib/app/ports.ts';
import type { MessageOrder, ReadyMessage } from '../../lib/app/serving.ts';
import { outstandingMinor } from '../../lib/domain/dunning-case.ts';
import type { NoticeFacts } from '../../lib/domain/notice.ts';
import type { Channel } from '../../lib/domain/step-claim.ts';

/** The creditor of the tests, in France. */
export const aCreditor: Creditor = {
  ...{ name: 'Vendeur', phone: '+33100000000', iban: '', bic: '', replyToAddress: '', country: 'FR' },
  ...{ legalNotice: '', privacyUrl: null, addressLines: [], signatory: { name: '', title: '' } },
};

/** One message the fake provider took, or one piece of work it laid ready: it left, whatever the provider answered. */
export interface Departure {
  readonly stepId: string;
  readonly level: string;
  readonly channel: Channel;
  readonly template: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly at: string;
  readonly messageId: string;
  readonly planRevision: number;
  readonly outstandingMinor: number;
  /** The invoices it speaks of, that it was written for first. */
  readonly invoiceIds: readonly string[];
  /** The steps it serves, as `INV-1/A1`. */
  readonly serves: readonly string[];
  readonly facts: NoticeFacts;
}

/** What the fake provider does with one attempt: its answer, and whether the message leaves. */
export interface ProviderTurn {
  readonly outcome: Exclude<SendOutcome['kind'], 'assigned'>;
  readonly leaves: boolean;
}

/** Writes messages without templates, and sends them or lays the work ready, as it is told. */
export class FakeProvider {
  readonly departures: Departure[] = [];
  /** The work that was put on people's lists. */
  readonly assigned: Departure[] = [];
  /** The next turns, first first; when it has none left it sends. */
  readonly turns: ProviderTurn[] = [];
  /** What happens while a message is on its way. */
  duringSend: (departure: Departure) => Promise<unknown> = async () => undefined;
  /** The templates that refuse the facts. */
  readonly brokenTemplates = new Set<string>();
  #messages = 0;

  async prepare(order: MessageOrder): Promise<ReadyMessage> {
    const { step } = order.message.lead;
    if (this.brokenTemplates.has(step.template ?? '')) throw new Error('the template lacks a variable');
    const departure = departureOf(order);
    const script = `${step.template} for ${departure.invoiceIds.join(', ')}`;
    const send = async () => {
      this.#messages += 1;
      const leaving = { ...departure, messageId: `m-${this.#messages}` };
      await this.duringSend(leaving);
      return this.#take(leaving, order, script);
    };
    return { text: script, send };
  }

  #take(departure: Departure, order: MessageOrder, script: string): SendOutcome {
    const { channel, messageId } = departure;
    if (channel !== 'email' && channel !== 'sms') {
      this.assigned.push(departure);
      return { kind: 'assigned', work: workOf(order, departure, script) };
    }
    const { outcome, leaves } = this.turns.shift() ?? { outcome: 'sent', leaves: true };
    if (leaves) this.departures.push(departure);
    return outcome === 'sent' ? { kind: 'sent', messageId } : { kind: outcome, detail: outcome };
  }
}

function departureOf(order: MessageOrder): Departure {
  const { message, recipient, copies, at } = order;
  const { file, step } = message.lead;
  return {
    ...{ stepId: step.stepId, level: step.level, channel: step.channel, template: step.template ?? '', at },
    ...{ to: [recipient.address, ...copies.alsoTo], cc: copies.cc, messageId: '' },
    planRevision: file.dunningCase.planRevision,
    outstandingMinor: outstandingMinor(file.dunningCase),
    invoiceIds: spokenOf(message),
    serves: message.members.map((member) => `${member.file.dunningCase.invoice.invoiceId}/${member.step.stepId}`),
    facts: composeNotice(order),
  };
}

function workOf(order: MessageOrder, { channel, facts }: Departure, script: string): AssignedWork {
  if (channel === 'call') return callWork(order, { facts, script });
  if (channel !== 'letter' && channel !== 'registered-letter') return handOverWork(order);
  const letter = { subject: '', text: script, pdf: new Uint8Array() };
  const documentKey = `letters/${letterIdOf(order.ref, order.attempt)}.pdf`;
  return letterWork({ facts, letter, charges: order.charges }, { channel, documentKey });
}
