import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invoiceBody, startTestSystem, type TestSystem, wholeCustomerBody } from '../support/local-system.ts';
import { Office, type ShownCase } from './office.ts';

let local: TestSystem;
let office: Office;

const FINANCE = { scope: 'relance/finance' } as const;
const ADMIN = { scope: 'relance/admin' } as const;

interface Policy {
  readonly steps: readonly { readonly stepId: string }[];
}

interface Migration {
  readonly dryRun: boolean;
  readonly to: { readonly version: number };
  readonly cases: readonly {
    readonly invoiceId: string;
    readonly fromVersion: number;
    readonly moved: boolean;
    readonly nextStepBefore: { readonly stepId: string; readonly at: string };
    readonly nextStepAfter: { readonly stepId: string; readonly at: string };
  }[];
}

async function newest(): Promise<{ policy: Policy; versions: number[] }> {
  return (await local.client.call<{ policy: Policy; versions: number[] }>('GET /policies/standard', FINANCE)).body;
}

/** The newest `standard` with some fields of some steps replaced. */
async function withSteps(changes: Readonly<Record<string, Record<string, unknown>>>): Promise<unknown> {
  const { policy } = await newest();
  return { ...policy, steps: policy.steps.map((step) => ({ ...step, ...changes[step.stepId] })) };
}

/** French text without the spaces that do not break. */
const plain = (text: unknown) => String(text).replace(/[\u00a0\u202f]/g, ' ');

const put = (body: unknown, name = 'standard', access: { scope: string } = ADMIN) =>
  local.client.call<{ version: number; warnings: unknown[]; errors: { pointer: string; detail: string }[] }>(
    `PUT /policies/${name}`,
    { ...access, body },
  );

const migrate = async (body: unknown) =>
  (await local.client.call<Migration>('POST /policies/standard/migration', { ...ADMIN, body })).body;

async function register(invoiceId: string, customer: Record<string, unknown>, fields: Record<string, unknown> = {}) {
  const body = invoiceBody(invoiceId, { customer: wholeCustomerBody(`C-${invoiceId}`, customer), ...fields });
  expect((await local.client.register(body)).status).toBe(201);
}

