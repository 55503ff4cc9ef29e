/** What the local system counted (`GET /_local/metrics`), as far as it costs money on AWS. */
export interface Metrics {
  readonly stateTransitions: number;
  readonly functions: Readonly<Record<string, number>>;
  readonly tables: Readonly<
    Record<string, Readonly<Record<string, { readonly readUnits: number; readonly writeUnits: number }>>>
  >;
}

/** One line of the bill, in US dollars. */
export interface CostLine {
  readonly what: string;
  readonly count: number;
  readonly usd: number;
}

/**
 * List prices of us-east-1 in US dollars: Step Functions Standard; Lambda on arm64 with 512 MB and an assumed 100 ms an
 * invocation; DynamoDB on demand; SES Essentials. Collected on 2026-11-23 from public copies of AWS's price lists, not
 * from a bill: compare them with AWS's own pages before you rely on a figure. Free tiers and taxes are left out. A text
 * message costs what the operator asks, far more than all the rest.
 */
const USD = {
  stateTransition: 25e-6,
  lambdaInvocation: 0.2e-6 + 0.1 * 0.5 * 0.0000133334,
  writeUnit: 0.625e-6,
  readUnit: 0.125e-6,
  email: 0.00016,
} as const;

/** The bill of what was counted. */
export function costOf(metrics: Metrics, emails: number): CostLine[] {
  const capacity = Object.values(metrics.tables).flatMap((operations) => Object.values(operations));
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const line = (what: string, count: number, price: number): CostLine => ({ what, count, usd: count * price });
  return [
    line('state transitions', metrics.stateTransitions, USD.stateTransition),
    line('Lambda invocations', sum(Object.values(metrics.functions)), USD.lambdaInvocation),
    line('DynamoDB write units', sum(capacity.map(({ writeUnits }) => writeUnits)), USD.writeUnit),
    line('DynamoDB read units', sum(capacity.map(({ readUnits }) => readUnits)), USD.readUnit),
    line('emails', emails, USD.email),
  ];
}
