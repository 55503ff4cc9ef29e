import { describe, expect, it } from 'vitest';
import type { Task } from '../../lib/domain/task.ts';
import { answerOf, apiWith, json, letterApiWith } from './fake-use-cases.ts';

const CALL: Task = {
  taskId: 'INV-1.A2.1',
  kind: 'call',
  state: 'open',
  version: 3,
  invoiceIds: ['INV-1', 'INV-2'],
  customerId: 'C-100',
  dueOn: '2026-11-05',
  title: 'Call about 2 invoices',
  reason: 'no answer to A1',
  raisedAt: '2026-11-05T08:00:00.000Z',
  owner: 'finance@seller.example',
  script: 'Good morning…',
  step: { invoiceId: 'INV-1', cycle: 1, stepId: 'A2' },
  contact: { name: 'Anne Martin', phone: '+33612345678' },
  attempt: 2,
};

const LETTER: Task = {
  ...{ taskId: 'INV-1.B1.1', kind: 'letter', state: 'done', version: 4, invoiceIds: ['INV-1'], customerId: 'C-100' },
  ...{
    dueOn: '2026-11-24',
    title: 'Post a registered letter',
    reason: 'step B1',
    raisedAt: '2026-11-24T08:00:00.000Z',
  },
  ...{ channel: 'registered-letter', documentKey: 'letters/L-1.pdf', postedOn: '2026-11-24', trackingNumber: '1A2B' },
  ...{ outcome: 'received', answer: { receivedOn: '2026-11-26' }, note: 'Signed for.' },
  closedAt: '2026-11-27T09:00:00.000Z',
};

describe('GET /tasks', () => {
  it('shows what a person needs for each task, and null for what does not apply', async () => {
    const api = apiWith({ listTasks: async () => ({ tasks: [CALL, LETTER], cursor: 'c2' }) });
    const answer = await answerOf(await api.request('/tasks'));
    const { version: _, step: __, ...shown } = CALL;
    expect(answer).toEqual({
      status: 200,
      type: 'application/json',
      body: {
        tasks: [
          {
            ...shown,
            ...{ stepId: 'A2', channel: null, documentUrl: null, postedOn: null, trackingNumber: null },
            ...{ outcome: null, answer: null, note: null, closedAt: null },
          },
          {
            ...{ taskId: 'INV-1.B1.1', kind: 'letter', state: 'done', invoiceIds: ['INV-1'], customerId: 'C-100' },
            ...{ dueOn: '2026-11-24', owner: null, title: 'Post a registered letter', reason: 'step B1', script: null },
            ...{ contact: null, stepId: null, channel: 'registered-letter', attempt: null },
            ...{ documentUrl: '/tasks/INV-1.B1.1/document', postedOn: '2026-11-24', trackingNumber: '1A2B' },
            ...{ outcome: 'received', answer: { receivedOn: '2026-11-26' }, note: 'Signed for.' },
            ...{ raisedAt: '2026-11-24T08:00:00.000Z', closedAt: '2026-11-27T09:00:00.000Z' },
          },
        ],
        cursor: 'c2',
      },
    });
  });

  it('asks for the open ones of every kind and owner', async () => {
    const api = apiWith();
    await api.request('/tasks');
    const query = { kind: null, owner: null, state: 'open' };
    expect(api.asked).toEqual([{ useCase: 'listTasks', input: [query, { limit: 50, cursor: null }] }]);
  });

  it('passes filters, limit and cursor on', async () => {
    const api = apiWith();
    await api.request('/tasks?kind=unapplied-cash&owner=anne%40seller.example&state=done&limit=7&cursor=abc');
    const query = { kind: 'unapplied-cash', owner: 'anne@seller.example', state: 'done' };
    expect(api.asked).toEqual([{ useCase: 'listTasks', input: [query, { limit: 7, cursor: 'abc' }] }]);
  });

  it('refuses a query with every fault at once', async () => {
    const api = apiWith();
    const { status, body } = await answerOf(await api.request('/tasks?kind=calls&owner=&state=all&limit=x'));
    const { errors } = body as { errors: { pointer: string }[] };
    const pointers = errors.map(({ pointer }) => pointer);
    expect([status, pointers]).toEqual([422, ['/kind', '/owner', '/state', '/limit']]);
    expect(api.asked).toEqual([]);
  });

  it('answers 422 to a cursor it never gave', async () => {
    const api = apiWith({ listTasks: async () => 'bad-cursor' });
    expect((await api.request('/tasks?cursor=zzz')).status).toBe(422);
  });
});

