import { detailTypeOf, parseBankTransaction } from '../contracts/bank-transaction.ts';
import { invalidRequest, problem } from '../contracts/problem.ts';
import { type SignatureRefusal, verifyBankSignature } from './bank-signature.ts';
import { faultAnswer, type OnFault } from './fault-answer.ts';
import { jsonAnswer, problemAnswer } from './json-answer.ts';
import { parseJsonBody } from './json-body.ts';

/** An event for the bus `relance`: the type, and the webhook's body as its detail. */
export interface BankEvent {
  readonly detailType: 'PaymentReceived' | 'PaymentReturned';
  readonly transactionId: string;
  readonly detail: unknown;
}

/**
 * What the webhook needs: the secrets that count (kept from an earlier request, or `fresh`), the time in Unix seconds, and the bus.
 * `publish` resolves once the bus has taken the event.
 */
export interface BankWebhook {
  readonly loadSecrets: (age: 'kept' | 'fresh', nowSeconds: number) => Promise<readonly string[]>;
  readonly nowSeconds: number;
  readonly publish: (event: BankEvent) => Promise<void>;
  readonly onFault: OnFault;
}

const ROUTE = 'POST /webhooks/bank';

/**
 * Answers `POST /webhooks/bank`: 202 once the event is on the bus; 401 when the signature is not believed, then 415,
 * 413, 400 or 422, with nothing published; 503 when the secrets or the bus cannot be reached now, so that the bank delivers again.
 */
export async function receiveBankWebhook(request: Request, webhook: BankWebhook): Promise<Response> {
  try {
    return await receive(request, webhook);
  } catch (error) {
    webhook.onFault(error, { route: ROUTE });
    return problemAnswer(faultAnswer(error));
  }
}

async function receive(request: Request, { loadSecrets, nowSeconds, publish }: BankWebhook): Promise<Response> {
  const rawBody = new Uint8Array(await request.arrayBuffer());
  const header = request.headers.get('relance-signature');
  const verify = async (age: 'kept' | 'fresh') =>
    verifyBankSignature({ header, rawBody, secrets: await loadSecrets(age, nowSeconds), nowSeconds });
  const first = await verify('kept');
  // The secret may have been rotated since it was kept.
  const signature = !first.ok && first.refusal === 'mismatch' ? await verify('fresh') : first;
  if (!signature.ok) return problemAnswer(problem('unauthenticated', ADVICE[signature.refusal]), 'Relance-Signature');
  const body = parseJsonBody(request.headers, rawBody);
  if (!body.ok) return problemAnswer(body.problem);
  const parsed = parseBankTransaction(body.value);
  if (!parsed.ok) return problemAnswer(invalidRequest(parsed.errors));
  const { transactionId } = parsed.transaction;
  await publish({ detailType: detailTypeOf(parsed.transaction), transactionId, detail: body.value });
  return jsonAnswer(202, { transactionId });
}

const ADVICE: Record<SignatureRefusal, string> = {
  missing: 'Sign the request: header Relance-Signature is missing.',
  malformed: 'Header Relance-Signature must be t=<unix seconds>,v1=<64 hex digits>, with up to eight v1.',
  stale: 'The signature is more than 300 seconds old or ahead of time; sign again with the time of sending.',
  mismatch: 'No v1 is the HMAC-SHA256 of t, a dot and the raw body under a secret in use.',
};
