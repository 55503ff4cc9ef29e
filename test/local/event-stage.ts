import { beforeEach } from 'vitest';
import { VirtualClock } from '../../lib/local/clock.ts';
import { DeadLetters } from '../../lib/local/dead-letters.ts';
import { EventBuses, type EventBusesOptions } from '../../lib/local/event-bus.ts';
import { Faults } from '../../lib/local/faults.ts';
import type { DeployedRule, DeployedRuleTarget } from '../../lib/local/template/deployment.ts';
import { RecordingFunctions } from './recording-functions.ts';

export const START = Date.UTC(2026, 10, 2, 9, 0, 0, 250);
export const APPLY_PAYMENT = 'arn:aws:lambda:eu-west-1:123456789012:function:apply-payment';
export const DEAD_QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:dead';
export const PAYMENT = {
  source: 'relance.bank',
  detailType: 'PaymentReceived',
  detail: { transactionId: 'BK-1' },
};

export const aTarget = (more: Partial<DeployedRuleTarget> = {}): DeployedRuleTarget => ({
  id: 'Target0',
  arn: APPLY_PAYMENT,
  deadLetterArn: DEAD_QUEUE,
  retryAttemptsMax: 185,
  eventAgeSecondsMax: 86_400,
  ...more,
});

export const aRule = (more: Partial<DeployedRule> = {}): DeployedRule => ({
  name: 'payments',
  arn: 'arn:aws:events:eu-west-1:123456789012:rule/relance/payments',
  busName: 'relance',
  eventPattern: { 'detail-type': ['PaymentReceived'] },
  isEnabled: true,
  targets: [aTarget()],
  ...more,
});

/** A clock, functions and dead letters of its own for each test of a file. */
export class EventStage {
  clock = new VirtualClock(START);
  functions = new RecordingFunctions();
  deadLetters = new DeadLetters(() => this.clock.now());
  faults = new Faults();

  static forThisFile(): EventStage {
    const stage = new EventStage();
    beforeEach(() => {
      Object.assign(stage, new EventStage());
    });
    return stage;
  }

  /** The buses `default` and `relance` with these rules. */
  buses(rules: DeployedRule[] = [aRule()], more: Partial<EventBusesOptions> = {}): EventBuses {
    const { clock, functions: invoker, deadLetters, faults } = this;
    const place = { accountId: '123456789012', region: 'eu-west-1' };
    const busNames = ['default', 'relance'];
    return new EventBuses({ busNames, rules, ...place, clock, invoker, deadLetters, faults, ...more });
  }
}
