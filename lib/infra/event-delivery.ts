import { Duration } from 'aws-cdk-lib';

/**
 * How long EventBridge tries to hand an event to its target before it becomes a dead letter: a day, its longest.
 * It covers delivery only. When the function itself fails, Lambda tries twice more and then uses the function's own
 * dead-letter queue, so both are given the same one and a redrive finds the same event in it.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html (read 2026-11-23)
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html (read 2026-11-23)
 */
export const EVENT_DELIVERY = { maxEventAge: Duration.hours(24), retryAttempts: 185 };
