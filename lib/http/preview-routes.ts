import { parsePreviewRequest } from '../contracts/preview-request.ts';
import { previewView } from '../contracts/preview-view.ts';
import { invalidRequest } from '../contracts/problem.ts';
import { ChosenIdSchema } from '../contracts/text-field.ts';
import type { ApiRoute, RouteInput } from './api-route.ts';
import { jsonAnswer, problemAnswer } from './json-answer.ts';
import { readJsonBody } from './json-body.ts';
import type { PreviewUseCases } from './preview-use-cases.ts';
import { unknownPolicyAnswer } from './unknown-policy-answer.ts';

/** The route that tries a policy on an invoice. */
export const PREVIEW_ROUTES: readonly ApiRoute<PreviewUseCases>[] = [
  { method: 'POST', path: '/policies/:name/preview', scopes: ['relance/finance'], answer: postPreview },
];

async function postPreview(input: RouteInput<PreviewUseCases>): Promise<Response> {
  const { request, call, parameter, useCases } = input;
  const name = ChosenIdSchema.safeParse(parameter('name'));
  if (!name.success) return unknownPolicyAnswer();
  const body = await readJsonBody(request);
  if (!body.ok) return problemAnswer(body.problem);
  const parsed = parsePreviewRequest(body.value);
  if (!parsed.ok) return problemAnswer(invalidRequest(parsed.errors));
  const preview = await useCases.previewPolicy({ name: name.data, request: parsed.request, at: call.at });
  if (preview === null) return unknownPolicyAnswer();
  return 'errors' in preview
    ? problemAnswer(invalidRequest(preview.errors))
    : jsonAnswer(200, previewView(preview.steps));
}
