/**
 * Settings of a client that sends notices: one attempt, because a second one is the workflow's decision, and a bound well below the function's own timeout, so
 * that the outcome can still be recorded.
 */
export const SEND_ONCE = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
} as const;
