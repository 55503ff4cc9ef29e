import { type DunningCase, outstandingMinor } from '../domain/dunning-case.ts';
import type { Level } from '../domain/level.ts';
import { amountText } from './money-text.ts';

/**
 * What is known of a case when somebody asks for it. `at` is a UTC instant; `execution` is null until one was started.
 */
export interface CaseFacts {
  readonly dunningCase: DunningCase;
  readonly level: Level;
  readonly profile: string | null;
  readonly nextStep: {
    readonly stepId: string;
    readonly level: Level;
    readonly channel: string;
    readonly at: string;
    readonly why: string;
  } | null;
  readonly execution: { readonly arn: string; readonly status: string } | null;
}

/**
 * The answer of `GET /cases/{invoiceId}`. Interest, compensation, promises, disputes, plan and block are empty until
 * the practice that fills them exists.
 */
export function caseView({ dunningCase, level, profile, nextStep, execution }: CaseFacts) {
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
    balance: balanceView(dunningCase),
    interestLines: [],
    nextStep: nextStep && stepView(nextStep),
    promises: [],
    disputes: [],
    instalmentPlan: null,
    block: null,
    execution: execution && { arn: execution.arn, status: execution.status },
  };
}

function stepView({ stepId, level, channel, at, why }: NonNullable<CaseFacts['nextStep']>) {
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
