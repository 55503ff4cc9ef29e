/** Request units used by one kind of operation on one table. */
export interface CapacityUse {
  readonly requests: number;
  /** Read request units: 4 KB strongly consistent, 8 KB eventually consistent. */
  readonly readUnits: number;
  /** Write request units: 1 KB each, indexes included. */
  readonly writeUnits: number;
}

/** Adds up the request units DynamoDB would have billed, per table and operation. */
export class CapacityMeter {
  readonly #uses = new Map<string, Map<string, CapacityUse>>();

  /** Adds what one request used on one table. */
  record(tableName: string, operation: string, units: Pick<CapacityUse, 'readUnits' | 'writeUnits'>): void {
    const operations = this.#uses.get(tableName) ?? new Map<string, CapacityUse>();
    this.#uses.set(tableName, operations);
    const before = operations.get(operation) ?? { requests: 0, readUnits: 0, writeUnits: 0 };
    operations.set(operation, {
      requests: before.requests + 1,
      readUnits: before.readUnits + units.readUnits,
      writeUnits: before.writeUnits + units.writeUnits,
    });
  }

  /** What a table used since the start or the last reset; of all tables when none is named. */
  total(tableName?: string): CapacityUse {
    const tables = tableName === undefined ? [...this.#uses.values()] : [this.#uses.get(tableName) ?? new Map()];
    const total = { requests: 0, readUnits: 0, writeUnits: 0 };
    for (const use of tables.flatMap((operations) => [...operations.values()])) {
      total.requests += use.requests;
      total.readUnits += use.readUnits;
      total.writeUnits += use.writeUnits;
    }
    return total;
  }

  /** Every table with its operations, such as `{Ledger: {PutItem: {requests: 1, readUnits: 0, writeUnits: 1}}}`. */
  report(): Record<string, Record<string, CapacityUse>> {
    return Object.fromEntries([...this.#uses].map(([table, operations]) => [table, Object.fromEntries(operations)]));
  }

  /** Starts again at zero. */
  reset(): void {
    this.#uses.clear();
  }
}
