import { bodyHash } from '../contracts/body-hash.ts';
import { fieldOf } from '../contracts/field-of.ts';
import { type ParsedInvoiceBody, parseInvoiceBody } from '../contracts/invoice-body.ts';
import { unknownPolicy } from '../contracts/policy-view.ts';
import { invalidRequest, problem } from '../contracts/problem.ts';
import type { RegistrationOutcome } from '../contracts/registration-view.ts';
import { ChosenIdSchema } from '../contracts/text-field.ts';
import type { ApiUseCases } from './api-use-cases.ts';

type SoundInvoice = Extract<ParsedInvoiceBody, { ok: true }>;

/**
 * Registers one invoice from its body, for the single route and for each item of a batch.
 *
 * @param body the JSON value as it came; its hash decides whether an id comes again with the same body
 * @param at when the gateway took the request, a UTC instant
 * @throws what the use case throws
 */
export async function registerOneInvoice(
  useCases: ApiUseCases,
  body: unknown,
  at: string,
): Promise<RegistrationOutcome> {
  const parsed = parseInvoiceBody(body);
  if (!parsed.ok) return { status: 'problem', invoiceId: readableId(body), problem: invalidRequest(parsed.errors) };
  const { invoice, customer } = parsed;
  const outcome = await useCases.registerInvoice({ invoice, customer, bodyHash: bodyHash(body), at });
  return outcomeOf(outcome, parsed);
}

/** The id of a body that may be broken anywhere, or null when the id is broken too. */
export function readableId(body: unknown): string | null {
  const id = ChosenIdSchema.safeParse(fieldOf(body, 'invoiceId'));
  return id.success ? id.data : null;
}

function outcomeOf(
  outcome: Awaited<ReturnType<ApiUseCases['registerInvoice']>>,
  { invoice, customer, warnings }: SoundInvoice,
): RegistrationOutcome {
  const { invoiceId, customerId } = invoice;
  switch (outcome) {
    case 'registered':
      return { status: 201, invoiceId, warnings };
    case 'unchanged':
      return { status: 200, invoiceId, warnings };
    case 'different-body':
      return { status: 'problem', invoiceId, problem: problem('conflict', differentBody(invoiceId)) };
    case 'unknown-customer': {
      const detail = `must be known already, and ${customerId} is not; send the whole customer`;
      const errors = [{ pointer: '/customer/customerId', detail }];
      return { status: 'problem', invoiceId, problem: invalidRequest(errors) };
    }
    case 'unknown-policy': {
      const errors = [unknownPolicy('/customer/policy', customer?.policy)];
      return { status: 'problem', invoiceId, problem: invalidRequest(errors) };
    }
  }
}

function differentBody(invoiceId: string): string {
  return `Invoice ${invoiceId} is registered already with other values. Nothing was changed.`;
}
