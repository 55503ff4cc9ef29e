import type { CopyAddresses } from '../domain/recipient.ts';
import type { Channel, StepRef } from '../domain/step-claim.ts';
import type { Creditor, NoticeOccasion } from './compose-notice.ts';
import type { PlanningDeps } from './plan-case.ts';
import type { SendOutcome } from './ports.ts';

/** A message that is written and ready to leave: what it says, for whoever has to approve it, and one call that sends it once. */
export interface ReadyMessage {
  readonly text: string;
  readonly send: () => Promise<SendOutcome>;
}

/** A message to be written: the occasion, who else gets it, and the claim and attempt it is made under. */
export interface MessageOrder extends NoticeOccasion {
  readonly copies: CopyAddresses;
  readonly ref: StepRef;
  readonly attempt: number;
}

/**
 * What serving a step needs beside planning: the channels it can serve, who the creditor is, and how a message is written. `prepare` throws when its template refuses the facts. `taskOwner` is whose work list new tasks are on.
 */
export interface ServingDeps extends PlanningDeps {
  readonly channels: readonly Channel[];
  readonly creditor: Creditor;
  readonly taskOwner: string;
  readonly prepare: (order: MessageOrder) => Promise<ReadyMessage>;
}
