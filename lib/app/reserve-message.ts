import { moneyText } from '../contracts/money-text.ts';
import { dateIn } from '../domain/calendar/sending-window.ts';
import { isConfirmation } from '../domain/confirmation.ts';
import { withContact } from '../domain/contact-log.ts';
import { isCollectable } from '../domain/dunning-case.ts';
import { ConflictError } from '../domain/errors.ts';
import { debtorCalendar } from '../domain/plan/debtor-calendar.ts';
import { respondByOn } from '../domain/plan/respond-by.ts';
import type { MessageCharges } from './charges.ts';
import { type ClaimTransition, claimOf, type EditedCase, editCase } from './edit-case.ts';
import { editCustomer } from './edit-customer.ts';
import { type Member, type Message, refOf } from './gather-message.ts';
import { CASES_PER_CHANGE_MAX, type CustomerWrite } from './ports.ts';
import type { ServingDeps } from './serving.ts';

/** When a message is reserved, and what it claims beside the principal. */
interface Reservation {
  readonly charges: MessageCharges;
  readonly at: string;
}

/**
 * Reserves the step of every member of a message, and the contact in the debtor's log, in one transaction: whoever comes second finds the log moved and reads again. Beyond what one
 * transaction holds, further members are reserved in transactions of their own; one of them that is no longer as it was read is left out of the message.
 * What is claimed of charges is told in the history, and kept on the claim of a formal notice, which is what a court is shown.
 *
 * @returns the message with the members that are reserved, as they stand then
 * @throws ConflictError when the lead, the debtor or one of the first members is no longer what was read
 */
export async function reserveMessage(deps: ServingDeps, message: Message, reservation: Reservation): Promise<Message> {
  const [first = [], ...later] = chunks(message.members, CASES_PER_CHANGE_MAX);
  const reserved = first.map((member) => reserve(deps, message, { member, ...reservation }));
  const customer = contactWrite(deps, message, reservation.at);
  await deps.ledger.commit({ cases: reserved.map(({ write }) => write), ...(customer && { customer }) });
  const members = first.map((member, index) => ({ ...member, file: reserved[index]?.file ?? member.file }));
  for (const chunk of later) members.push(...(await reserveLater(deps, message, { chunk, ...reservation })));
  const [lead, ...others] = members;
  if (!lead) throw new Error('invariant: a message has a lead');
  return { ...message, lead, members: [lead, ...others] };
}

function reserve(
  deps: ServingDeps,
  message: Message,
  { member, charges, at }: Reservation & { member: Member },
): EditedCase {
  const { lead, members, record } = message;
  const { stepId, level } = member.step;
  const calendar = debtorCalendar(record.customer, deps);
  const leadRef = refOf(lead);
  const link =
    member === lead ? { serves: members.filter((other) => other !== lead).map(refOf) } : { servedBy: { ...leadRef } };
  const respondBy = respondByOn(dateIn(at, calendar.timeZone), lead.step, calendar);
  const move = {
    step: { stepId, level, channel: lead.step.channel },
    transition: { state: 'reserved', respondBy, ...link, ...claimed(member, { lead, charges }) },
  } as const;
  return editCase(member.file, { moves: [move] }, at);
}

/** What a message claims on the invoice of a member beside the principal, or why it leaves that out. */
function claimed(
  { file }: Member,
  { lead, charges: byInvoice }: { lead: Member; charges: MessageCharges },
): Pick<ClaimTransition, 'charges' | 'told'> {
  const { invoiceId, currency } = file.dunningCase.invoice;
  const { charges = null, missingFrom = null } = byInvoice.get(invoiceId) ?? {};
  if (missingFrom !== null) return { told: { chargesLeftOut: `no rate known from ${missingFrom} on` } };
  if (!charges) return {};
  const told = {
    interest: moneyText({ amountMinor: charges.interestMinor, currency }),
    compensation: moneyText({ amountMinor: charges.compensationMinor, currency }),
  };
  return lead.step.isFormalNotice ? { told, charges } : { told };
}

/** The contact this message makes, in the debtor's log; null when it is none: a confirmation, or what stays in the house. */
function contactWrite(deps: ServingDeps, { lead, record }: Message, at: string): CustomerWrite | null {
  const { stepId, channel } = lead.step;
  if (channel === 'hand-over' || isConfirmation(stepId)) return null;
  const on = dateIn(at, debtorCalendar(record.customer, deps).timeZone);
  const contacts = withContact(record.contacts, { on, channel, step: refOf(lead) });
  return editCustomer(record, { contacts });
}

async function reserveLater(
  deps: ServingDeps,
  message: Message,
  { chunk, ...reservation }: Reservation & { chunk: readonly Member[] },
): Promise<Member[]> {
  try {
    const edited = chunk.map((member) => reserve(deps, message, { member, ...reservation }));
    await deps.ledger.commit({ cases: edited.map(({ write }) => write) });
    return chunk.map((member, index) => ({ ...member, file: edited[index]?.file ?? member.file }));
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const one = await Promise.all(chunk.map((member) => reserveAlone(deps, message, { member, ...reservation })));
    return one.filter((member) => member !== null);
  }
}

/** Reserves one member as it stands now, or leaves it out: paid, held, served or moved meanwhile. */
async function reserveAlone(
  deps: ServingDeps,
  message: Message,
  { member, ...reservation }: Reservation & { member: Member },
): Promise<Member | null> {
  const { invoice, planRevision } = member.file.dunningCase;
  const file = await deps.ledger.loadCaseFile(invoice.invoiceId);
  const isAsRead = file !== null && isCollectable(file.dunningCase) && file.dunningCase.planRevision === planRevision;
  const claim = file && claimOf(file, member.step.stepId);
  if (!isAsRead || (claim && claim.state !== 'released' && claim.state !== 'approved')) return null;
  try {
    const edited = reserve(deps, message, { member: { ...member, file }, ...reservation });
    await deps.ledger.commit({ cases: [edited.write] });
    return { ...member, file: edited.file };
  } catch (error) {
    if (error instanceof ConflictError) return null;
    throw error;
  }
}

/** A list in pieces of at most so many. */
export function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const starts = Array.from({ length: Math.ceil(items.length / size) }, (_, index) => index * size);
  return starts.map((start) => items.slice(start, start + size));
}
