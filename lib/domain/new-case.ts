import type { DunningCase } from './dunning-case.ts';
import type { Invoice } from './invoice.ts';

/** What a case begins with: its invoice under a version of a policy, and the head of its history, of which the registration is the first entry. `registeredAt` is a UTC instant. */
type Beginning = { readonly invoice: Invoice } & Pick<
  DunningCase,
  'policy' | 'isFirstInvoice' | 'openTaskIds' | 'registeredAt' | 'bodyHash' | 'historySeq' | 'historyHash'
>;

/** The case of an invoice nothing has happened to yet: open, nothing paid, nothing said. */
export function newCase({ policy: { name, version }, ...beginning }: Beginning): DunningCase {
  return {
    ...beginning,
    policy: { name, version },
    cycle: 1,
    standing: 'open',
    paidMinor: 0,
    paidInterestMinor: 0,
    paidCompensationMinor: 0,
    creditedMinor: 0,
    writtenOffMinor: 0,
    grantedDiscountMinor: 0,
    toleratedMinor: 0,
    hold: null,
    block: null,
    blockAtClosing: null,
    confirmations: [],
    promises: [],
    disputes: [],
    instalmentPlan: null,
    resumesFrom: null,
    lastAnsweredOn: null,
    version: 1,
    planRevision: 1,
  };
}
