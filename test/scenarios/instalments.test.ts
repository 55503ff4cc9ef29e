import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  creditBody,
  invoiceBody,
  startTestSystem,
  type TestSystem,
  wholeCustomerBody,
} from '../support/local-system.ts';
import { clerk, Office, type ShownCase } from './office.ts';

let local: TestSystem;
let office: Office;

/** A case with its plan, as far as the stories look at it. */
interface PlannedCase extends ShownCase {
  readonly execution: { readonly arn: string; readonly status: string } | null;
  readonly instalmentPlan: {
    readonly state: string;
    readonly isForced: boolean;
    readonly instalments: readonly {
      readonly dueOn: string;
      readonly amount: { readonly amount: string };
      readonly state: string;
      readonly paid: { readonly amount: string };
    }[];
  } | null;
}

/** The body of an answer: a case, or why there is none. */
type Answered = PlannedCase & { detail: string; errors: readonly { pointer: string; detail: string }[] };

const LISTENING = 'Listen for payments and decisions';
const INVOICES = ['KEPT-1', 'LATE-1', 'BROKEN-1', 'LONG-1', 'REFUSED-1'];
const DATES = ['2026-02-06', '2026-03-06', '2026-04-03'];

/** Fourteen months, the 6th of each. */
const MONTHS = Array.from({ length: 14 }, (_, index) => {
  const month = index + 1;
  return `${2026 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-06`;
});

const agree = (invoiceId: string, instalments: readonly object[], fields: object = {}) =>
  local.client.call<Answered>(`POST /cases/${invoiceId}/instalment-plan`, {
    ...{ scope: 'relance/finance', body: { instalments, ...fields } },
  });
const on = (dates: readonly string[]) => dates.map((dueOn) => ({ dueOn }));
const euros = (amount: string) => ({ amount, currency: 'EUR' });
const pay = async (invoiceId: string, amount: string) => {
  const today = (await local.client.now()).slice(0, 10);
  const body = { ...creditBody(`${invoiceId}-${today}`, invoiceId, amount), bookedOn: today, valueOn: today };
  expect((await local.client.bank(body)).status).toBe(202);
  await local.client.now();
};
const caseOf = async (invoiceId: string) => (await office.caseOf(invoiceId)) as PlannedCase;
const states = async (invoiceId: string) =>
  (await caseOf(invoiceId)).instalmentPlan?.instalments.map(({ state }) => state);
const messages = async (invoiceId: string) =>
  (await local.client.outbox(invoiceId)).filter(({ level, at }) => level === null || at > '2026-02-04');
const left = async (invoiceId: string) =>
  (await messages(invoiceId)).map(({ at, stepId, level }) => `${at.slice(0, 10)} ${stepId} ${level ?? 'no level'}`);
const planFacts = async (invoiceId: string) =>
  (await office.history(invoiceId))
    .filter(({ type }) => /Plan|Instalment/.test(type))
    .map(({ type, data }) => `${type}${data.dueOn ? ` ${data.dueOn}` : ''}`);
const lanes = async (invoiceId: string) => (await local.client.execution(invoiceId)).currentStates.toSorted();
const plain = (text: string | undefined) => text?.replace(/[\u00a0\u202f]/g, ' ');
const balance = async (invoiceId: string) => {
  const { paid, principalDue } = (await caseOf(invoiceId)).balance;
  return [paid, principalDue];
};

