import type { AgreedInstalment } from '../contracts/instalment-plan-body.ts';
import { amountText } from '../contracts/money-text.ts';
import { addCalendarDays } from '../domain/calendar/business-day.ts';
import type { PayerProfile } from '../domain/customer.ts';
import { type DunningCase, outstandingMinor } from '../domain/dunning-case.ts';
import { equalParts } from '../domain/instalment-schedule.ts';
import type { Policy } from '../domain/policy.ts';
import { type CommandNo, otherCurrency } from './case-command.ts';

/** Days ahead the last part may lie: sixty months. A later one is a slip of the year. PROPOSAL. */
const PLAN_DAYS_MAX = 1830;

/** What a plan is judged by: the case it is for, the debtor's date and profile, and the terms of the policy. */
interface PlanTerms {
  readonly dunningCase: DunningCase;
  readonly today: string;
  readonly profile: PayerProfile | null;
  readonly policy: Pick<Policy, 'instalmentPlans'>;
}

/** A part as it is to be paid, in minor units of the currency of the invoice. */
export interface AgreedPart {
  readonly dueOn: string;
  readonly amountMinor: number;
}

/** The parts of a plan that is taken; `forceNo` is why a person has to force it, null when nothing stands against it. */
export interface JudgedPlan {
  readonly parts: readonly AgreedPart[];
  readonly forceNo: CommandNo | null;
}

/** The parts of a plan for what is owed of an invoice, or why no plan can be made of them: nobody can force dates that have passed, or a sum that is not what is owed. */
export function judgePlan(agreed: readonly AgreedInstalment[], terms: PlanTerms): CommandNo | JudgedPlan {
  const no = datesNo(agreed, terms) ?? amountsNo(agreed, terms);
  if (no) return no;
  const equal = agreed.some(({ amount }) => amount)
    ? []
    : equalParts(outstandingMinor(terms.dunningCase), agreed.length);
  const parts = agreed.map(({ dueOn, amount }, index) => ({
    dueOn,
    amountMinor: amount?.amountMinor ?? equal[index] ?? 0,
  }));
  return { parts, forceNo: beginsLate(parts, terms) ?? beginsSmall(parts, terms) };
}

function datesNo(agreed: readonly AgreedInstalment[], { today }: PlanTerms): CommandNo | null {
  const [first, last] = [agreed[0], agreed.at(-1)];
  if (first && first.dueOn < today) {
    return refused('/instalments/0/dueOn', `must not be before today ${today}, not "${first.dueOn}"`);
  }
  const to = addCalendarDays(today, PLAN_DAYS_MAX);
  if (!last || last.dueOn <= to) return null;
  return refused(`/instalments/${agreed.length - 1}/dueOn`, `must not be after ${to}, not "${last.dueOn}"`);
}

function amountsNo(agreed: readonly AgreedInstalment[], { dunningCase }: PlanTerms): CommandNo | null {
  const owedMinor = outstandingMinor(dunningCase);
  const { currency } = dunningCase.invoice;
  const owed = `${amountText(owedMinor, currency)} ${currency}`;
  const amounts = agreed.flatMap(({ amount }) => amount ?? []);
  if (amounts.length === 0) {
    if (agreed.length <= owedMinor) return null;
    return refused('/instalments', `must be fewer: ${owed} cannot be paid in ${agreed.length} parts`);
  }
  const foreign = amounts.map((amount, index) => otherCurrency(dunningCase, amount, `/instalments/${index}/amount`));
  const no = foreign.find((one) => one !== null);
  if (no) return no;
  const sum = amounts.reduce((total, { amountMinor }) => total + BigInt(amountMinor), 0n);
  if (sum === BigInt(owedMinor)) return null;
  const text = sum > Number.MAX_SAFE_INTEGER ? 'far more' : `${amountText(Number(sum), currency)} ${currency}`;
  return refused('/instalments', `must add up to ${owed}, which is what is owed, not to ${text}`);
}

/** A plan begins with a payment at once, or it only puts off. */
function beginsLate([first]: readonly AgreedPart[], { today, policy }: PlanTerms): CommandNo | null {
  const by = addCalendarDays(today, policy.instalmentPlans.firstWithinDays);
  if (!first || first.dueOn <= by) return null;
  const detail = `must not be after ${by}: a plan begins with a payment at once; or force it`;
  return refused('/instalments/0/dueOn', detail);
}

/** Of some payers the first part is a share of the whole. */
function beginsSmall([first]: readonly AgreedPart[], { dunningCase, profile, policy }: PlanTerms): CommandNo | null {
  const percent = profile && policy.instalmentPlans.firstPartPercent?.[profile];
  const owedMinor = outstandingMinor(dunningCase);
  if (!percent || !first || BigInt(first.amountMinor) * 100n >= BigInt(owedMinor) * BigInt(percent)) return null;
  const { currency } = dunningCase.invoice;
  const least = amountText(Number((BigInt(owedMinor) * BigInt(percent) + 99n) / 100n), currency);
  const detail = `must be at least ${least}, ${percent}% of what is owed, for a debtor of profile ${profile}; or force it`;
  return refused('/instalments/0/amount', detail);
}

function refused(pointer: string, detail: string): CommandNo {
  return { refused: { pointer, detail } };
}
