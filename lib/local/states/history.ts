/** One event in the shape of `GetExecutionHistory`; `timestamp` is epoch seconds, as on the wire. */
export interface HistoryEvent {
  id: number;
  previousEventId: number;
  timestamp: number;
  type: string;
  [details: `${string}EventDetails`]: EventDetails | undefined;
}

/** The detail object of an event, under its own name: `{ taskFailedEventDetails: { error, cause, … } }`. */
export type EventDetails = Record<string, unknown>;

/** What to record: the type, its details by name, and the event it follows. */
export interface NewEvent {
  type: string;
  previousEventId: number;
  details?: Record<`${string}EventDetails`, EventDetails>;
}

/**
 * Most events of one execution; the last is the one that ends it.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const HISTORY_EVENTS_MAX = 25_000;

/** The events of one execution, numbered from 1. */
export class History {
  readonly #events: HistoryEvent[] = [];
  readonly #now: () => number;

  /** @param now virtual epoch milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Appends an event and returns its id. */
  record({ type, previousEventId, details }: NewEvent): number {
    const id = this.#events.length + 1;
    this.#events.push({ id, previousEventId, timestamp: this.#now() / 1000, type, ...details });
    return id;
  }

  /** Whether only the event that ends the execution still fits. */
  get isFull(): boolean {
    return this.#events.length >= HISTORY_EVENTS_MAX - 1;
  }

  get events(): readonly HistoryEvent[] {
    return this.#events;
  }
}

/** An event without what the execution carried, for `includeExecutionData: false`. */
export function withoutExecutionData(event: HistoryEvent): HistoryEvent {
  const bare: HistoryEvent = { ...event };
  for (const [key, details] of Object.entries(event)) {
    if (!isDetailsKey(key) || details === undefined) continue;
    const kept = Object.entries(details as EventDetails).filter(([name]) => !EXECUTION_DATA.has(name));
    bare[key] = Object.fromEntries(kept);
  }
  return bare;
}

const EXECUTION_DATA = new Set([
  'input',
  'inputDetails',
  'output',
  'outputDetails',
  'parameters',
  'assignedVariables',
  'assignedVariablesDetails',
]);

function isDetailsKey(key: string): key is `${string}EventDetails` {
  return key.endsWith('EventDetails');
}
