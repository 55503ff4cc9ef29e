import { isConfirmation } from './confirmation.ts';
import type { ContactEntry } from './contact-log.ts';
import type { Customer, PayerProfile } from './customer.ts';
import type { DunningCase } from './dunning-case.ts';
import { firmer, type Level } from './level.ts';
import type { ClosedInvoice, DerivedProfile } from './payer-record.ts';
import type { Payment } from './payment.ts';
import type { StepClaim } from './step-claim.ts';

/** A case with the claims of its steps and the payments it took, as the ledger holds them at one moment. `executionPart` is the part of its execution that listened last, if any did. */
export interface CaseFile {
  readonly dunningCase: DunningCase;
  readonly claims: readonly StepClaim[];
  readonly payments: readonly Payment[];
  readonly executionPart?: number;
}

/** Why an address of a debtor is not used any more: mail to it came back, its owner complained of it, or a person said that it is wrong. */
export type AddressMark = 'bounced' | 'complained' | 'wrong';

/**
 * A debtor with what the ledger knows beside the wire fields: the first invoice ever registered for them, when they were contacted, which of their addresses do not work, how they
 * paid, the profile that follows from it, and the date since which insolvency proceedings are said to be open, if they are. `isTellingPending`: it changed, and not all of its open cases
 * were told yet.
 */
export interface CustomerRecord {
  readonly customer: Customer;
  readonly firstInvoiceId: string | null;
  readonly contacts: readonly ContactEntry[];
  readonly addressMarks: Readonly<Record<string, AddressMark>>;
  readonly closedInvoices: readonly ClosedInvoice[];
  readonly derivedProfile: DerivedProfile | null;
  readonly insolventSince: string | null;
  readonly isTellingPending?: boolean;
  readonly version: number;
}

/** A debtor of whom nothing is known but what the billing system says. */
export function newCustomerRecord(customer: Customer): CustomerRecord {
  return {
    customer,
    firstInvoiceId: null,
    contacts: [],
    addressMarks: {},
    closedInvoices: [],
    derivedProfile: null,
    insolventSince: null,
    version: 1,
  };
}

/**
 * The profile that shapes the ladder of a debtor: the one a person or the billing system gave, else the one worked out from how they paid. The latter never decides on a natural person.
 *
 * @see CNIL, délibération 2021-130 of 23 September 2021, which does not cover scoring of natural persons
 */
export function effectiveProfile({ customer, derivedProfile }: CustomerRecord): PayerProfile | null {
  if (customer.profile) return customer.profile;
  return customer.kind === 'consumer' ? null : (derivedProfile?.profile ?? null);
}

/** Why a debtor is taken for the profile of {@link effectiveProfile}, when that was worked out: none when a person or the billing system gave it. */
export function profileReasons(record: CustomerRecord): readonly string[] {
  const isDerived = record.customer.profile === undefined && effectiveProfile(record) !== null;
  return isDerived ? (record.derivedProfile?.reasons ?? []) : [];
}

/** The claims of the current cycle, by step. A new cycle (a payment taken back) starts with none. */
export function claimsOfCycle({ dunningCase, claims }: CaseFile): Map<string, StepClaim> {
  return new Map(claims.filter((claim) => claim.cycle === dunningCase.cycle).map((claim) => [claim.stepId, claim]));
}

/** The level a case has reached: the firmest among the notices that left, `preventive` before the first. A confirmation is no notice and has none. */
export function levelReached(file: CaseFile): Level {
  return file.claims
    .filter((claim) => claim.state === 'sent' && !isConfirmation(claim.stepId))
    .reduce<Level>((reached, claim) => firmer(reached, claim.level), 'preventive');
}
