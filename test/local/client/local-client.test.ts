import { afterEach, beforeEach, expect, it } from 'vitest';
import { LocalClient } from '../../../lib/local/client/local-client.ts';
import { type RunningServer, startHttpServer } from '../../../lib/local/gateway/http-server.ts';

let server: RunningServer;
let client: LocalClient;
/** What was asked, with the token and the body it came with. */
let asked: string[];

const TASKS = {
  '/tasks?state=open': { tasks: [{ taskId: 't-1', invoiceIds: ['A'] }], cursor: 'a/b' },
  '/tasks?state=open&cursor=a%2Fb': { tasks: [{ taskId: 't-2', invoiceIds: ['B'] }], cursor: null },
};

beforeEach(async () => {
  asked = [];
  server = await startHttpServer({
    port: 0,
    portVariable: 'RELANCE_PORT',
    onError: (error) => {
      throw error;
    },
    answer: async ({ method, url = '', headers }, body) => {
      if (url === '/_local/token') return answerOf(200, { access_token: JSON.parse(body.toString()).scopes[0] });
      asked.push(`${method} ${url} ${headers.authorization} ${body}`);
      if (url === '/tasks/t%2F1/document') return { status: 200, headers: {}, body: Buffer.from([37, 80, 255]) };
      const known = TASKS[url as keyof typeof TASKS];
      return known ? answerOf(200, known) : answerOf(method === 'POST' ? 200 : 404, {});
    },
  });
  client = new LocalClient(server.url);
});

afterEach(() => server.close());

function answerOf(status: number, body: unknown) {
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(body)) };
}

it('reads the whole work list, or that of one invoice', async () => {
  expect((await client.tasks()).map(({ taskId }) => taskId)).toEqual(['t-1', 't-2']);
  expect((await client.tasks('B')).map(({ taskId }) => taskId)).toEqual(['t-2']);
  expect(asked[0]).toBe('GET /tasks?state=open Bearer relance/finance ');
});

it('reports how a task ended', async () => {
  expect((await client.report('t/1', { result: 'posted', postedOn: '2026-11-10' })).status).toBe(200);
  const body = '{"result":"posted","postedOn":"2026-11-10"}';
  expect(asked).toEqual([`POST /tasks/t%2F1/outcome Bearer relance/finance ${body}`]);
});

it('fetches the letter of a task byte by byte, and says when there is none', async () => {
  expect(await client.letter('t/1')).toEqual(new Uint8Array([37, 80, 255]));
  await expect(client.letter('t-2')).rejects.toThrow('the letter of task t-2 answered 404');
});
