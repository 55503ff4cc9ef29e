import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { creditBody, invoiceBody, startTestSystem, type TestSystem } from '../support/local-system.ts';
import { Office } from './office.ts';

let local: TestSystem;

beforeAll(async () => {
  local = await startTestSystem();
});

/** The invoices of the story just told are paid, so that the faults of the next one meet no notice of theirs. */
const told: string[] = [];

afterEach(async () => {
  for (const invoiceId of told.splice(0)) await local.client.bank(creditBody(`BK-TOLD-${invoiceId}`, invoiceId));
  await local.client.now();
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

const historyOf = (invoiceId: string) => new Office(local).history(invoiceId);

const typesOf = async (invoiceId: string) => (await historyOf(invoiceId)).map(({ type }) => type);
const fail = (service: string, kind: string, times = 1) =>
  local.client.call('POST /_local/faults', { body: { service, kind, times } });
const stepsSent = async (invoiceId: string) => (await local.client.outbox(invoiceId)).map(({ stepId }) => stepId);

/** Registers an invoice whose only step in the weeks after is A1, on the third day after its due date. */
async function registerDue(invoiceId: string): Promise<string> {
  const now = await local.client.now();
  const day = (offset: number) => new Date(Date.parse(now) + offset * 86_400_000).toISOString().slice(0, 10);
  const { status } = await local.client.register(invoiceBody(invoiceId, { issuedOn: day(-30), dueOn: day(0) }));
  expect(status).toBe(201);
  told.push(invoiceId);
  return day(7);
}

describe('an unreliable world', () => {
  it('loses and doubles no email when SES throttles again and again', async () => {
    const until = await registerDue('THROTTLED-1');
    await fail('ses', 'throttle', 3);
    await local.client.advance({ advanceTo: `${until}T00:00:00Z` });
    expect(await stepsSent('THROTTLED-1')).toEqual(['A1']);
    expect((await typesOf('THROTTLED-1')).filter((type) => type === 'NoticeDeferred')).toHaveLength(3);
    expect((await local.client.execution('THROTTLED-1')).status).toBe('RUNNING');
  });

  it('does not send again when SES took the mail and the answer was lost: its own event says so', async () => {
    const until = await registerDue('LOST-ANSWER-1');
    await fail('ses', 'timeout-after-success');
    await local.client.advance({ advanceTo: `${until}T00:00:00Z` });
    expect(await stepsSent('LOST-ANSWER-1')).toEqual(['A1']);
    expect(await typesOf('LOST-ANSWER-1')).toContain('NoticeSent');
    expect(await typesOf('LOST-ANSWER-1')).not.toContain('TaskRaised');
  });

  it('asks a person when nobody knows whether the mail left', async () => {
    const until = await registerDue('IN-DOUBT-1');
    await fail('ses', 'crash-before-reply');
    await local.client.advance({ advanceTo: `${until}T00:00:00Z` });
    expect(await stepsSent('IN-DOUBT-1')).toEqual([]);
    const history = await historyOf('IN-DOUBT-1');
    expect(history.find(({ type }) => type === 'NoticeFailed')?.data).toMatchObject({
      stepId: 'A1',
      reason: 'outcome-unknown',
    });
    expect(history.map(({ type }) => type)).toContain('TaskRaised');
  });

  it('asks a person when SES answers with a fault of its own: that is no proof that nothing left', async () => {
    const until = await registerDue('FAULTY-1');
    await fail('ses', 'error');
    await local.client.advance({ advanceTo: `${until}T00:00:00Z` });
    expect(await stepsSent('FAULTY-1')).toEqual([]);
    const types = await typesOf('FAULTY-1');
    expect(types).toContain('NoticeFailed');
    expect(types).toContain('TaskRaised');
  });

  it('gets over a provider that puts everything off for a day, and sends at an open hour of the next', async () => {
    const until = await registerDue('PUT-OFF-1');
    // As many attempts as the hour of this case leaves in its first day: six at once, two more before closing.
    await fail('ses', 'throttle', 8);
    await local.client.advance({ advanceTo: `${until}T00:00:00Z` });
    const [notice] = await local.client.outbox('PUT-OFF-1');
    expect(notice?.stepId).toBe('A1');
    const deferred = (await historyOf('PUT-OFF-1')).filter(({ type }) => type === 'NoticeDeferred');
    expect(deferred).toHaveLength(8);
    expect(Date.parse(notice?.at ?? '')).toBeGreaterThan(Date.parse(deferred.at(-1)?.at ?? '') + 12 * 3_600_000);
    expect(Number(notice?.at.slice(11, 13))).toBeGreaterThanOrEqual(6);
    expect(Number(notice?.at.slice(11, 13))).toBeLessThan(17);
    expect((await local.client.execution('PUT-OFF-1')).status).toBe('RUNNING');
  });

  it('records a delivery once when its events come twice', async () => {
    const until = await registerDue('TWICE-1');
    await fail('ses', 'duplicate', 2);
    await local.client.advance({ advanceTo: `${until}T00:00:00Z` });
    const types = await typesOf('TWICE-1');
    expect(types.filter((type) => type === 'NoticeSent')).toHaveLength(1);
    expect(types.filter((type) => type === 'DeliveryReported')).toHaveLength(1);
  });

  it('starts one execution when the stream delivers twice, and applies money once when the bus does', async () => {
    await fail('streams', 'duplicate', 3);
    await fail('events', 'duplicate', 3);
    await registerDue('DOUBLE-1');
    await local.client.bank(creditBody('BK-DOUBLE', 'DOUBLE-1', '400.00'));
    expect((await local.client.execution('DOUBLE-1')).status).toBe('RUNNING');
    const types = await typesOf('DOUBLE-1');
    expect(types.filter((type) => type === 'PaymentApplied')).toHaveLength(1);
  });

  it('gets over a database that throttles', async () => {
    const until = await registerDue('BUSY-1');
    await local.client.now();
    await fail('dynamodb', 'throttle', 4);
    await local.client.advance({ advanceTo: `${until}T00:00:00Z` });
    expect(await stepsSent('BUSY-1')).toEqual(['A1']);
  });

  it.each(['before', 'after'])(
    'sends no notice to who pays the minute %s the notice is due, whatever comes first',
    async (when) => {
      const id = `RACE-${when}-1`;
      const until = await registerDue(id);
      const { body } = await local.client.call<{ nextStep: { at: string } }>(`GET /cases/${id}`, {
        scope: 'relance/finance',
      });
      const offset = when === 'before' ? -60_000 : 60_000;
      await local.client.advance({ advanceTo: new Date(Date.parse(body.nextStep.at) + offset).toISOString() });
      await local.client.bank(creditBody(`BK-${id}`, id));
      await local.client.advance({ advanceTo: `${until}T00:00:00Z` });
      expect(await stepsSent(id)).toEqual(when === 'before' ? [] : ['A1']);
      expect(await local.client.execution(id)).toMatchObject({ status: 'SUCCEEDED', currentStates: ['Settled'] });
    },
  );

  it('keeps money whose event cannot be read in the dead letters, not in the air', async () => {
    const { deadLetters } = (await local.client.call<{ deadLetters: unknown[] }>('GET /_local/metrics')).body;
    expect(deadLetters).toEqual([]);
  });
});
