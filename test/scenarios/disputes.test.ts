import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  creditBody,
  invoiceBody,
  startTestSystem,
  type TestSystem,
  wholeCustomerBody,
} from '../support/local-system.ts';
import { type Answer, clerk, Office, type ShownCase } from './office.ts';

let local: TestSystem;
let office: Office;

/** A case with the disputes about it. */
interface DisputedCase extends ShownCase {
  readonly disputes: readonly {
    readonly disputeId: string;
    readonly state: string;
    readonly credited: { readonly amount: string } | null;
  }[];
}

const LISTENING = 'Listen for payments and decisions';
const INVOICES = ['WHOLE-1', 'PART-1', 'REJECTED-1', 'SETTLED-1', 'PAID-1'];
const euros = (amount: string) => ({ amount, currency: 'EUR' });

/** Nobody gets round to the disputes, nor to the calls; everything else is done as it comes. */
const answer: Answer = (task, today) =>
  task.kind === 'dispute' || task.kind === 'attention' ? null : clerk(task, today);

const dispute = (invoiceId: string, body: object) =>
  local.client.call<DisputedCase & { detail: string }>(`POST /cases/${invoiceId}/disputes`, {
    ...{ scope: 'relance/finance', body },
  });
const resolve = (invoiceId: string, body: object, disputeId = '1') =>
  local.client.call<DisputedCase & { detail: string }>(`POST /cases/${invoiceId}/disputes/${disputeId}/resolution`, {
    ...{ scope: 'relance/finance', body },
  });
const disputesOf = async (invoiceId: string) => {
  const { disputes } = (await office.caseOf(invoiceId)) as DisputedCase;
  return disputes.map(({ disputeId, state, credited }) => [disputeId, state, credited?.amount ?? null].join(' '));
};
const lanes = async (invoiceId: string) => (await local.client.execution(invoiceId))?.currentStates.toSorted();
const plainly = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const lastText = async (invoiceId: string) => plainly((await local.client.outbox(invoiceId)).at(-1)?.text ?? '');
const disputeFacts = async (invoiceId: string) =>
  (await office.history(invoiceId)).filter(({ type }) => type.startsWith('Dispute')).map(({ type }) => type);

