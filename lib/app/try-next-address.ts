import type { DeliveryReport } from '../contracts/delivery-event.ts';
import type { CaseFile, CustomerRecord } from '../domain/case-file.ts';
import { isConfirmation } from '../domain/confirmation.ts';
import { isSameStep, withoutContact } from '../domain/contact-log.ts';
import { isOwed } from '../domain/dunning-case.ts';
import { ContractError } from '../domain/errors.ts';
import { chooseRecipient, isInternal, isSameAddress } from '../domain/recipient.ts';
import type { Channel, StepClaim, StepRef } from '../domain/step-claim.ts';
import { type ClaimTransition, editCase } from './edit-case.ts';
import { editCustomer } from './edit-customer.ts';
import { aboutClaim } from './end-members.ts';
import { findStep } from './gather-message.ts';
import { loadDebtor } from './plan-case.ts';
import { type PolicyBook, policyOf } from './policy-book.ts';
import type { CustomerWrite, Ledger } from './ports.ts';
import { raiseTask } from './raise-task.ts';
import { failNotice } from './unserved-notice.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** What sending a message to another address needs. */
export interface RedirectDeps {
  readonly ledger: Ledger;
  readonly policies: PolicyBook;
  readonly internalDomains: readonly string[];
  readonly taskOwner: string;
}

/** How often the step of a message that came back is tried at another address. */
const BOUNCES_MAX = 1;

/**
 * Opens the step of a message that came back for good again, for the debtor's next usable address: another contact, or else their phone by text message, once. Failing both, the step is
 * over, its level does not count as served, and a person is asked for an address. What the same message served for the debtor's other invoices goes with it.
 *
 * Nothing is done when somebody at another address of the same message did get it, or when the report is of an older message.
 */
export async function tryNextAddress(deps: RedirectDeps, report: DeliveryReport): Promise<void> {
  const { invoiceId, cycle, stepId } = report;
  const file = await deps.ledger.loadCaseFile(invoiceId);
  const claim = file && claimAt(file, { invoiceId, cycle, stepId });
  if (!file || !claim || claim.state !== 'sent' || claim.messageId !== report.messageId) return;
  const record = await loadDebtor(deps.ledger, file);
  const next = isConfirmation(stepId) ? null : await nextChannel(deps, { file, record, claim, report });
  if (next === 'delivered-elsewhere') return;
  // The lead comes last: until then the event, delivered again, finds the whole work undone.
  for (const ref of [...(claim.serves ?? []), { invoiceId, cycle, stepId }]) {
    await withFreshRead(() => reopen(deps, { ref, report, next }));
  }
}

async function nextChannel(
  deps: RedirectDeps,
  { file, record, claim, report }: { file: CaseFile; record: CustomerRecord; claim: StepClaim; report: DeliveryReport },
): Promise<Channel | 'delivered-elsewhere' | null> {
  const policy = await policyOf(deps.policies, file);
  const step = findStep({ file, policy, record }, claim.stepId);
  if (!step) return null;
  if (hasArrivedElsewhere(deps, record, report)) return 'delivered-elsewhere';
  if ((claim.bounces ?? 0) >= BOUNCES_MAX) return null;
  const { customer, addressMarks: marks } = record;
  const { internalDomains } = deps;
  const roles = step.recipientRoles;
  const channels: readonly Channel[] = ['email', 'sms'];
  return channels.find((channel) => chooseRecipient({ customer, marks, internalDomains, roles, channel })) ?? null;
}

/** Whether anybody at the debtor's got the message: somebody it was written to who is neither in this report nor known by another one to have no such mailbox. */
function hasArrivedElsewhere(
  { internalDomains }: RedirectDeps,
  { customer, addressMarks }: CustomerRecord,
  { destination, recipients }: DeliveryReport,
): boolean {
  const bounced = Object.keys(addressMarks).filter((address) => addressMarks[address] === 'bounced');
  const { email: copied } = customer.salesRep ?? {};
  const excepted = [...recipients, ...bounced, ...(copied ? [copied] : [])];
  return destination.some((address) => !isOneOf(excepted, address) && !isInternal(address, internalDomains));
}

/** What never arrived was no contact: the debtor's log without it, or null when it holds none under this claim. */
async function withoutBounced(
  { ledger }: RedirectDeps,
  { file, ref }: { file: CaseFile; ref: StepRef },
): Promise<CustomerWrite | null> {
  const record = await loadDebtor(ledger, file);
  const contacts = withoutContact(record.contacts, ref);
  if (contacts.length === record.contacts.length) return null;
  return editCustomer(record, { contacts });
}

function isOneOf(addresses: readonly string[], address: string): boolean {
  return addresses.some((one) => isSameAddress(one, address));
}

function claimAt(file: CaseFile, { cycle, stepId }: StepRef): StepClaim | undefined {
  return file.claims.find((claim) => claim.cycle === cycle && claim.stepId === stepId);
}

/** Whether a claim is of the message that came back. Its sender may not have come to recording it on a sibling yet, and must not any more. */
function isOfMessage({ state, messageId, servedBy }: StepClaim, report: DeliveryReport): boolean {
  if (state === 'sent') return messageId === report.messageId;
  return state === 'reserved' && servedBy !== undefined && isSameStep(servedBy, report);
}

async function reopen(
  deps: RedirectDeps,
  { ref, report, next }: { ref: StepRef; report: DeliveryReport; next: Channel | null },
): Promise<void> {
  const file = await deps.ledger.loadCaseFile(ref.invoiceId);
  if (!file) throw new ContractError(`case ${ref.invoiceId} is gone`);
  const claim = claimAt(file, ref);
  // What was sent before a payment was taken back is not sent again: the next cycle goes on after it.
  if (!claim || claim.cycle !== file.dunningCase.cycle) return;
  if (!isOfMessage(claim, report) || !isOwed(file.dunningCase)) return;
  const { at } = report;
  if (next) {
    const transition: ClaimTransition = { state: 'released', bounces: (claim.bounces ?? 0) + 1, detail: 'bounced' };
    const moves = [{ step: { ...claim, channel: next }, transition }];
    const customer = await withoutBounced(deps, { file, ref });
    await deps.ledger.commit({
      cases: [editCase(file, { moves, wakes: true }, at).write],
      ...(customer && { customer }),
    });
    return;
  }
  const unserved = failNotice(claim, 'undeliverable');
  const { customerId } = file.dunningCase.invoice;
  const { task, draft } = raiseTask({
    ...unserved.task,
    invoiceIds: [ref.invoiceId],
    customerId,
    about: aboutClaim({ ...claim, state: 'failed' }),
    owner: deps.taskOwner,
    at,
  });
  const edit = { moves: [{ step: claim, transition: unserved.transition }], drafts: [draft], wakes: true };
  const { write } = editCase(file, { ...edit, opensTasks: [task.taskId] }, at);
  await deps.ledger.commit({ cases: [write], tasks: [{ task, expectedVersion: null }] });
}
