import * as z from 'zod/mini';
import { checkBody } from '../contracts/check-body.ts';
import { parseCustomerBody } from '../contracts/customer-body.ts';
import { unknownPolicy } from '../contracts/policy-view.ts';
import { invalidRequest, problem } from '../contracts/problem.ts';
import { batchResultView, type RegistrationOutcome, registrationView } from '../contracts/registration-view.ts';
import { ChosenIdSchema } from '../contracts/text-field.ts';
import type { ApiRoute, RouteInput } from './api-route.ts';
import { faultAnswer } from './fault-answer.ts';
import { jsonAnswer, problemAnswer } from './json-answer.ts';
import { readJsonBody } from './json-body.ts';
import { readableId, registerOneInvoice } from './register-one-invoice.ts';

/** The routes of the billing system. */
export const BILLING_ROUTES: readonly ApiRoute[] = [
  { method: 'POST', path: '/invoices', scopes: ['relance/billing'], answer: postInvoice },
  { method: 'POST', path: '/invoices/batch', scopes: ['relance/billing'], answer: postBatch },
  { method: 'PUT', path: '/customers/:customerId', scopes: ['relance/billing'], answer: putCustomer },
];

async function postInvoice({ request, call, useCases }: RouteInput): Promise<Response> {
  const body = await readJsonBody(request);
  if (!body.ok) return problemAnswer(body.problem);
  const outcome = await registerOneInvoice(useCases, body.value, call.at);
  if (outcome.status === 'problem') return problemAnswer(outcome.problem);
  const location = `/cases/${encodeURIComponent(outcome.invoiceId)}`;
  return jsonAnswer(outcome.status, registrationView(outcome), outcome.status === 201 ? { location } : {});
}

const BATCH_LENGTH_MAX = 100;

const BatchSchema = z.strictObject({
  invoices: z
    .array(z.unknown())
    .check(z.refine((items) => items.length <= BATCH_LENGTH_MAX, `must hold at most ${BATCH_LENGTH_MAX} invoices`)),
});

/** One after the other, so that two items of one id are treated in the order they stand in. */
async function postBatch(input: RouteInput): Promise<Response> {
  const body = await readJsonBody(input.request);
  if (!body.ok) return problemAnswer(body.problem);
  const batch = checkBody(BatchSchema, body.value, () => []);
  if (!batch.ok) return problemAnswer(invalidRequest(batch.errors));
  const results = [];
  for (const item of batch.value.invoices) results.push(batchResultView(await registerItem(item, input)));
  return jsonAnswer(207, { results });
}

/** A fault of one item is that item's result: the others are registered all the same, and the caller learns which. */
async function registerItem(item: unknown, { call, useCases, onFault }: RouteInput): Promise<RegistrationOutcome> {
  try {
    return await registerOneInvoice(useCases, item, call.at);
  } catch (error) {
    onFault(error, { route: call.routeKey });
    return { status: 'problem', invoiceId: readableId(item), problem: faultAnswer(error) };
  }
}

async function putCustomer({ request, call, parameter, useCases }: RouteInput): Promise<Response> {
  const customerId = ChosenIdSchema.safeParse(parameter('customerId'));
  if (!customerId.success) return problemAnswer(problem('not-found', 'No customer can have this id.'));
  const body = await readJsonBody(request);
  if (!body.ok) return problemAnswer(body.problem);
  const parsed = parseCustomerBody(customerId.data, body.value);
  if (!parsed.ok) return problemAnswer(invalidRequest(parsed.errors));
  const outcome = await useCases.replaceCustomer({ customer: parsed.customer, at: call.at });
  if (outcome === 'unknown-policy')
    return problemAnswer(invalidRequest([unknownPolicy('/policy', parsed.customer.policy)]));
  return jsonAnswer(outcome === 'created' ? 201 : 200, { customerId: customerId.data, warnings: parsed.warnings });
}
