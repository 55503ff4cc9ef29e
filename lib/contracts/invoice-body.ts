import * as z from 'zod/mini';
import type { Customer } from '../domain/customer.ts';
import type { Invoice } from '../domain/invoice.ts';
import { PaymentReferenceSchema } from './bank-details.ts';
import { checkBody } from './check-body.ts';
import { CustomerBodySchema, customerFaults, customerFrom, customerWarnings } from './customer-body.ts';
import type { Fault, Warning } from './fault.ts';
import { fieldOf } from './field-of.ts';
import { MoneyTextSchema, moneyFaults, moneyFromText } from './money-text.ts';
import { ChosenIdSchema, HttpsUrlSchema, PlausibleDateSchema, textField } from './text-field.ts';

const PercentSchema = z
  .string()
  .check(
    z.refine(
      (text) => /^(0|[1-9]\d?)(\.\d{1,4})?$/.test(text) && /[1-9]/.test(text),
      'must be a decimal string above 0 and below 100 with at most 4 decimals, such as "2.0"',
    ),
  );

/** Two decimals, as the rates it is compared with have: a rate is kept in hundredths of a per cent. */
const AnnualRateSchema = z
  .string()
  .check(
    z.refine(
      (text) => /^(0|[1-9]\d?)(\.\d{1,2})?$/.test(text) && /[1-9]/.test(text),
      'must be a decimal string above 0 and below 100 with at most 2 decimals, such as "12.5"',
    ),
  );

const InvoiceFieldsSchema = z.strictObject({
  invoiceId: ChosenIdSchema,
  number: z.optional(textField(64)),
  issuedOn: PlausibleDateSchema,
  dueOn: PlausibleDateSchema,
  total: MoneyTextSchema,
  paymentReference: z.optional(PaymentReferenceSchema),
  purchaseOrder: z.optional(textField(64)),
  documentUrl: z.optional(HttpsUrlSchema),
  earlyPaymentDiscount: z.optional(z.strictObject({ until: PlausibleDateSchema, percent: PercentSchema })),
  latePaymentRatePercent: z.optional(AnnualRateSchema),
});

/** An invoice whose customer is known already: named by id, and nothing else. */
const KnownCustomerInvoiceSchema = z.extend(InvoiceFieldsSchema, {
  customer: z.strictObject({ customerId: ChosenIdSchema }),
});

const WholeCustomerInvoiceSchema = z.extend(InvoiceFieldsSchema, { customer: CustomerBodySchema });

/** What a body asks to register; `customer` is null when the invoice only names a known one. */
export type ParsedInvoiceBody =
  | { readonly ok: true; readonly invoice: Invoice; readonly customer: Customer | null; readonly warnings: Warning[] }
  | { readonly ok: false; readonly errors: Fault[] };

/**
 * Reads the body of `POST /invoices`. Every fault is reported at once: rules that look at several fields run on the
 * parts that are sound even when others are broken. Amounts become minor units, phones E.164, RF references and IBANs
 * their bare form.
 */
export function parseInvoiceBody(body: unknown): ParsedInvoiceBody {
  const whole = fieldOf(body, 'customer');
  if (namesKnownCustomer(whole)) {
    const checked = checkBody(KnownCustomerInvoiceSchema, body, invoiceFaults);
    if (!checked.ok) return checked;
    const { customer, ...fields } = checked.value;
    return { ok: true, invoice: invoiceFrom(fields, customer.customerId), customer: null, warnings: [] };
  }
  const rules = () => [...invoiceFaults(body), ...customerFaults(whole, '/customer')];
  const checked = checkBody(WholeCustomerInvoiceSchema, body, rules);
  if (!checked.ok) return checked;
  const { customer: customerBody, ...fields } = checked.value;
  const customer = customerFrom(customerBody);
  const invoice = invoiceFrom(fields, customer.customerId);
  return { ok: true, invoice, customer, warnings: customerWarnings(customer, '/customer') };
}

function namesKnownCustomer(customer: unknown): boolean {
  return fieldOf(customer, 'customerId') !== undefined && Object.keys(Object(customer)).length === 1;
}

function invoiceFrom(
  { total, latePaymentRatePercent, ...fields }: z.infer<typeof InvoiceFieldsSchema>,
  customerId: string,
): Invoice {
  const { amountMinor, currency } = moneyFromText(total);
  return {
    ...{ ...fields, number: fields.number ?? fields.invoiceId, totalMinor: amountMinor, currency, customerId },
    ...(latePaymentRatePercent && { latePaymentRateBps: bpsFrom(latePaymentRatePercent) }),
  };
}

/** A rate in basis points (1.00 % is 100), without passing through a float. */
function bpsFrom(percent: string): number {
  const [whole = '', decimals = ''] = percent.split('.');
  return Number(`${whole}${decimals.padEnd(2, '0')}`);
}

function invoiceFaults(body: unknown): Fault[] {
  return [...moneyFaults(fieldOf(body, 'total'), '/total'), ...dateFaults(body)];
}

/** The dates must follow each other: issued, last day of the early payment discount, due. */
function dateFaults(body: unknown): Fault[] {
  const issuedOn = soundDate(fieldOf(body, 'issuedOn'));
  const dueOn = soundDate(fieldOf(body, 'dueOn'));
  const until = soundDate(fieldOf(fieldOf(body, 'earlyPaymentDiscount'), 'until'));
  const faults: Fault[] = [];
  if (issuedOn && dueOn && dueOn < issuedOn) {
    faults.push({ pointer: '/dueOn', detail: `must not be before issuedOn ${issuedOn}, not "${dueOn}"` });
  }
  if (until && ((issuedOn && until < issuedOn) || (dueOn && until > dueOn))) {
    const detail = `must lie between issuedOn and dueOn, not "${until}"`;
    faults.push({ pointer: '/earlyPaymentDiscount/until', detail });
  }
  return faults;
}

function soundDate(value: unknown): string | null {
  const date = PlausibleDateSchema.safeParse(value);
  return date.success ? date.data : null;
}
