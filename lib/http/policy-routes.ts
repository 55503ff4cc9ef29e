import { shown } from '../contracts/fault.ts';
import { fieldOf } from '../contracts/field-of.ts';
import { migrationView, parseMigrationRequest } from '../contracts/policy-migration.ts';
import { policyListView, policyView } from '../contracts/policy-view.ts';
import { invalidRequest } from '../contracts/problem.ts';
import { ChosenIdSchema } from '../contracts/text-field.ts';
import type { Scope } from './api-call.ts';
import type { ApiRoute, RouteInput } from './api-route.ts';
import { jsonAnswer, problemAnswer } from './json-answer.ts';
import { readJsonBody } from './json-body.ts';
import { BAD_CURSOR, readPageRequest } from './page-request.ts';
import { unknownPolicyAnswer } from './unknown-policy-answer.ts';

/** A policy is data that finance reads and changes; whoever administers the system may change it too. */
const CHANGES_POLICIES: readonly Scope[] = ['relance/finance', 'relance/admin'];

/** The routes to policies, all but their preview. */
export const POLICY_ROUTES: readonly ApiRoute[] = [
  { method: 'GET', path: '/policies', scopes: ['relance/finance'], answer: getPolicies },
  { method: 'GET', path: '/policies/:name', scopes: ['relance/finance'], answer: getPolicy },
  { method: 'PUT', path: '/policies/:name', scopes: CHANGES_POLICIES, answer: putPolicy },
  { method: 'POST', path: '/policies/:name/migration', scopes: CHANGES_POLICIES, answer: postMigration },
];

async function getPolicies({ useCases }: RouteInput): Promise<Response> {
  const { policies } = await useCases.listPolicies();
  return jsonAnswer(200, policyListView(policies));
}

async function getPolicy({ parameter, useCases }: RouteInput): Promise<Response> {
  const name = ChosenIdSchema.safeParse(parameter('name'));
  const facts = name.success ? await useCases.viewPolicy(name.data) : null;
  return facts ? jsonAnswer(200, policyView(facts)) : unknownPolicyAnswer();
}

async function putPolicy({ request, call, parameter, useCases }: RouteInput): Promise<Response> {
  const name = ChosenIdSchema.safeParse(parameter('name'));
  if (!name.success) return unknownPolicyAnswer();
  const body = await readJsonBody(request);
  if (!body.ok) return problemAnswer(body.problem);
  const given = fieldOf(body.value, 'name');
  if (given !== undefined && given !== name.data) {
    // Judged before the rest: it is another policy's document, whose faults are of no use under this name.
    const detail = `must be ${name.data} as in the path, not ${shown(given)}`;
    return problemAnswer(invalidRequest([{ pointer: '/name', detail }]));
  }
  const { at, actor } = call;
  const saved = await useCases.savePolicy({ name: name.data, body: body.value, at, actor });
  if ('errors' in saved) return problemAnswer(invalidRequest(saved.errors));
  const { version, warnings } = saved;
  return jsonAnswer(version === 1 ? 201 : 200, { name: name.data, version, warnings });
}

async function postMigration({ request, call, parameter, query, useCases }: RouteInput): Promise<Response> {
  const name = ChosenIdSchema.safeParse(parameter('name'));
  if (!name.success) return unknownPolicyAnswer();
  const body = await readJsonBody(request);
  if (!body.ok) return problemAnswer(body.problem);
  const asked = parseMigrationRequest(body.value);
  const slice = readPageRequest({ limit: query('limit'), cursor: query('cursor') });
  if (!asked.ok || !slice.ok) {
    return problemAnswer(invalidRequest([asked, slice].flatMap((part) => (part.ok ? [] : part.errors))));
  }
  const { at, actor } = call;
  const page = await useCases.migratePolicy({ ...asked.request, name: name.data, at, actor }, slice.page);
  if (page === null) return unknownPolicyAnswer();
  if (page === 'bad-cursor') return problemAnswer(invalidRequest([BAD_CURSOR]));
  return 'errors' in page ? problemAnswer(invalidRequest(page.errors)) : jsonAnswer(200, migrationView(page));
}
