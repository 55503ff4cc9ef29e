import type { SendOutcome } from '../app/ports.ts';

/** What every AWS client error carries; a failure without an HTTP status never got an answer. */
interface ClientError {
  readonly name: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Failures to connect: the request never left this machine. */
const NEVER_LEFT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'CredentialsProviderError'];

/**
 * What an error of the provider says about the message, by its name, never by its text. When in doubt it may have left.
 *
 * @param refusals names of the errors that say: this message, as it is, will never be taken
 */
export function outcomeOfError(error: unknown, refusals: readonly string[]): SendOutcome {
  const { name, code, $metadata } = error as ClientError;
  const detail = name ?? 'Error';
  const neverLeft = NEVER_LEFT.includes(code ?? '') || NEVER_LEFT.includes(detail);
  if (neverLeft) return { kind: 'not-now', detail };
  const status = $metadata?.httpStatusCode ?? 0;
  // Neither silence nor a fault of the provider's own proves that nothing left.
  if (status < 400 || status >= 500) return { kind: 'unknown', detail };
  return { kind: refusals.includes(detail) ? 'refused' : 'not-now', detail };
}