beforeAll(async () => {
  local = await startTestSystem();
  office = new Office(local);
  for (const id of INVOICES) {
    const body = invoiceBody(id, { customer: wholeCustomerBody(`C-${id}`), total: euros('1000.00') });
    expect((await local.client.register(body)).status).toBe(201);
  }
  // A1 left on Tuesday the 3rd.
  await office.work('2026-02-04', clerk);
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

describe('a plan to pay in instalments', () => {
  it('is refused when it does not begin at once, or is not about what is owed', async () => {
    const refusals = async (...plan: Parameters<typeof agree>) => {
      const { status, body } = await agree(...plan);
      return [status, ...body.errors.map(({ pointer, detail }) => `${pointer} ${detail}`)];
    };
    expect(await refusals('REFUSED-1', on(['2026-02-08', '2026-03-08']))).toEqual([
      422,
      '/instalments/0/dueOn must not be after 2026-02-07: a plan begins with a payment at once; or force it',
    ]);
    const parts = [
      { dueOn: '2026-02-05', amount: euros('500.00') },
      { dueOn: '2026-03-05', amount: euros('400.00') },
    ];
    expect(await refusals('REFUSED-1', parts)).toEqual([
      422,
      '/instalments must add up to 1000.00 EUR, which is what is owed, not to 900.00 EUR',
    ]);
    expect(await refusals('REFUSED-1', [parts[0]!, { dueOn: '2026-02-05' }])).toEqual([
      422,
      '/instalments/1/amount must be given, as that of another instalment is; leave all out for equal ones',
      '/instalments/1/dueOn must be after the date before it, not "2026-02-05"',
    ]);
    expect(await caseOf('REFUSED-1')).toMatchObject({ standing: 'open', instalmentPlan: null });
    expect(await lanes('REFUSED-1')).toEqual([LISTENING, 'Wait: level 1']);
    expect((await agree('REFUSED-1', on(['2026-02-08', '2026-03-08']), { force: true })).status).toBe(201);
    expect(await caseOf('REFUSED-1')).toMatchObject({ instalmentPlan: { isForced: true } });
    await pay('REFUSED-1', '1000.00');
    expect((await agree('REFUSED-1', on(DATES))).status).toBe(409);
  });

  it('is confirmed in writing at once, with every part and what becomes of it, and waits in its lane', async () => {
    for (const id of ['KEPT-1', 'LATE-1', 'BROKEN-1']) {
      const { status, body } = await agree(id, on(DATES));
      expect([status, body.standing]).toEqual([201, 'instalments']);
      expect((await agree(id, on(DATES))).status).toBe(200);
    }
    expect((await agree('LONG-1', on(MONTHS))).status).toBe(201);
    await local.client.now();
    for (const id of ['KEPT-1', 'LATE-1', 'BROKEN-1']) {
      expect(await left(id)).toEqual(['2026-02-04 confirmation-1 no level']);
      const text = plain((await messages(id)).at(-1)?.text);
      for (const said of ['le 6 février 2026 : 333,33 €', 'le 6 mars 2026 : 333,33 €', 'le 3 avril 2026 : 333,34 €'])
        expect(text).toContain(said);
      expect(text).toContain('dans un délai de 8 jours, l’échéancier prendra fin');
      expect(text).toContain('déchéance du terme');
      expect(text).toContain('Montant : 333,33 €');
      expect(await lanes(id)).toEqual([LISTENING, 'Wait: instalment']);
      expect(await balance(id)).toEqual(['0.00', '1000.00']);
    }
    const promise = await local.client.call<Answered>('POST /cases/KEPT-1/promises', {
      ...{ scope: 'relance/finance', body: { promisedOn: '2026-02-18' } },
    });
    expect([promise.status, promise.body.detail]).toEqual([
      409,
      'Invoice KEPT-1 is paid by the plan agreed on 2026-02-04: no promise is taken beside it; agree another plan instead.',
    ]);
  });

  it('is silent about what is paid, and tells the day after that a part did not come', async () => {
    await office.work('2026-02-06', clerk);
    await pay('KEPT-1', '333.33');
    await pay('LONG-1', '71.42');
    await office.work('2026-02-10', clerk);
    expect(await left('KEPT-1')).toEqual(['2026-02-04 confirmation-1 no level']);
    expect(await states('KEPT-1')).toEqual(['paid', 'upcoming', 'upcoming']);
    expect(await balance('KEPT-1')).toEqual(['333.33', '666.67']);
    for (const id of ['LATE-1', 'BROKEN-1']) {
      expect((await left(id)).slice(1)).toEqual(['2026-02-09 confirmation-2 no level']);
      const text = plain((await messages(id)).at(-1)?.text);
      expect(text).toContain('- versement du 6 février 2026 : 333,33 €');
      expect(text).toContain('virer 333,33 € au plus tard le 17 février 2026');
      expect(text).toContain('la totalité du solde, soit 1 000,00 €');
      expect(await states(id)).toEqual(['missed', 'upcoming', 'upcoming']);
      expect(await lanes(id)).toEqual([LISTENING, 'Wait: instalment']);
    }
  });

  it('goes on when the part comes in time, and is over eight days later when it does not', async () => {
    await office.work('2026-02-17', clerk);
    await pay('LATE-1', '333.33');
    expect(await states('LATE-1')).toEqual(['paid', 'upcoming', 'upcoming']);
    expect(await caseOf('BROKEN-1')).toMatchObject({ standing: 'instalments' });
    await office.work('2026-02-18', () => null);
    expect(await lanes('LATE-1')).toEqual([LISTENING, 'Wait: instalment']);
    expect(await caseOf('BROKEN-1')).toMatchObject({
      ...{ standing: 'open', instalmentPlan: { state: 'broken' } },
      hold: { reason: 'plan-broken', until: '2026-02-18' },
    });
    expect(await balance('BROKEN-1')).toEqual(['0.00', '1000.00']);
    expect(await planFacts('BROKEN-1')).toEqual(['PlanAgreed', 'InstalmentMissed 2026-02-06', 'PlanBroken 2026-02-06']);
    const [task] = (await office.tasks('BROKEN-1')).filter(({ kind }) => kind === 'attention');
    expect(task).toMatchObject({ dueOn: '2026-02-18', title: 'Call about a broken plan: invoice BROKEN-1' });
    expect(task?.reason).toContain('the whole rest of 1000.00 EUR is due');
    // The day is the call's: nothing else reaches the debtor.
    expect((await office.contacts('BROKEN-1')).at(-1)).toContain('2026-02-09 | confirmation-2');
  });

  it('that is broken is followed by the firm level, not by what is gentler', async () => {
    await office.work('2026-02-20', clerk);
    expect(await lanes('BROKEN-1')).toEqual([LISTENING, 'Wait: level 2']);
    await office.work('2026-03-04', clerk);
    const after = (await office.contacts('BROKEN-1')).filter((line) => line > '2026-02-10');
    expect(after.length).toBeGreaterThan(0);
    expect(after[0]).toMatch(/\| B1 \|/);
    expect(after.join('\n')).not.toMatch(/level1/);
  });

  it('is announced three days before each part, and kept with the last', async () => {
    for (const id of ['KEPT-1', 'LATE-1']) {
      expect((await left(id)).at(-1)).toMatch(/^2026-03-03 confirmation-\d no level$/);
      const text = plain((await messages(id)).at(-1)?.text);
      expect(text).toContain('- le 6 mars 2026 : 333,33 €');
      expect(text).toContain('Montant : 333,33 €');
    }
    await office.work('2026-03-06', clerk);
    for (const id of ['KEPT-1', 'LATE-1']) await pay(id, '333.33');
    await pay('LONG-1', '71.42');
    await office.work('2026-04-02', clerk);
    for (const id of ['KEPT-1', 'LATE-1']) {
      expect((await left(id)).at(-1)).toMatch(/^2026-03-31 confirmation-\d no level$/);
      await pay(id, '333.34');
      expect(await caseOf(id)).toMatchObject({ standing: 'settled', instalmentPlan: { state: 'kept' } });
      expect(await balance(id)).toEqual(['1000.00', '0.00']);
      expect((await local.client.execution(id)).status).toBe('SUCCEEDED');
    }
    expect(await planFacts('KEPT-1')).toEqual([
      'PlanAgreed',
      'InstalmentReminded 2026-03-06',
      'InstalmentReminded 2026-04-03',
      'PlanKept',
    ]);
    expect(await office.asked('KEPT-1', 'attention')).toEqual([]);
  });

  it('of fourteen months outlives its execution: a successor awaits the rest', async () => {
    for (const [index, month] of MONTHS.slice(2).entries()) {
      await local.client.advance({ advanceTo: `${month}T12:00:00Z` });
      const isLast = index === MONTHS.length - 3;
      expect(await lanes('LONG-1')).toEqual([LISTENING, 'Wait: instalment']);
      // 330 days after Monday 5 January are Tuesday 1 December.
      const part = month < '2026-12-01' ? 1 : 2;
      expect((await caseOf('LONG-1')).execution).toMatchObject({
        arn: expect.stringMatching(new RegExp(`LONG-1_1_${part}$`)),
        status: 'RUNNING',
      });
      await pay('LONG-1', isLast ? '71.54' : '71.42');
    }
    await local.client.advance({ advanceTo: '2027-06-01T12:00:00Z' });
    expect(await caseOf('LONG-1')).toMatchObject({ standing: 'settled', instalmentPlan: { state: 'kept' } });
    expect(await balance('LONG-1')).toEqual(['1000.00', '0.00']);
    expect(await local.client.execution('LONG-1')).toMatchObject({ status: 'SUCCEEDED' });
    // The agreement, and one message before each part but the first.
    expect(await left('LONG-1')).toHaveLength(14);
    expect((await planFacts('LONG-1')).filter((fact) => fact.startsWith('InstalmentReminded'))).toEqual(
      MONTHS.slice(1).map((month) => `InstalmentReminded ${month}`),
    );
    expect(await planFacts('LONG-1')).not.toContain('InstalmentMissed');
  });
});
