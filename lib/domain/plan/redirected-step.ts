import type { PolicyStep } from '../policy.ts';
import type { StepClaim } from '../step-claim.ts';

/** What a step says by text message when its email came back. */
const FALLBACK_TEMPLATE = 'short-message';

/** A step as it is to be served now: an email that came back from every address goes by text message, every other step by its own channel. */
export function redirectedStep(step: PolicyStep, claim: StepClaim | null | undefined): PolicyStep {
  const cameBack = (claim?.bounces ?? 0) > 0;
  const isRedirected = cameBack && step.channel === 'email' && claim?.channel === 'sms';
  return isRedirected ? { ...step, channel: 'sms', template: FALLBACK_TEMPLATE } : step;
}
