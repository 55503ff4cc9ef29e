/** What can go wrong on purpose. */
export type FaultKind = 'throttle' | 'timeout-after-success' | 'error' | 'crash-before-reply' | 'duplicate';

/** An order for faults: the next `times` occasions (default 1) of `service` go wrong in the way `kind` says. */
export interface FaultOrder {
  readonly service: string;
  readonly kind: string;
  readonly times?: number;
}

/** The faults that happen between a request and its answer, as opposed to `duplicate`, which happens to a delivery. */
export const WIRE_FAULTS: readonly FaultKind[] = ['throttle', 'timeout-after-success', 'error', 'crash-before-reply'];

/**
 * The faults still to happen, per service, first ordered first taken.
 *
 * - `throttle`: the service's own throttling error, nothing done
 * - `error`: the service's internal error, nothing done
 * - `crash-before-reply`: the connection is cut, nothing done
 * - `timeout-after-success`: the work is done, then the connection is cut
 * - `duplicate`: one delivery happens twice
 */
export class Faults {
  readonly #pending = new Map<string, FaultKind[]>();

  /** @throws InvalidFaultError for a service, kind or number that could never happen */
  inject(order: FaultOrder): void {
    const service = ALIASES[order.service] ?? order.service;
    const kinds = KINDS_OF[service];
    if (!kinds) {
      const known = Object.keys(KINDS_OF).join(', ');
      throw new InvalidFaultError(`No faults for the service "${order.service}"; take one of ${known}`);
    }
    const kind = kinds.find((candidate) => candidate === order.kind);
    if (!kind) {
      throw new InvalidFaultError(`"${order.kind}" cannot happen to ${service}; take one of ${kinds.join(', ')}`);
    }
    const times = order.times ?? 1;
    if (!Number.isInteger(times) || times < 1 || times > TIMES_MAX) {
      throw new InvalidFaultError(`"times" must be a whole number from 1 to ${TIMES_MAX}, not ${order.times}`);
    }
    this.#pending.set(service, [...this.#of(service), ...Array<FaultKind>(times).fill(kind)]);
  }

  /** Takes the next fault of a service; of the given kinds only, when given. */
  take(service: string, kinds?: readonly FaultKind[]): FaultKind | undefined {
    const pending = this.#of(ALIASES[service] ?? service);
    const index = pending.findIndex((kind) => kinds === undefined || kinds.includes(kind));
    return index < 0 ? undefined : pending.splice(index, 1)[0];
  }

  #of(service: string): FaultKind[] {
    return this.#pending.get(service) ?? [];
  }
}

/** A fault was ordered that could never happen; the message says what can. */
export class InvalidFaultError extends Error {
  override readonly name = 'InvalidFaultError';
}

const TIMES_MAX = 10_000;

const ALIASES: Readonly<Record<string, string>> = { eventbridge: 'events', stepfunctions: 'states', sfn: 'states' };

const KINDS_OF: Readonly<Record<string, readonly FaultKind[]>> = {
  ses: [...WIRE_FAULTS, 'duplicate'],
  sns: WIRE_FAULTS,
  dynamodb: WIRE_FAULTS,
  events: [...WIRE_FAULTS, 'duplicate'],
  states: WIRE_FAULTS,
  secretsmanager: WIRE_FAULTS,
  s3: WIRE_FAULTS,
  streams: ['duplicate'],
  lambda: [...WIRE_FAULTS, 'duplicate'],
};
