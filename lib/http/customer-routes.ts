import { customerStatementView } from '../contracts/customer-statement-view.ts';
import { customerView } from '../contracts/customer-view.ts';
import { problem } from '../contracts/problem.ts';
import { ChosenIdSchema } from '../contracts/text-field.ts';
import type { ApiRoute, RouteInput } from './api-route.ts';
import { jsonAnswer, problemAnswer } from './json-answer.ts';

/** The routes of the finance department to customers: who they are and how they pay, and what they owe. */
export const CUSTOMER_ROUTES: readonly ApiRoute[] = [
  { method: 'GET', path: '/customers/:customerId', scopes: ['relance/finance'], answer: getCustomer },
  { method: 'GET', path: '/customers/:customerId/statement', scopes: ['relance/finance'], answer: getStatement },
];

async function getCustomer({ call, parameter, useCases }: RouteInput): Promise<Response> {
  const customerId = ChosenIdSchema.safeParse(parameter('customerId'));
  const facts = customerId.success ? await useCases.viewCustomer(customerId.data, call.at) : null;
  return facts ? jsonAnswer(200, customerView(facts)) : unknownCustomer();
}

async function getStatement({ call, parameter, useCases }: RouteInput): Promise<Response> {
  const customerId = ChosenIdSchema.safeParse(parameter('customerId'));
  const statement = customerId.success ? await useCases.viewStatement(customerId.data, call.at) : null;
  return statement ? jsonAnswer(200, customerStatementView(statement)) : unknownCustomer();
}

function unknownCustomer(): Response {
  return problemAnswer(problem('not-found', 'There is no such customer.'));
}
