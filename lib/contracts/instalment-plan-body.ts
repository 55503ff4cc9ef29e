import * as z from 'zod/mini';
import type { Money } from '../domain/money.ts';
import { type CheckedBody, checkBody } from './check-body.ts';
import { type Fault, shown } from './fault.ts';
import { fieldOf } from './field-of.ts';
import { MoneyTextSchema, moneyFaults, moneyFromText } from './money-text.ts';
import { multilineTextField, PlausibleDateSchema } from './text-field.ts';

/** Parts a plan has at most: five years by the month. PROPOSAL. */
const INSTALMENTS_MAX = 60;

const InstalmentPlanBodySchema = z.strictObject({
  instalments: z
    .array(z.strictObject({ dueOn: PlausibleDateSchema, amount: z.optional(MoneyTextSchema) }))
    .check(
      z.refine(
        ({ length }) => length >= 1 && length <= INSTALMENTS_MAX,
        `must hold 1 to ${INSTALMENTS_MAX} instalments`,
      ),
    ),
  force: z.optional(z.boolean()),
  note: z.optional(multilineTextField(1000)),
});

/** A part of a plan as it was agreed; equal to the others when no amount is given. */
export interface AgreedInstalment {
  readonly dueOn: string;
  readonly amount?: Money;
}

/** A plan to pay an invoice in parts, and what else was said. `force`: a person agrees to it although it does not begin as the policy asks. */
export interface InstalmentPlanBody {
  readonly instalments: readonly AgreedInstalment[];
  readonly force: boolean;
  readonly note?: string;
}

/**
 * Reads the body of `POST /cases/{invoiceId}/instalment-plan`; every fault at once. Dates rise, and the amounts are all given or all left out. Whether they suit the invoice and the policy is for the use
 * case to judge.
 */
export function parseInstalmentPlan(body: unknown): CheckedBody<InstalmentPlanBody> {
  const checked = checkBody(InstalmentPlanBodySchema, body, planFaults);
  if (!checked.ok) return checked;
  const { instalments, force = false, note } = checked.value;
  const agreed = instalments.map(({ dueOn, amount }) => ({ dueOn, ...(amount && { amount: moneyFromText(amount) }) }));
  return { ok: true, value: { instalments: agreed, force, ...(note !== undefined && { note }) } };
}

function planFaults(body: unknown): Fault[] {
  const instalments: unknown = fieldOf(body, 'instalments');
  if (!Array.isArray(instalments)) return [];
  const hasAmount = (instalment: unknown) => fieldOf(instalment, 'amount') !== undefined;
  const isFree = instalments.some(hasAmount);
  const faults = instalments.flatMap((instalment: unknown, index) => {
    const pointer = `/instalments/${index}`;
    const isLeftOut = isFree && !hasAmount(instalment);
    const detail = 'must be given, as that of another instalment is; leave all out for equal ones';
    const missing = isLeftOut ? [{ pointer: `${pointer}/amount`, detail }] : [];
    const amounts = moneyFaults(fieldOf(instalment, 'amount'), `${pointer}/amount`);
    return [...missing, ...amounts, ...dateFaults(instalment, instalments[index - 1], pointer)];
  });
  const isOnePart = instalments.length === 1 && fieldOf(body, 'force') !== true;
  const cure = 'must be two at least: one payment by a date is a promise; or force it';
  return [...faults, ...(isOnePart ? [{ pointer: '/instalments', detail: cure }] : [])];
}

function dateFaults(instalment: unknown, before: unknown, pointer: string): Fault[] {
  const [dueOn, dueBefore] = [fieldOf(instalment, 'dueOn'), fieldOf(before, 'dueOn')];
  if (typeof dueOn !== 'string' || typeof dueBefore !== 'string' || dueOn > dueBefore) return [];
  return [{ pointer: `${pointer}/dueOn`, detail: `must be after the date before it, not ${shown(dueOn)}` }];
}
