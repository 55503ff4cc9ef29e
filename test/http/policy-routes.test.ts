import { describe, expect, it } from 'vitest';
import type { MigrationPage } from '../../lib/contracts/policy-migration.ts';
import type { PreviewStep } from '../../lib/contracts/preview-view.ts';
import type { Policy } from '../../lib/domain/policy.ts';
import { customerBody, invoiceBody } from '../contracts/wire-bodies.ts';
import { answerOf, apiWith, json, previewApiWith } from './fake-use-cases.ts';

const POLICY: Policy = {
  ...{ name: 'gentle', version: 2, sendingHours: {} as Policy['sendingHours'], callWindows: [], callAttempts: 3 },
  ...{ contactBudget: { perDay: 1, perWeek: 3 }, groupsInvoices: true, presumedReceiptDays: 15, steps: [] },
  disputes: { proofDays: 2, reviewDays: 10, escalatesAfterDays: 5, graceDays: 3 },
  instalmentPlans: { firstWithinDays: 3, reminderDays: 3, acceleratesAfterDays: 8, resumesAt: 'level2' },
  allocationOrder: 'principal-first',
};

const AT = '2026-10-01T09:00:00.000Z';

describe('GET /policies', () => {
  it('lists the newest version of each', async () => {
    const policies = [
      { name: 'gentle', version: 2, isShipped: false, description: 'For friends' },
      { name: 'standard', version: 1, isShipped: true, description: null },
    ];
    const answer = await answerOf(await apiWith({ listPolicies: async () => ({ policies }) }).request('/policies'));
    expect(answer).toEqual({ status: 200, type: 'application/json', body: { policies } });
  });
});

describe('GET /policies/{name}', () => {
  it('shows the policy and its versions', async () => {
    const facts = { policy: POLICY, versions: [2, 1] };
    const api = apiWith({ viewPolicy: async () => facts });
    expect(await answerOf(await api.request('/policies/gentle'))).toMatchObject({ status: 200, body: facts });
    expect(api.asked).toEqual([{ useCase: 'viewPolicy', input: 'gentle' }]);
  });

  it('answers 404 to an unknown policy, and to a name none can have', async () => {
    const api = apiWith();
    const statuses = [await api.request('/policies/harsh'), await api.request('/policies/a%20b')];
    expect(statuses.map(({ status }) => status)).toEqual([404, 404]);
    expect(api.asked).toHaveLength(1);
  });
});

describe('PUT /policies/{name}', () => {
  it.each([
    [1, 201],
    [4, 200],
  ])('answers version %i with %i, and what a person has to look at', async (version, status) => {
    const warnings = [{ pointer: '/steps/3', detail: 'firmer than the step after it' }];
    const api = apiWith({ savePolicy: async () => ({ version, warnings }) });
    const body = { name: 'gentle', steps: [] };
    const answer = await answerOf(await api.request('/policies/gentle', json('PUT', body)));
    expect(answer).toMatchObject({ status, body: { name: 'gentle', version, warnings } });
    expect(api.asked).toEqual([{ useCase: 'savePolicy', input: { name: 'gentle', body, at: AT, actor: 'anne' } }]);
  });

  it('answers 422 with the faults of the policy', async () => {
    const errors = [{ pointer: '/steps/0/channel', detail: 'must be one of email, sms' }];
    const api = apiWith({ savePolicy: async () => ({ errors }) });
    expect(await answerOf(await api.request('/policies/gentle', json('PUT', [])))).toMatchObject({
      status: 422,
      body: { errors },
    });
  });

  it('refuses a policy of another name, and stores nothing', async () => {
    const api = apiWith();
    expect(await answerOf(await api.request('/policies/gentle', json('PUT', { name: 'harsh' })))).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/name', detail: 'must be gentle as in the path, not "harsh"' }] },
    });
    expect(api.asked).toEqual([]);
  });

  it('answers 404 to a name no policy can have, and 400 to what is no JSON', async () => {
    const broken = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{' };
    const answers = [
      await apiWith().request('/policies/a%20b', json('PUT', {})),
      await apiWith().request('/policies/gentle', broken),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 400]);
  });
});