describe('GET /tasks/{taskId}', () => {
  it('shows the task', async () => {
    const api = apiWith({ viewTask: async () => CALL });
    expect(await answerOf(await api.request('/tasks/INV-1.A2.1'))).toMatchObject({
      status: 200,
      body: { taskId: 'INV-1.A2.1', contact: { name: 'Anne Martin', phone: '+33612345678' } },
    });
    expect(api.asked).toEqual([{ useCase: 'viewTask', input: 'INV-1.A2.1' }]);
  });

  it('tells a contact without name or phone as null', async () => {
    const api = apiWith({ viewTask: async () => ({ ...CALL, contact: {} }) });
    const { body } = await answerOf(await api.request('/tasks/INV-1.A2.1'));
    expect(body).toMatchObject({ contact: { name: null, phone: null } });
  });

  it('answers 404 to an unknown task', async () => {
    expect((await apiWith().request('/tasks/T-404')).status).toBe(404);
  });

  it('answers 404 to an id no task can have without asking', async () => {
    const api = apiWith();
    const paths = ['/tasks/T%2F1', '/tasks/T%201/document', '/tasks/%00'];
    const statuses = await Promise.all(paths.map(async (path) => (await api.request(path)).status));
    expect([statuses, api.asked]).toEqual([[404, 404, 404], []]);
  });
});

describe('GET /tasks/{taskId}/document', () => {
  it('hands the PDF out as a file', async () => {
    const pdf = Uint8Array.of(0x25, 0x50, 0x44, 0x46, 0xff);
    const response = await letterApiWith({ loadTaskDocument: async () => pdf }).request('/tasks/T-1/document');
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="T-1.pdf"',
      'cache-control': 'no-store',
    });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(pdf);
  });

  it('answers 404 to a task without a document', async () => {
    expect(await answerOf(await letterApiWith().request('/tasks/T-1/document'))).toMatchObject({
      status: 404,
      type: 'application/problem+json',
    });
  });
});

describe('POST /tasks/{taskId}/outcome', () => {
  const post = (api = apiWith(), body: unknown = { result: 'done' }) =>
    api.request('/tasks/T-1/outcome', json('POST', body));

  it('reports what was said, by whom, and shows the task as it is now', async () => {
    const api = apiWith({ reportOutcome: async () => ({ task: { ...CALL, state: 'done', outcome: 'promise' } }) });
    const amount = { amount: '700.00', currency: 'EUR' };
    const answer = await answerOf(await post(api, { result: 'promise', promisedOn: '2026-11-20', amount }));
    expect(answer).toMatchObject({ status: 200, body: { state: 'done', outcome: 'promise' } });
    expect(api.asked).toEqual([
      {
        useCase: 'reportOutcome',
        input: {
          taskId: 'T-1',
          outcome: { result: 'promise', promisedOn: '2026-11-20', amount: { amountMinor: 70_000, currency: 'EUR' } },
          at: '2026-10-01T09:00:00.000Z',
          actor: 'anne',
        },
      },
    ]);
  });

  it('answers 404 to an unknown task', async () => {
    expect((await post()).status).toBe(404);
  });

  it('answers 404 to an id no task can have', async () => {
    const api = apiWith();
    const response = await api.request('/tasks/T%201/outcome', json('POST', { result: 'done' }));
    expect([response.status, api.asked]).toEqual([404, []]);
  });

  it('answers 422 to an outcome that does not suit the task', async () => {
    const refused = { pointer: '/result', detail: 'must be posted, received or done of a letter, not "promise"' };
    expect(await answerOf(await post(apiWith({ reportOutcome: async () => ({ refused }) })))).toMatchObject({
      status: 422,
      body: { errors: [refused] },
    });
  });

  it('answers 409 to an outcome that comes too late, and says why', async () => {
    const conflict = 'The invoice was paid on 2026-11-20: do not post the letter.';
    expect(await answerOf(await post(apiWith({ reportOutcome: async () => ({ conflict }) })))).toMatchObject({
      status: 409,
      type: 'application/problem+json',
      body: { type: 'urn:problem-type:relance:state-conflict', detail: conflict },
    });
  });

  it('refuses a bad outcome with every place, and reports nothing', async () => {
    const api = apiWith();
    expect(await answerOf(await post(api, { result: 'dispute', reviewOn: '2026-02-30', why: 'x' }))).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/category' }, { pointer: '/reviewOn' }, { pointer: '/why' }] },
    });
    expect(api.asked).toEqual([]);
  });

  it('takes JSON only', async () => {
    const response = await apiWith().request('/tasks/T-1/outcome', { method: 'POST', body: 'done' });
    expect(response.status).toBe(415);
  });
});
