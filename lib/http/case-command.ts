import type { CheckedBody } from '../contracts/check-body.ts';
import { invalidRequest, problem } from '../contracts/problem.ts';
import { ChosenIdSchema } from '../contracts/text-field.ts';
import type { RouteInput } from './api-route.ts';
import type { ApiUseCases, CaseCommand, CaseCommandAnswer, CaseCommandDone } from './api-use-cases.ts';
import { problemAnswer } from './json-answer.ts';
import { readJsonBody } from './json-body.ts';
import { unknownCaseAnswer } from './unknown-case-answer.ts';

/** What carries a command to one case out, and how the answer shows what was done. */
interface BareCommand<Fields> {
  readonly carryOut: (useCases: ApiUseCases, command: CaseCommand<Fields>) => Promise<CaseCommandAnswer>;
  readonly show: (done: CaseCommandDone, command: CaseCommand<Fields>) => Response;
}

/** A command with a JSON body, and how it is read. */
interface CommandWithBody<Fields> extends BareCommand<Fields> {
  readonly parse: (body: unknown) => CheckedBody<Fields>;
}

type Answer = (input: RouteInput) => Promise<Response>;

/** How a route answers that does something to the case of `:invoiceId`: 404 without a case or what it names of one, 422 or 409 when nothing was done. */
export function caseCommand<Fields>(command: CommandWithBody<Fields>): Answer {
  return (input) => answerCommand(input, command, () => jsonFields(input.request, command.parse));
}

/** As {@link caseCommand}, without a body. */
export function bareCaseCommand(command: BareCommand<unknown>): Answer {
  return (input) => answerCommand(input, command, async () => ({}));
}

async function answerCommand<Fields>(
  { call, parameter, useCases }: RouteInput,
  { carryOut, show }: BareCommand<Fields>,
  read: () => Promise<Fields | Response>,
): Promise<Response> {
  const invoiceId = ChosenIdSchema.safeParse(parameter('invoiceId'));
  if (!invoiceId.success) return unknownCaseAnswer();
  const fields = await read();
  if (fields instanceof Response) return fields;
  const command = { ...fields, invoiceId: invoiceId.data, at: call.at, actor: call.actor };
  const answer = await carryOut(useCases, command);
  if (answer === 'unknown-case') return unknownCaseAnswer();
  if ('notFound' in answer) return problemAnswer(problem('not-found', answer.notFound));
  if ('refused' in answer) return problemAnswer(invalidRequest([answer.refused]));
  if ('conflict' in answer) return problemAnswer(problem('state-conflict', answer.conflict));
  return show(answer, command);
}

async function jsonFields<Fields>(request: Request, parse: (body: unknown) => CheckedBody<Fields>) {
  const body = await readJsonBody(request);
  if (!body.ok) return problemAnswer(body.problem);
  const parsed = parse(body.value);
  return parsed.ok ? parsed.value : problemAnswer(invalidRequest(parsed.errors));
}
