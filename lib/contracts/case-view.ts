import type { Block } from '../domain/block.ts';
import type { Charges } from '../domain/charges.ts';
import type { Dispute } from '../domain/dispute.ts';
import { type DunningCase, outstandingMinor } from '../domain/dunning-case.ts';
import type { Hold } from '../domain/hold.ts';
import type { Level } from '../domain/level.ts';
import type { PromiseToPay } from '../domain/promise.ts';
import { instalmentPlanView } from './instalment-plan-view.ts';
import { amountText, moneyText } from './money-text.ts';

/** The step of a case that comes next, at a UTC instant, and why then. */
export interface NextStep {
  readonly stepId: string;
  readonly level: Level;
  readonly channel: string;
  readonly at: string;
  readonly why: string;
}

/** What the delay of an invoice has cost so far and nobody has paid; its lines are those of all the interest. `missingFrom` is the day from which no rate is known: then there is no interest to show, and no line. */
export interface CaseCharges extends Charges {
  readonly missingFrom: string | null;
}

/**
 * What is known of a case when somebody asks for it. `hold` is why its notices wait, be it the debtor's or its own. `profile` is the one its ladder follows, `profileReasons` are the sentences that say why, none when a person or the
 * billing system gave it; `today` is the debtor's date; `execution` is null until one was started.
 */
export interface CaseFacts {
  readonly dunningCase: DunningCase;
  readonly level: Level;
  readonly hold: Hold | null;
  readonly profile: string | null;
  readonly profileReasons: readonly string[];
  readonly charges: CaseCharges;
  readonly today: string;
  readonly nextStep: NextStep | null;
  readonly execution: { readonly arn: string; readonly status: string } | null;
}

/**
 * The answer of `GET /cases/{invoiceId}`. `hold` is why its notices wait, `block` why a person had everything wait. The interest, with what was paid of it, is the sum of its lines. `promises` are oldest first, and so are the `disputes`.
 */
export function caseView(facts: CaseFacts) {
  const { dunningCase, level, profile, profileReasons, charges, nextStep, execution, hold, today } = facts;
  const { invoice, standing, cycle, version, policy, block } = dunningCase;
  return {
    invoiceId: invoice.invoiceId,
    number: invoice.number,
    customerId: invoice.customerId,
    dueOn: invoice.dueOn,
    standing,
    level,
    cycle,
    version,
    policy: { name: policy.name, version: policy.version },
    profile,
    profileReasons,
    balance: balanceView(dunningCase, charges),
    interestLines: charges.lines.map((line) => lineView(line, invoice.currency)),
    nextStep: nextStep && nextStepView(nextStep),
    promises: dunningCase.promises.map((promise) => promiseView(promise, invoice.currency)),
    disputes: dunningCase.disputes.map((dispute) => disputeView(dispute, invoice.currency)),
    instalmentPlan: instalmentPlanView(dunningCase, today),
    block: block && blockView(block),
    hold: hold ? { reason: hold.reason, since: hold.since, until: hold.until } : null,
    execution: execution && { arn: execution.arn, status: execution.status },
  };
}

/** A block on the wire; `cause` null: a person's own. */
function blockView({ reason, since, until, cause, collectedOn }: Block) {
  return { reason, since, until, cause: cause ?? null, collectedOn: collectedOn ?? null };
}

/** A promise on the wire; `amount` null: all that was owed. */
function promiseView({ promiseId, promisedOn, amountMinor, state, at }: PromiseToPay, currency: string) {
  const amount = amountMinor === null ? null : moneyText({ amountMinor, currency });
  return { promiseId, promisedOn, amount, state, at };
}

/** A dispute on the wire; `amount` null: all that was owed; `credited` null until it is settled. */
function disputeView(dispute: Dispute, currency: string) {
  const { disputeId, category, openedOn, wasAskedBefore, ownerEmail, reviewOn, state, resolvedOn } = dispute;
  const text = (amountMinor: number | null) => (amountMinor === null ? null : moneyText({ amountMinor, currency }));
  const [amount, credited] = [text(dispute.amountMinor), text(dispute.creditedMinor)];
  return { disputeId, category, amount, openedOn, wasAskedBefore, ownerEmail, reviewOn, state, resolvedOn, credited };
}

/** A next step on the wire. */
export function nextStepView({ stepId, level, channel, at, why }: NextStep) {
  return { stepId, level, channel, at, why };
}

function lineView(
  { from, to, days, baseMinor, annualRatePercent, amountMinor }: Charges['lines'][number],
  currency: string,
) {
  const [base, amount] = [amountText(baseMinor, currency), amountText(amountMinor, currency)];
  return { from, to, days, base, annualRatePercent, amount };
}

/** What was billed, what is settled of it, what the delay has cost, paid and unpaid, and what is due, as decimal strings in the currency of the invoice. */
export function balanceView(dunningCase: DunningCase, { interestMinor, compensationMinor, missingFrom }: CaseCharges) {
  const { currency, totalMinor } = dunningCase.invoice;
  const principalDueMinor = outstandingMinor(dunningCase);
  const text = (amountMinor: number) => amountText(amountMinor, currency);
  return {
    currency,
    billed: text(totalMinor),
    paid: text(dunningCase.paidMinor),
    credited: text(dunningCase.creditedMinor),
    writtenOff: text(dunningCase.writtenOffMinor),
    principalDue: text(principalDueMinor),
    interestPaid: text(dunningCase.paidInterestMinor),
    compensationPaid: text(dunningCase.paidCompensationMinor),
    interest: text(interestMinor),
    interestMissingFrom: missingFrom,
    compensation: text(compensationMinor),
    totalDue: text(principalDueMinor + interestMinor + compensationMinor),
  };
}
