import type { Fault } from '../contracts/fault.ts';
import type { PreviewRequest } from '../contracts/preview-request.ts';
import type { PreviewStep } from '../contracts/preview-view.ts';

/**
 * What the preview of a policy asks of the application. It stands apart from the other use cases because it renders messages, whose templates the function of the
 * other routes need not load. `at` is the UTC instant the gateway took the request. Changes nothing.
 */
export interface PreviewUseCases {
  /** The dated ladder to its end, or null when there is no such policy; `errors` point into the body of the request. */
  previewPolicy(query: {
    name: string;
    request: PreviewRequest;
    at: string;
  }): Promise<{ steps: readonly PreviewStep[] } | { errors: readonly Fault[] } | null>;
}