describe('POST /policies/{name}/migration', () => {
  const before = {
    stepId: 'A2',
    level: 'level1',
    channel: 'call',
    at: '2026-11-05T09:00:00Z',
    why: 'as planned',
  } as const;
  const PAGE: MigrationPage = {
    dryRun: true,
    to: { name: 'gentle', version: 2 },
    cases: [{ invoiceId: 'INV-1', fromVersion: 1, nextStepBefore: before, nextStepAfter: null, moved: false }],
    cursor: 'c2',
  };

  it('shows the difference per case, and moves nothing unless it is told to', async () => {
    const api = apiWith({ migratePolicy: async () => PAGE });
    const answer = await answerOf(await api.request('/policies/gentle/migration', json('POST', {})));
    expect(answer).toEqual({ status: 200, type: 'application/json', body: PAGE });
    const command = { name: 'gentle', toVersion: null, dryRun: true, at: AT, actor: 'anne' };
    expect(api.asked).toEqual([{ useCase: 'migratePolicy', input: [command, { limit: 50, cursor: null }] }]);
  });

  it('passes version, intent, limit and cursor on', async () => {
    const api = apiWith({ migratePolicy: async () => ({ ...PAGE, dryRun: false }) });
    const body = { toVersion: 2, dryRun: false };
    await api.request('/policies/gentle/migration?limit=10&cursor=abc', json('POST', body));
    expect(api.asked).toMatchObject([{ input: [body, { limit: 10, cursor: 'abc' }] }]);
  });

  it('refuses body and query with every fault at once', async () => {
    const api = apiWith();
    const body = { toVersion: 0, dryRun: 'no', force: true };
    const answer = await answerOf(await api.request('/policies/gentle/migration?limit=0', json('POST', body)));
    const { errors } = answer.body as { errors: { pointer: string }[] };
    const pointers = errors.map(({ pointer }) => pointer);
    expect([answer.status, pointers]).toEqual([422, ['/toVersion', '/dryRun', '/force', '/limit']]);
    expect(api.asked).toEqual([]);
  });

  it.each([
    ['an unknown policy', null, 404],
    ['a cursor it never gave', 'bad-cursor' as const, 422],
    ['a version there is not', { errors: [{ pointer: '/toVersion', detail: 'is not there' }] }, 422],
  ])('answers %s with %j as %i', async (_, outcome, status) => {
    const api = apiWith({ migratePolicy: async () => outcome });
    expect((await api.request('/policies/gentle/migration', json('POST', {}))).status).toBe(status);
  });

  it('answers 404 to a name no policy can have', async () => {
    expect((await apiWith().request('/policies/a%20b/migration', json('POST', {}))).status).toBe(404);
  });
});

describe('POST /policies/{name}/preview', () => {
  const REQUEST = { invoice: invoiceBody({ customer: undefined }), customer: customerBody(), version: 2 };
  const STEP: PreviewStep = {
    ...{ stepId: 'P1', level: 'preventive', at: '2026-10-21T06:30:00Z', channel: 'email' },
    ...{ to: ['compta@martin.example'], subject: 'Our invoice', text: 'Hello', html: '<p>Hello</p>', skipped: null },
  };

  it('shows the dated ladder with its messages', async () => {
    const dropped: PreviewStep = {
      ...STEP,
      stepId: 'P2',
      at: null,
      subject: null,
      text: null,
      html: null,
      skipped: 'small',
    };
    const api = previewApiWith({ previewPolicy: async () => ({ steps: [STEP, dropped] }) });
    const answer = await answerOf(await api.request('/policies/gentle/preview', json('POST', REQUEST)));
    expect(answer).toEqual({ status: 200, type: 'application/json', body: { steps: [STEP, dropped] } });
    expect(api.asked).toMatchObject([
      { useCase: 'previewPolicy', input: { name: 'gentle', at: AT, request: { version: 2, isFirstInvoice: false } } },
    ]);
  });

  it('refuses a bad request with every place, and asks nothing', async () => {
    const api = previewApiWith();
    const body = { ...REQUEST, customer: customerBody({ kind: 'x' }), version: 1.5 };
    expect(await answerOf(await api.request('/policies/gentle/preview', json('POST', body)))).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/version' }, { pointer: '/customer/kind' }] },
    });
    expect(api.asked).toEqual([]);
  });

  it.each([
    ['an unknown policy', null, 404],
    ['a version there is not', { errors: [{ pointer: '/version', detail: 'is not there' }] }, 422],
  ])('answers %s with %j as %i', async (_, outcome, status) => {
    const api = previewApiWith({ previewPolicy: async () => outcome });
    expect((await api.request('/policies/gentle/preview', json('POST', REQUEST))).status).toBe(status);
  });

  it('answers 404 to a name no policy can have, and 415 to what is no JSON', async () => {
    const answers = [
      await previewApiWith().request('/policies/a%20b/preview', json('POST', REQUEST)),
      await previewApiWith().request('/policies/gentle/preview', { method: 'POST', body: 'x' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 415]);
  });

  it('answers 500 to a defect, and tells the operators', async () => {
    const fault = new Error('secret inside');
    const api = previewApiWith({ previewPolicy: () => Promise.reject(fault) });
    const call = { routeKey: 'POST /policies/{name}/preview' };
    const response = await api.request('/policies/gentle/preview', json('POST', REQUEST), call);
    expect([response.status, await response.text()]).toEqual([500, expect.not.stringContaining('secret')]);
    expect(api.faults).toEqual([{ error: fault, route: call.routeKey }]);
  });
});
