import type { Customer } from './customer.ts';
import type { DunningCase } from './dunning-case.ts';
import { firmer, type Level } from './level.ts';
import type { StepClaim } from './step-claim.ts';

/** A case with the claims of its steps, as the ledger holds them at one moment. `executionPart` is the part of its execution that listened last, if any did. */
export interface CaseFile {
  readonly dunningCase: DunningCase;
  readonly claims: readonly StepClaim[];
  readonly executionPart?: number;
}

/** A debtor with what the ledger knows beside the wire fields: the first invoice ever registered for them. */
export interface CustomerRecord {
  readonly customer: Customer;
  readonly firstInvoiceId: string | null;
  readonly version: number;
}

/** The claims of the current cycle, by step. A new cycle (a payment taken back) starts with none. */
export function claimsOfCycle({ dunningCase, claims }: CaseFile): Map<string, StepClaim> {
  return new Map(claims.filter((claim) => claim.cycle === dunningCase.cycle).map((claim) => [claim.stepId, claim]));
}

/** The level a case has reached: the firmest among the notices that left, `preventive` before the first. */
export function levelReached(file: CaseFile): Level {
  return file.claims
    .filter((claim) => claim.state === 'sent')
    .reduce<Level>((reached, claim) => firmer(reached, claim.level), 'preventive');
}
