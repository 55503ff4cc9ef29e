import type { Level } from '../domain/level.ts';
import type { Channel } from '../domain/step-claim.ts';

/**
 * One step of the dated ladder a policy gives, with the message as it would be written. `at` is a UTC instant, null of a step that is not sent; `skipped` then says why. What a
 * channel does not have (the HTML of a text message) is null.
 */
export interface PreviewStep {
  readonly stepId: string;
  readonly level: Level;
  readonly at: string | null;
  readonly channel: Channel;
  readonly to: readonly string[];
  readonly subject: string | null;
  readonly text: string | null;
  readonly html: string | null;
  readonly skipped: string | null;
}

/** The answer of `POST /policies/{name}/preview`. */
export function previewView(steps: readonly PreviewStep[]) {
  return { steps: steps.map(stepView) };
}

function stepView({ stepId, level, at, channel, to, subject, text, html, skipped }: PreviewStep) {
  return { stepId, level, at, channel, to, subject, text, html, skipped };
}
