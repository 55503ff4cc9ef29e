import { type DunningCase, outstandingMinor } from '../domain/dunning-case.ts';
import type { Hold } from '../domain/hold.ts';
import type { Level } from '../domain/level.ts';
import { amountText } from './money-text.ts';

/** The step of a case that comes next, at a UTC instant, and why then. */
export interface NextStep {
  readonly stepId: string;
  readonly level: Level;
  readonly channel: string;
  readonly at: string;
  readonly why: string;
}

/**
 * What is known of a case when somebody asks for it. `hold` is why its notices wait, be it the debtor's or its own. `profile` is the one its ladder follows, `profileReasons` are the sentences that say why, none when a person or the
 * billing system gave it; `execution` is null until one was started.
 */
export interface CaseFacts {
  readonly dunningCase: DunningCase;
  readonly level: Level;
  readonly hold: Hold | null;
  readonly profile: string | null;
  readonly profileReasons: readonly string[];
  readonly nextStep: NextStep | null;
  readonly execution: { readonly arn: string; readonly status: string } | null;
}

/**
 * The answer of `GET /cases/{invoiceId}`. `hold` is why its notices wait. Interest, compensation, promises, disputes,
 * plan and block are empty until the practice that fills them exists.
 */
export function caseView({ dunningCase, level, profile, profileReasons, nextStep, execution, hold }: CaseFacts) {
  const { invoice, standing, cycle, version, policy } = dunningCase;
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
    balance: balanceView(dunningCase),
    interestLines: [],
    nextStep: nextStep && nextStepView(nextStep),
    promises: [],
    disputes: [],
    instalmentPlan: null,
    block: null,
    hold: hold ? { reason: hold.reason, since: hold.since, until: hold.until } : null,
    execution: execution && { arn: execution.arn, status: execution.status },
  };
}

/** A next step on the wire. */
export function nextStepView({ stepId, level, channel, at, why }: NextStep) {
  return { stepId, level, channel, at, why };
}

function balanceView(dunningCase: DunningCase) {
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
    interest: text(0),
    compensation: text(0),
    totalDue: text(principalDueMinor),
  };
}
