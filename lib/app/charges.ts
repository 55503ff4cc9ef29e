import type { CaseCharges } from '../contracts/case-view.ts';
import type { CaseFile, CustomerRecord } from '../domain/case-file.ts';
import { effectiveProfile } from '../domain/case-file.ts';
import { type Charges, unpaidOf } from '../domain/charges.ts';
import { disputedMinor } from '../domain/dunning-case.ts';
import { type InterestStatement, interestStatement } from '../domain/interest/interest-statement.ts';
import type { RateTable } from '../domain/interest/rate-table.ts';
import { regimeFor } from '../domain/interest/regime-for.ts';
import { ladderOf } from '../domain/ladder.ts';
import { decimalFromMinor } from '../domain/money.ts';
import type { Policy } from '../domain/policy.ts';
import { paymentsThatCount } from '../domain/taken-back.ts';
import type { Message } from './gather-message.ts';

/** What working out charges needs: the reference rates, and where the creditor is, whose law governs what businesses owe (ISO 3166-1 alpha-2). */
export interface ChargesDeps {
  readonly rates: RateTable;
  readonly creditorCountry: string;
}

/** What a late payment is charged from, as the ledger holds it at one moment. */
interface ChargedCase {
  readonly file: CaseFile;
  readonly record: CustomerRecord;
  readonly policy: Policy;
}

/** What a notice may claim on one invoice: its charges, or null when it claims none; `missingFrom` is the day from which no rate is known, when that is why. */
interface ClaimedCharges {
  readonly charges: Charges | null;
  readonly missingFrom: string | null;
}

/** What a notice claims, by invoice; an invoice that is not in it is charged nothing. */
export type MessageCharges = ReadonlyMap<string, ClaimedCharges>;

/** What a message claims that claims nothing. */
export const NO_CHARGES: MessageCharges = new Map();

/**
 * The late-payment interest and the compensation of a case up to and including a day: on what is owed, less what was credited, until the value date of each payment, and through the opening of insolvency proceedings. All zero
 * where no law is known to give any. From a French consumer interest runs once a formal notice is known to have been received, which nobody presumes here.
 *
 * @see C. com. L441-10 II, last sentence: none where the opening of proceedings forbids payment at the due date; that nothing accrues after the opening is UNVERIFIED
 */
export function statementOf(
  { rates, creditorCountry }: ChargesDeps,
  { file, record, policy }: ChargedCase,
  until: string,
): InterestStatement {
  const { invoice, creditedMinor, writtenOffMinor } = file.dunningCase;
  const { insolventSince } = record;
  const { kind: customerKind, country: customerCountry } = record.customer;
  const regime = regimeFor({ customerKind, customerCountry, creditorCountry });
  if (!regime) return NOTHING;
  const { totalMinor: principalMinor, currency, dueOn, latePaymentRateBps: contractAnnualRateBps } = invoice;
  const claim = {
    ...{ principalMinor, currency, dueOn, regime, contractAnnualRateBps },
    until: insolventSince !== null && insolventSince < until ? insolventSince : until,
    payments: paymentsThatCount(file.payments),
    creditedMinor: creditedMinor + writtenOffMinor,
    formalNoticeReceivedOn: formalNoticeReceivedOn({ file, record, policy }),
  };
  return interestStatement(claim, rates);
}

/**
 * What a message claims on each invoice it serves, on its date: only at the step that carries penalties out, and never from a consumer. An invoice that is not late yet is charged nothing, nor
 * is what is contested, or one of which a rate is not known: nothing is claimed that was not worked out.
 */
export function messageCharges(deps: ChargesDeps, { lead, members, record }: Message, on: string): MessageCharges {
  const isClaimed = lead.step.carriesOut?.includes('penalties') === true && record.customer.kind !== 'consumer';
  if (!isClaimed) return NO_CHARGES;
  return new Map(
    members.map(({ file, policy }) => {
      const { missingFrom, ...statement } = statementOf(deps, { file: uncontested(file), record, policy }, on);
      const unpaid = unpaidOf(chargesOf(statement), paidOf(file));
      const isNothing = unpaid.interestMinor === 0 && unpaid.compensationMinor === 0;
      const charges = missingFrom !== null || isNothing ? null : unpaid;
      return [file.dunningCase.invoice.invoiceId, { charges, missingFrom }];
    }),
  );
}

/** A case of which what is contested counts as credited: nothing is claimed on it while it is examined. */
function uncontested(file: CaseFile): CaseFile {
  const { dunningCase } = file;
  const creditedMinor = dunningCase.creditedMinor + disputedMinor(dunningCase);
  return { ...file, dunningCase: { ...dunningCase, creditedMinor } };
}

/** A sentence for the person who handles a message that leaves its charges out because a rate is not known; null when it does not. */
export function leftOutAdvice(charges: MessageCharges): string | null {
  const [first] = [...charges.values()].flatMap(({ missingFrom }) => missingFrom ?? []).sort();
  return first === undefined ? null : `It claims no late-payment charges: no rate is known from ${first} on.`;
}

/**
 * What the delay of a case has cost up to and including a day, and nobody has paid. Interest of which a rate is not known is no interest yet; the compensation does not depend on it. The lines are those of all the
 * interest, paid or not.
 */
export function unpaidCharges(deps: ChargesDeps, charged: ChargedCase, until: string): CaseCharges {
  const { missingFrom, ...statement } = statementOf(deps, charged, until);
  const { lines, ...known } = chargesOf(statement);
  const { interestMinor, compensationMinor } = unpaidOf({ ...known, lines }, paidOf(charged.file));
  return missingFrom === null
    ? { interestMinor, compensationMinor, lines, missingFrom }
    : { interestMinor: 0, compensationMinor, lines: [], missingFrom };
}

function chargesOf({ lines, totalMinor, compensationMinor }: Omit<InterestStatement, 'missingFrom'>): Charges {
  return {
    interestMinor: totalMinor,
    compensationMinor,
    lines: lines.map(({ annualRateBps, ...line }) => ({
      ...line,
      annualRatePercent: decimalFromMinor(annualRateBps, 2),
    })),
  };
}

function paidOf({ dunningCase }: CaseFile): Pick<Charges, 'interestMinor' | 'compensationMinor'> {
  return { interestMinor: dunningCase.paidInterestMinor, compensationMinor: dunningCase.paidCompensationMinor };
}

const NOTHING: InterestStatement = {
  ...{ lines: [], totalMinor: 0, compensationMinor: 0, complete: true, missingFrom: null },
};

/** The first day on which the debtor is known to have had a formal notice about this invoice, in any cycle of its case. */
function formalNoticeReceivedOn({ file, record, policy }: ChargedCase): string | null {
  const formal = ladderOf(policy, effectiveProfile(record)).filter(({ isFormalNotice }) => isFormalNotice);
  const received = file.claims
    .filter(({ stepId }) => formal.some((step) => step.stepId === stepId))
    .flatMap(({ receivedOn }) => receivedOn ?? []);
  return received.sort()[0] ?? null;
}
