import type { CaseFile, CustomerRecord } from '../domain/case-file.ts';
import { ContractError, invariant } from '../domain/errors.ts';
import type { Payment } from '../domain/payment.ts';
import type { Task } from '../domain/task.ts';
import {
  ACTIONS_PER_CHANGE_MAX,
  type CaseLedger,
  type CaseWrite,
  type ClaimWrite,
  type CustomerWrite,
  type LedgerChange,
  type TaskWrite,
} from './ports.ts';

/**
 * One change of the ledger that is made of several, each worked out on what those before it leave: what is committed here is only gathered, and read again. All of it is then written at once, over what was
 * read first, or nothing is. It holds cases of one customer.
 */
export class StagedChange implements CaseLedger {
  readonly #ledger: CaseLedger;
  readonly #files = new Map<string, CaseFile>();
  readonly #cases = new Map<string, CaseWrite>();
  readonly #tasks = new Map<string, TaskWrite>();
  #customer: CustomerWrite | null = null;

  constructor(ledger: CaseLedger) {
    this.#ledger = ledger;
  }

  async loadCaseFile(invoiceId: string): Promise<CaseFile | null> {
    return this.#files.get(invoiceId) ?? this.#ledger.loadCaseFile(invoiceId);
  }

  async loadTask(taskId: string): Promise<Task | null> {
    return this.#tasks.get(taskId)?.task ?? this.#ledger.loadTask(taskId);
  }

  async loadCustomer(customerId: string): Promise<CustomerRecord | null> {
    const staged = this.#customer?.record;
    return staged?.customer.customerId === customerId ? staged : this.#ledger.loadCustomer(customerId);
  }

  async commit({ cases, tasks = [], customer }: Pick<LedgerChange, 'cases' | 'tasks' | 'customer'>) {
    for (const write of cases) await this.#stage(write);
    for (const write of tasks) {
      const before = this.#tasks.get(write.task.taskId);
      this.#tasks.set(write.task.taskId, before ? { ...write, expectedVersion: before.expectedVersion } : write);
    }
    if (customer)
      this.#customer = { ...customer, ...(this.#customer && { expectedVersion: this.#customer.expectedVersion }) };
    return 'committed' as const;
  }

  /** Everything that was committed here, as one change. */
  get change(): LedgerChange {
    const tasks = [...this.#tasks.values()];
    return { cases: [...this.#cases.values()], tasks, ...(this.#customer && { customer: this.#customer }) };
  }

  async #stage(write: CaseWrite): Promise<void> {
    const { invoiceId } = write.dunningCase.invoice;
    const file = await this.loadCaseFile(invoiceId);
    if (!file) throw new ContractError(`case ${invoiceId} is gone`);
    const { claims = [], payment, replacedPayment } = write;
    const written = claims.map(({ claim }) => claimId(claim));
    this.#files.set(invoiceId, {
      ...file,
      dunningCase: write.dunningCase,
      claims: [
        ...file.claims.filter((claim) => !written.includes(claimId(claim))),
        ...claims.map(({ claim }) => claim),
      ],
      payments: withPayments(file.payments, payment, replacedPayment),
    });
    const before = this.#cases.get(invoiceId);
    this.#cases.set(invoiceId, before ? bothWrites(before, write) : write);
  }
}

/** Whether a change, with its receipts and a customer, is no more than one transaction of the ledger takes. */
export function isOneTransaction({ cases, tasks = [], filings = [] }: LedgerChange): boolean {
  const ofCases = cases.map(
    ({ entries, claims = [], payment, replacedPayment }) =>
      1 + entries.length + claims.length + (payment || replacedPayment ? 1 : 0),
  );
  // A receipt is filed under two marks at most.
  const receiptsAndCustomer = 6;
  const actions = ofCases.reduce((sum, own) => sum + own, tasks.length + filings.length + receiptsAndCustomer);
  return actions <= ACTIONS_PER_CHANGE_MAX;
}

/** Two writes of one case as one: over what the first was made on, as the second leaves it. */
function bothWrites(first: CaseWrite, second: CaseWrite): CaseWrite {
  const { invoiceId } = second.dunningCase.invoice;
  invariant(!(paymentOf(first) && paymentOf(second)), `case ${invoiceId} takes two payments in one change`);
  const claims = new Map((first.claims ?? []).map((write) => [claimId(write.claim), write]));
  for (const write of second.claims ?? []) {
    const before = claims.get(claimId(write.claim));
    claims.set(claimId(write.claim), before ? { ...write, replaces: before.replaces } : write);
  }
  const payment = first.payment ?? second.payment;
  const replacedPayment = first.replacedPayment ?? second.replacedPayment;
  return {
    ...second,
    expectedVersion: first.expectedVersion,
    entries: [...first.entries, ...second.entries],
    wakes: first.wakes || second.wakes,
    claims: [...claims.values()],
    ...(payment && { payment }),
    ...(replacedPayment && { replacedPayment }),
    ...((first.startsCycle || second.startsCycle) && { startsCycle: true }),
  };
}

function paymentOf({ payment, replacedPayment }: CaseWrite): Payment | undefined {
  return payment ?? replacedPayment;
}

function withPayments(known: readonly Payment[], ...written: readonly (Payment | undefined)[]): Payment[] {
  const added = written.filter((payment) => payment !== undefined);
  const others = known.filter(({ transactionId }) => !added.some((payment) => payment.transactionId === transactionId));
  return [...others, ...added];
}

function claimId({ invoiceId, cycle, stepId }: ClaimWrite['claim']): string {
  return `${invoiceId}/${cycle}/${stepId}`;
}