beforeAll(async () => {
  local = await startTestSystem();
  office = new Office(local);
  const euros = (amount: string) => ({ total: { amount, currency: 'EUR' } });
  await register('MOVE-1', {}, euros('1200.00'));
  await register('MOVE-2', {}, euros('60000.00'));
  await register('MOVE-3', {}, { ...euros('20.00') });
  await register(
    'CONSUMER-1',
    { kind: 'consumer' },
    { ...euros('1300.00'), issuedOn: '2025-10-01', dueOn: '2025-11-01' },
  );
  await local.client.advance({ advanceTo: '2026-02-03T12:00:00Z' });
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

describe('a policy that breaks the rules of the craft', () => {
  it('is refused with every fault at its place, and nothing is stored', async () => {
    const broken = await withSteps({
      A3: { level: 'preventive', template: 'relance-2', surprise: true },
      C2: { requiresApproval: false },
    });
    const { status, body } = await put(broken);
    expect(status).toBe(422);
    expect(body.errors.map(({ pointer }) => pointer)).toEqual([
      '/steps/4/surprise',
      '/steps/4/level',
      '/steps/4/offsetDays',
      '/steps/4/template',
      '/steps/10/requiresApproval',
      '/overlays/insolvent/steps/A3',
      '/overlays/good-payer',
      '/overlays/good-payer',
    ]);
    expect(body.errors[4]?.detail).toContain('set requiresApproval: true');
    expect((await newest()).versions).toEqual([1]);
  });

  it('is refused when it stacks a notice on the time another one gave', async () => {
    const { status, body } = await put(await withSteps({ A2: { offsetDays: 7, grantsDays: 3 } }));
    expect([status, body.errors.map(({ pointer }) => pointer)]).toEqual([422, ['/steps/4/offsetDays']]);
  });

  it('is refused when it is no policy at all, comes under another name, or from the billing system', async () => {
    const pointers = (await put({ steps: [] })).body.errors.map(({ pointer }) => pointer);
    expect(pointers).toContain('/sendingHours');
    expect(pointers).toContain('/steps');
    expect((await put(await withSteps({}), 'other')).body.errors.map(({ pointer }) => pointer)).toEqual(['/name']);
    expect((await put(await withSteps({}), 'standard', { scope: 'relance/billing' })).status).toBe(403);
  });
});

describe('a policy that changes', () => {
  it('leaves open cases as they were planned until they are migrated', async () => {
    const { status, body } = await put(await withSteps({ A2: { offsetDays: 7, grantsDays: 2 } }));
    expect([status, body.version]).toEqual([200, 2]);
    expect((await newest()).versions).toEqual([2, 1]);
    const { policy, nextStep } = await office.caseOf('MOVE-1');
    expect([policy.version, nextStep?.stepId, nextStep?.at.slice(0, 10)]).toEqual([1, 'A2', '2026-02-05']);
  });

  it('shows what would change, case by case, without changing anything', async () => {
    const migration = await migrate({});
    expect(migration).toMatchObject({ dryRun: true, to: { name: 'standard', version: 2 } });
    const rows = migration.cases.map(({ invoiceId, fromVersion, moved, nextStepBefore, nextStepAfter }) =>
      [
        invoiceId,
        `version ${fromVersion}`,
        moved ? 'moved' : 'not moved',
        `${nextStepBefore.stepId} ${nextStepBefore.at.slice(0, 10)}`,
        `${nextStepAfter.stepId} ${nextStepAfter.at.slice(0, 10)}`,
      ].join(' | '),
    );
    expect(rows.toSorted()).toEqual([
      'MOVE-1 | version 1 | not moved | A2 2026-02-05 | A2 2026-02-06',
      'MOVE-2 | version 1 | not moved | A2 2026-02-05 | A2 2026-02-06',
      'MOVE-3 | version 1 | not moved | A3 2026-02-09 | A3 2026-02-09',
    ]);
    expect((await office.caseOf('MOVE-1')).policy.version).toBe(1);
  });

  it('moves every open case of it once, which then goes by the new version', async () => {
    const migration = await migrate({ dryRun: false });
    expect(migration.cases.map(({ moved }) => moved)).toEqual([true, true, true]);
    expect((await migrate({ dryRun: false })).cases).toEqual([]);
    expect(await office.facts('MOVE-1', 'PolicyChanged')).toEqual([{ name: 'standard', from: 1, to: 2 }]);
    expect((await office.caseOf('CONSUMER-1')).policy).toEqual({ name: 'consumer', version: 1 });
    await local.client.advance({ advanceTo: '2026-02-06T12:00:00Z' });
    expect(await office.contacts('MOVE-1')).toEqual([
      '2026-01-20 | P1 | email | preventive | compta@c-move-1.example cc paul@vendeur.example | MOVE-1',
      '2026-02-02 | A1 | email | level1 | compta@c-move-1.example | MOVE-1',
      '2026-02-06 | A2 | call | level1 | +33612345601 | MOVE-1',
    ]);
  });

  it('is refused a version there is none of', async () => {
    const answer = await local.client.call('POST /policies/standard/migration', { ...ADMIN, body: { toVersion: 9 } });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/toVersion' }] } });
  });
});

describe('a preview', () => {
  const POST = 'Boulangerie Martin SARL, 3 rue des Lices, 35000 Rennes';

  it('shows the dated ladder to its end with what each step would say, and keeps nothing', async () => {
    const { customerId: _, ...customer } = wholeCustomerBody('PREVIEW');
    const total = { amount: '1200.00', currency: 'EUR' };
    const invoice = { number: 'F-1', issuedOn: '2026-02-03', dueOn: '2026-03-05', total };
    const body = { invoice, customer, isFirstInvoice: true, version: 1 };
    const answer = await local.client.call<{ steps: Record<string, string | string[] | null>[] }>(
      'POST /policies/standard/preview',
      { ...FINANCE, body },
    );
    const rows = answer.body.steps.map(({ at, stepId, level, channel, to, skipped, subject }) =>
      [
        String(at ?? 'never').slice(0, 10),
        stepId,
        channel,
        level,
        [to].flat().join(', ').replaceAll('\n', ', '),
        plain(skipped ?? subject ?? 'no subject'),
      ].join(' | '),
    );
    expect(rows).toEqual([
      '2026-02-23 | P1 | email | preventive | compta@preview.example | Votre facture F-1 : tout est-il en ordre ?',
      'never | P2 | call | preventive |  | amount-below-threshold',
      '2026-03-09 | A1 | email | level1 | compta@preview.example | Facture impayée F-1 – échéance du 5 mars 2026',
      '2026-03-12 | A2 | call | level1 | +33612345601 | no subject',
      '2026-03-17 | A3 | email | level1 | compta@preview.example, contact@preview.example | Facture impayée F-1 – règlement attendu pour le 23 mars 2026',
      `2026-03-24 | A4 | letter | level1 | ${POST} | Facture impayée F-1 – échéance du 5 mars 2026`,
      `2026-03-31 | B1 | registered-letter | level2 | ${POST} | Facture impayée F-1 – règlement attendu pour le 8 avril 2026`,
      '2026-04-09 | B2 | call | level2 | +33612345603 | no subject',
      '2026-04-14 | B3 | email | level2 | daf@preview.example, contact@preview.example | Facture impayée F-1 – dernière proposition amiable',
      '2026-04-21 | C1 | call | level3 | +33612345604 | no subject',
      `2026-04-24 | C2 | registered-letter | level3 | ${POST} | Mise en demeure de payer – facture F-1 échue le 5 mars 2026`,
      '2026-05-20 | C3 | hand-over | litigation |  | no subject',
    ]);
    expect(answer.body.steps.filter(({ channel, text }) => channel !== 'hand-over' && !text)).toMatchObject([
      { stepId: 'P2', skipped: 'amount-below-threshold' },
    ]);
    expect((await local.client.call('GET /cases/PREVIEW', FINANCE)).status).toBe(404);
    expect(await local.client.outbox('PREVIEW')).toEqual([]);
  });
});

describe('the cases', () => {
  const list = async (query: string) => {
    const route = `GET /cases${query}` as const;
    const { body } = await local.client.call<{
      cases: (ShownCase & { invoiceId: string; priority: { score: number; why: string[] } })[];
    }>(route, FINANCE);
    return body.cases;
  };
  const idsOf = async (query: string) => (await list(query)).map(({ invoiceId }) => invoiceId);

  it('come most urgent first, each with why', async () => {
    const cases = await list('');
    const scores = cases.map(({ priority }) => priority.score);
    expect(scores).toEqual(scores.toSorted((one, other) => other - one));
    expect(cases.map(({ invoiceId, priority }) => [invoiceId, priority.why.join(', ')])).toEqual([
      ['CONSUMER-1', '97 days late, 1300.00 EUR outstanding, first invoice'],
      ['MOVE-2', '7 days late, 60000.00 EUR outstanding, first invoice'],
      ['MOVE-1', '7 days late, 1200.00 EUR outstanding, first invoice'],
      ['MOVE-3', '7 days late, 20.00 EUR outstanding, first invoice'],
    ]);
  });

  it('are sorted and filtered as asked', async () => {
    expect(await idsOf('?sort=amount')).toEqual(['MOVE-2', 'CONSUMER-1', 'MOVE-1', 'MOVE-3']);
    expect((await idsOf('?sort=overdue'))[0]).toBe('CONSUMER-1');
    expect(await idsOf('?customerId=C-MOVE-2')).toEqual(['MOVE-2']);
    expect((await idsOf('?level=level1')).length).toBe(4);
    expect(await idsOf('?standing=settled')).toEqual([]);
    expect((await local.client.call('GET /cases?sort=luck', FINANCE)).status).toBe(422);
  });
});
