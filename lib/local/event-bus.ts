import { randomUUID } from 'node:crypto';
import {
  type AsynchronousPolicy,
  DEFAULT_ASYNCHRONOUS_POLICY,
  invokeAsynchronously,
} from './aws/asynchronous-invocation.ts';
import type { VirtualClock } from './clock.ts';
import type { DeadLetters } from './dead-letters.ts';
import { compileEventPattern, type EventMatcher } from './event-pattern.ts';
import type { Faults } from './faults.ts';
import type { FunctionInvoker } from './functions/invoker.ts';
import { busNameIn, functionNameIn } from './template/arn-parts.ts';
import type { DeployedRule, DeployedRuleTarget } from './template/deployment.ts';

/** An event as its publisher hands it over. */
export interface EventEntry {
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly resources?: readonly string[];
  /** Epoch milliseconds; the virtual present when left out. */
  readonly atMillis?: number;
}

/** An event as rules and functions see it. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** UTC, to the second. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** What the event buses of the stack consist of and work with. */
export interface EventBusesOptions {
  readonly busNames: readonly string[];
  readonly rules: readonly DeployedRule[];
  readonly accountId: string;
  readonly region: string;
  readonly clock: VirtualClock;
  readonly invoker: FunctionInvoker;
  readonly deadLetters: DeadLetters;
  readonly faults: Faults;
  /** Sees every event that is put on a bus, whether a rule matches it or not. */
  readonly onEvent?: (event: BusEvent) => void;
  /** What a function has set for asynchronous invocations, by function name; Lambda's defaults for the others. */
  readonly asynchronousPolicies?: Readonly<Record<string, AsynchronousPolicy>>;
}

/**
 * The event buses with their rules. An event goes to every target of every enabled rule that matches, at least once and
 * in no order; a target that cannot be reached is tried again in virtual time, then its event goes to the dead-letter
 * queue of the rule. An event that reached its function is the function's: what happens when the function fails follows
 * from its asynchronous policy, not from the rule.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
 */
export class EventBuses {
  readonly #options: EventBusesOptions;
  readonly #rules: readonly { readonly rule: DeployedRule; readonly matches: EventMatcher }[];

  /** @throws Error that names the rule whose pattern AWS would refuse, or whose bus does not exist */
  constructor(options: EventBusesOptions) {
    this.#options = options;
    this.#rules = options.rules.map((rule) => ({ rule, matches: compileRule(rule) }));
    const lost = options.rules.find(({ busName }) => !this.has(busName));
    if (lost)
      throw new Error(`Rule ${lost.name} is on the bus "${lost.busName}"; there is: ${options.busNames.join(', ')}`);
  }

  /** Whether there is a bus of this name or ARN. */
  has(busNameOrArn: string): boolean {
    return this.#options.busNames.includes(busNameIn(busNameOrArn));
  }

  /**
   * Puts an event on a bus and starts its deliveries, which the clock waits for.
   * @returns the id of the event
   */
  publish(busNameOrArn: string, entry: EventEntry): string {
    const busName = busNameIn(busNameOrArn);
    const event = this.#eventFrom(entry);
    this.#options.onEvent?.(event);
    for (const { rule, matches } of this.#rules) {
      if (!rule.isEnabled || rule.busName !== busName || !matches(event)) continue;
      for (const target of rule.targets) this.#deliver({ rule, target, event });
    }
    return event.id;
  }

  #eventFrom(entry: EventEntry): BusEvent {
    const { accountId, region, clock } = this.#options;
    const time = new Date(entry.atMillis ?? clock.now()).toISOString();
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': entry.detailType,
      source: entry.source,
      account: accountId,
      time: `${time.slice(0, 19)}Z`,
      region,
      resources: entry.resources ?? [],
      detail: entry.detail,
    };
  }

  #deliver(delivery: Delivery): void {
    const { clock, faults } = this.#options;
    const isDuplicated = faults.take('events', ['duplicate']) !== undefined;
    const progress = { startedAtMillis: clock.now(), failures: 0 };
    for (let copy = 0; copy < (isDuplicated ? 2 : 1); copy += 1) void clock.track(this.#attempt(delivery, progress));
  }

  async #attempt(delivery: Delivery, progress: Progress): Promise<void> {
    const functionArn = delivery.target.arn;
    const policy = this.#options.asynchronousPolicies?.[functionNameIn(functionArn)] ?? DEFAULT_ASYNCHRONOUS_POLICY;
    try {
      await invokeAsynchronously(this.#options, { functionArn, payload: delivery.event, policy });
    } catch (error) {
      this.#retryOrGiveUp(delivery, { ...progress, failures: progress.failures + 1 }, error);
    }
  }

  #retryOrGiveUp(delivery: Delivery, progress: Progress, error: unknown): void {
    const { clock } = this.#options;
    const { retryAttemptsMax, eventAgeSecondsMax } = delivery.target;
    const retryAtMillis = clock.now() + Math.min(1_000 * 2 ** progress.failures, RETRY_DELAY_MILLIS_MAX);
    const isTooOld = retryAtMillis - progress.startedAtMillis > eventAgeSecondsMax * 1000;
    if (progress.failures <= retryAttemptsMax && !isTooOld) {
      clock.schedule(retryAtMillis, () => clock.track(this.#attempt(delivery, progress)));
      return;
    }
    this.#options.deadLetters.send({
      queueArn: delivery.target.deadLetterArn,
      body: delivery.event,
      attributes: {
        RULE_ARN: delivery.rule.arn,
        TARGET_ARN: delivery.target.arn,
        ERROR_CODE: 'SDK_CLIENT_ERROR',
        ERROR_MESSAGE: error instanceof Error ? error.message : String(error),
        EXHAUSTED_RETRY_CONDITION: isTooOld ? 'MaximumEventAgeInSeconds' : 'MaximumRetryAttempts',
        RETRY_ATTEMPTS: String(progress.failures - 1),
      },
    });
  }
}

interface Delivery {
  readonly rule: DeployedRule;
  readonly target: DeployedRuleTarget;
  readonly event: BusEvent;
}

interface Progress {
  readonly startedAtMillis: number;
  readonly failures: number;
}

/** 185 attempts with exponential growth fill AWS's 24 hours when the growth ends at about eight minutes. */
const RETRY_DELAY_MILLIS_MAX = 480_000;

function compileRule(rule: DeployedRule): EventMatcher {
  try {
    return compileEventPattern(rule.eventPattern);
  } catch (error) {
    throw new Error(`Rule ${rule.name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