beforeAll(async () => {
  local = await startTestSystem();
  office = new Office(local);
  for (const id of INVOICES) {
    const customer = wholeCustomerBody(`C-${id}`);
    const body = invoiceBody(id, { customer, total: euros('2000.00') });
    expect((await local.client.register(body)).status).toBe(201);
  }
  // A1 left on Tuesday the 3rd; the calls of A2 are made from Thursday the 5th on.
  await office.work('2026-02-04', answer);
  for (const id of INVOICES) {
    const amount = id === 'PART-1' ? { amount: euros('500.00') } : {};
    const { status, body } = await dispute(id, { category: 'quality', note: 'two of four arrived broken', ...amount });
    expect([status, body.standing]).toEqual([201, id === 'PART-1' ? 'open' : 'disputed']);
    expect((await dispute(id, { category: 'quality', ...amount })).status).toBe(200);
  }
  await local.client.now();
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

describe('a dispute about a whole invoice', () => {
  it('is confirmed in writing at once, has its proof put together, and waits in its lane', async () => {
    for (const id of INVOICES.filter((one) => one !== 'PART-1')) {
      expect((await local.client.outbox(id)).at(-1)).toMatchObject({ stepId: 'confirmation-1', level: null });
      expect(await lastText(id)).toContain(
        `Nous avons noté que vous contestez la facture ${id}. Motif indiqué : qualité`,
      );
      expect(await lanes(id)).toEqual([LISTENING, 'Wait: dispute']);
      expect(await office.asked(id, 'dispute')).toEqual(['2026-02-04 | Settle a dispute: quality']);
      expect((await office.tasks(id)).map(({ kind, dueOn }) => [kind, dueOn])).toEqual([['dispute', '2026-02-06']]);
    }
    expect((await dispute('WHOLE-1', { category: 'price' })).status).toBe(409);
    const listed = await local.client.call<{ cases: { invoiceId: string }[] }>('GET /cases?standing=disputed', {
      scope: 'relance/finance',
    });
    expect(listed.body.cases.map(({ invoiceId }) => invoiceId).toSorted()).toEqual(
      INVOICES.filter((one) => one !== 'PART-1').toSorted(),
    );
  });

  it('hears the money that comes all the same, and is over with its case', async () => {
    await local.client.bank(creditBody('BK-1', 'PAID-1', '2000.00'));
    await local.client.now();
    expect(await office.caseOf('PAID-1')).toMatchObject({ standing: 'settled' });
    expect(await local.client.execution('PAID-1')).toMatchObject({ status: 'SUCCEEDED' });
    expect(await disputesOf('PAID-1')).toEqual(['1 settled 0.00']);
    expect(await office.facts('PAID-1', 'DisputeResolved')).toMatchObject([{ reason: 'case-settled' }]);
    expect(await office.tasks('PAID-1')).toEqual([]);
  });

  it('that is unfounded is told so in writing, and the next step follows after some days of grace', async () => {
    await office.work('2026-02-06', answer);
    const { status, body } = await resolve('REJECTED-1', { outcome: 'rejected', note: 'the delivery note is signed' });
    expect([status, body.standing, body.hold]).toMatchObject([
      200,
      'open',
      { reason: 'dispute-rejected', until: '2026-02-11' },
    ]);
    await local.client.now();
    expect(await lastText('REJECTED-1')).toContain('nous la tenons pour non fondée');
    expect(await lanes('REJECTED-1')).toEqual([LISTENING, 'Wait: level 1']);
    expect(await office.tasks('REJECTED-1')).toEqual([]);
    expect((await resolve('REJECTED-1', { outcome: 'rejected' })).status).toBe(200);
    expect((await resolve('REJECTED-1', { outcome: 'upheld' })).status).toBe(409);
    expect((await resolve('REJECTED-1', { outcome: 'upheld' }, '7')).status).toBe(404);
    await office.work('2026-02-11', answer);
    expect((await office.contacts('REJECTED-1')).at(-1)).toContain('2026-02-06 | confirmation-2 | email');
    await office.work('2026-02-12', answer);
    expect((await office.contacts('REJECTED-1')).at(-1)).toContain('2026-02-12 | A2 | call | level1');
  });

  it('that is settled is told in writing with what is credited and what is left', async () => {
    const { status, body } = await resolve('SETTLED-1', { outcome: 'settled', credited: euros('300.00') });
    expect([status, body.standing, body.balance.credited]).toEqual([200, 'open', '300.00']);
    await local.client.now();
    expect(await lastText('SETTLED-1')).toContain(
      'nous vous accordons un avoir de 300,00 €, déduit ci-dessous. Il reste à régler 1 700,00 €.',
    );
    expect(await office.facts('SETTLED-1', 'CreditNoteApplied')).toMatchObject([
      { creditNoteId: 'dispute-1', amount: euros('300.00') },
    ]);
    await office.work('2026-02-18', answer);
    expect((await office.contacts('SETTLED-1')).at(-1)).toContain('2026-02-18 | A2 | call | level1');
  });

  it('is brought up with its owner on its day, and with the owner of the tasks when it ages', async () => {
    // Ten open days after Wednesday the 4th: noon of the 18th.
    expect(await disputeFacts('WHOLE-1')).toEqual(['DisputeOpened', 'DisputeReviewed']);
    expect(await lanes('WHOLE-1')).toEqual([LISTENING, 'Wait: dispute']);
    await office.work('2026-02-24', answer);
    expect(await office.asked('WHOLE-1', 'attention')).toEqual([]);
    await office.work('2026-02-25', answer);
    expect(await disputeFacts('WHOLE-1')).toEqual(['DisputeOpened', 'DisputeReviewed', 'DisputeEscalated']);
    expect(await office.asked('WHOLE-1')).toEqual([
      '2026-02-04 | Settle a dispute: quality',
      '2026-02-17 | A dispute is to be settled: invoice WHOLE-1',
      '2026-02-24 | A dispute is ageing: invoice WHOLE-1',
    ]);
    const sent = (await local.client.outbox('WHOLE-1')).length;
    await office.work('2026-03-31', answer);
    expect((await local.client.outbox('WHOLE-1')).length).toBe(sent);
    expect(await lanes('WHOLE-1')).toEqual([LISTENING, 'Wait: dispute']);
  });

  it('that is founded is credited as a whole, and the case ends', async () => {
    const { status, body } = await resolve('WHOLE-1', { outcome: 'upheld' });
    expect([status, body.standing]).toEqual([200, 'settled']);
    expect(body.balance).toMatchObject({ billed: '2000.00', credited: '2000.00', principalDue: '0.00' });
    await local.client.now();
    expect(await local.client.execution('WHOLE-1')).toMatchObject({ status: 'SUCCEEDED' });
    expect(await disputesOf('WHOLE-1')).toEqual(['1 upheld 2000.00']);
    expect(await office.tasks('WHOLE-1')).toEqual([]);
  });
});

describe('a dispute about a part of an invoice', () => {
  it('leaves the rest to be dunned on, and every notice says what is contested', async () => {
    const messages = (await local.client.outbox('PART-1')).filter(({ at }) => at > '2026-02-04T12');
    const [confirmation, notice] = messages.map(({ text }) => plainly(text));
    expect(confirmation).toContain('vous contestez la facture PART-1, à hauteur de 500,00 €');
    for (const text of [confirmation, notice]) {
      expect(text).toContain('Contesté, en cours d’examen : 500,00 €');
      expect(text).toContain('Part non contestée à régler : 1 500,00 €');
    }
    expect(notice).toContain('Montant : 1 500,00 €');
    expect(messages.map(({ stepId }) => stepId)).toEqual(['confirmation-1', 'A3', 'A4', 'B1', 'B3', 'C2']);
    for (const { channel, text } of messages.filter((message) => message.channel === 'registered-letter')) {
      expect(plainly(text), channel).toMatch(/Contesté.*Reste dû/);
      expect(plainly(text), channel).toContain(
        'La part contestée, en cours d’examen, n’est pas demandée par ce courrier.',
      );
    }
    const [call] = (await office.facts('PART-1', 'NoticeAssigned')).filter(({ stepId }) => stepId === 'A2');
    const { script } = await office.task(String(call?.taskId));
    expect(plainly(script ?? '')).toContain('1 500,00 € sur 2 000,00 €, contesté et en cours d’examen 500,00 €');
  });

  it('has its owner reminded and is escalated while the notices go on', async () => {
    expect(await disputeFacts('PART-1')).toEqual(['DisputeOpened', 'DisputeReviewed', 'DisputeEscalated']);
  });

  it('waits in its lane once the rest is paid', async () => {
    await local.client.bank(creditBody('BK-2', 'PART-1', '1500.00'));
    await local.client.now();
    expect(await office.caseOf('PART-1')).toMatchObject({ standing: 'disputed' });
    expect(await lanes('PART-1')).toEqual([LISTENING, 'Wait: dispute']);
  });

  it('that is founded is credited, and the case ends', async () => {
    expect((await resolve('PART-1', { outcome: 'upheld' })).body).toMatchObject({
      standing: 'settled',
      balance: { billed: '2000.00', paid: '1500.00', credited: '500.00' },
    });
    await local.client.now();
    expect(await local.client.execution('PART-1')).toMatchObject({ status: 'SUCCEEDED' });
  });
});
