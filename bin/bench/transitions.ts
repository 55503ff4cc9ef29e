import { LocalClient } from '../../lib/local/client/local-client.ts';
import { startLocalSystem } from '../../lib/local/system.ts';

/** What one way through a case costs, counted by the runner's own history and by the meter before the database. */
export interface CaseCost {
  readonly story: string;
  /** Steps of the ladder that had their turn: notices that left, work that people were given, and what found nobody to go to. */
  readonly steps: number;
  readonly transitions: number;
  readonly transitionsMax: number;
  readonly writeUnits: number;
  readonly readUnits: number;
}

interface Metrics {
  readonly tables: Readonly<
    Record<string, Readonly<Record<string, { readonly readUnits: number; readonly writeUnits: number }>>>
  >;
}

/** A way through a case: when the money comes in, and how many state transitions it may take at most (issue: 10, 14, 4 per step + 10). */
const STORIES = [
  { story: 'paid before its first notice', paidAt: '2026-01-12T08:00:00Z', transitionsMax: () => 10 },
  { story: 'paid after one notice', paidAt: '2026-01-22T08:00:00Z', transitionsMax: () => 14 },
  {
    story: 'run to the end of the ladder',
    paidAt: '2026-06-01T08:00:00Z',
    transitionsMax: (steps: number) => 4 * steps + 10,
  },
] as const;

/** Runs each story on a local system of its own and counts. */
export async function measureCases(cloudAssemblyFolder: string): Promise<CaseCost[]> {
  const costs: CaseCost[] = [];
  for (const { story, paidAt, transitionsMax } of STORIES) {
    const system = await startLocalSystem({
      cloudAssemblyFolder,
      port: 0,
      awsPort: 0,
      startAt: '2026-01-05T08:00:00Z',
    });
    try {
      const client = new LocalClient(system.apiUrl);
      await run(client, paidAt);
      const { status, transitions } = await client.execution(INVOICE.invoiceId);
      if (status !== 'SUCCEEDED') throw new Error(`"${story}" ended ${status}`);
      const steps = await stepsTaken(client);
      const { body } = await client.call<Metrics>('GET /_local/metrics');
      costs.push({ story, steps, transitions, transitionsMax: transitionsMax(steps), ...unitsOf(body) });
    } finally {
      await system.close();
    }
  }
  return costs;
}

async function run(client: LocalClient, paidAt: string): Promise<void> {
  await client.register(INVOICE);
  await client.advance({ advanceTo: paidAt });
  const bookedOn = paidAt.slice(0, 10);
  const credit = { transactionId: 'BK-1', kind: 'credit', amount: INVOICE.total, bookedOn, valueOn: bookedOn };
  await client.bank({ ...credit, remittance: INVOICE.number });
}

async function stepsTaken(client: LocalClient): Promise<number> {
  const { body } = await client.call<{ entries: { type: string; data: { reason?: string } }[] }>(
    `GET /cases/${INVOICE.invoiceId}/history?limit=200`,
    { scope: 'relance/finance' },
  );
  const isTaken = (entry: (typeof body.entries)[number]) =>
    entry.type === 'NoticeReserved' || entry.data.reason === 'no-usable-contact';
  return body.entries.filter(isTaken).length;
}

function unitsOf({ tables }: Metrics): { writeUnits: number; readUnits: number } {
  const operations = Object.values(tables).flatMap((table) => Object.values(table));
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  return {
    writeUnits: sum(operations.map(({ writeUnits }) => writeUnits)),
    readUnits: sum(operations.map(({ readUnits }) => readUnits)),
  };
}

const INVOICE = {
  invoiceId: 'INV-BENCH-1',
  number: 'INV-BENCH-1',
  issuedOn: '2025-12-31',
  dueOn: '2026-01-30',
  total: { amount: '1200.00', currency: 'EUR' },
  customer: {
    customerId: 'C-BENCH',
    name: 'Boulangerie Martin SARL',
    kind: 'business',
    country: 'FR',
    contacts: [{ role: 'accounts-payable', email: 'compta@martin.example', phone: '+33639980011' }],
  },
};
