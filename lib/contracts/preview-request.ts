import * as z from 'zod/mini';
import type { Customer } from '../domain/customer.ts';
import type { Invoice } from '../domain/invoice.ts';
import { checkBody } from './check-body.ts';
import { parseCustomerBody } from './customer-body.ts';
import type { Fault } from './fault.ts';
import { fieldOf } from './field-of.ts';
import { parseInvoiceBody } from './invoice-body.ts';
import { ChosenIdSchema } from './text-field.ts';

/**
 * An invoice and a customer to try a policy on; neither needs to be known, and neither is kept. `version` null: the newest of the policy. The two claims are what the
 * conditions of a step may ask of the customer's other invoices.
 */
export interface PreviewRequest {
  readonly invoice: Invoice;
  readonly customer: Customer;
  readonly version: number | null;
  readonly isFirstInvoice: boolean;
  readonly lastInvoiceLate: boolean;
}

/** The id of an invoice or customer that was given none: a preview keeps nothing under it. */
const PREVIEW_ID = 'PREVIEW';

const EnvelopeSchema = z.strictObject({
  invoice: z.record(z.string(), z.unknown()),
  customer: z.record(z.string(), z.unknown()),
  version: z.optional(z.int().check(z.positive('must be a version, from 1 on'))),
  isFirstInvoice: z.optional(z.boolean()),
  lastInvoiceLate: z.optional(z.boolean()),
});

/**
 * Reads the body of `POST /policies/{name}/preview`: an invoice as `POST /invoices` takes it but without its customer, and a whole customer; their ids may be left
 * out. Every fault at once.
 */
export function parsePreviewRequest(
  body: unknown,
): { ok: true; request: PreviewRequest } | { ok: false; errors: Fault[] } {
  const envelope = checkBody(EnvelopeSchema, body, () => []);
  const customer = partOf(body, 'customer', (given) => parseCustomerBody(idOf(given, 'customerId'), given));
  const invoice = partOf(body, 'invoice', parseInvoiceAlone);
  if (!envelope.ok || !customer?.ok || !invoice?.ok) {
    const parts = [envelope, invoice, customer];
    return { ok: false, errors: parts.flatMap((part) => (part && !part.ok ? part.errors : [])) };
  }
  const { version, isFirstInvoice, lastInvoiceLate } = envelope.value;
  return {
    ok: true,
    request: {
      invoice: { ...invoice.invoice, customerId: customer.customer.customerId },
      customer: customer.customer,
      version: version ?? null,
      isFirstInvoice: isFirstInvoice ?? false,
      lastInvoiceLate: lastInvoiceLate ?? false,
    },
  };
}

/** The invoice names a customer that is known, so that only its own fields are judged here. */
function parseInvoiceAlone(given: object): ReturnType<typeof parseInvoiceBody> {
  const invoiceId = idOf(given, 'invoiceId');
  const parsed = parseInvoiceBody({ invoiceId, ...given, customer: { customerId: PREVIEW_ID } });
  if (!Object.hasOwn(given, 'customer')) return parsed;
  const misplaced = { pointer: '/customer', detail: 'is not a known field: the customer stands beside the invoice' };
  return { ok: false, errors: [...(parsed.ok ? [] : parsed.errors), misplaced] };
}

/** One part of the body, read where it is an object at all; its faults point to where it stands. */
function partOf<Parsed extends { ok: true } | { ok: false; errors: Fault[] }>(
  body: unknown,
  name: string,
  parse: (given: object) => Parsed,
): Parsed | null {
  const given = fieldOf(body, name);
  if (given === null || typeof given !== 'object' || Array.isArray(given)) return null;
  const parsed = parse(given);
  if (parsed.ok) return parsed;
  return { ...parsed, errors: parsed.errors.map(({ pointer, detail }) => ({ pointer: `/${name}${pointer}`, detail })) };
}

function idOf(given: object, name: string): string {
  const id = ChosenIdSchema.safeParse(fieldOf(given, name));
  return id.success ? id.data : PREVIEW_ID;
}
