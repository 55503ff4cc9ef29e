import { describe, expect, it } from 'vitest';
import { EmailSender } from '../../lib/local/aws/email-sender.ts';
import { VirtualClock } from '../../lib/local/clock.ts';
import { DeadLetters } from '../../lib/local/dead-letters.ts';
import { EventBuses } from '../../lib/local/event-bus.ts';
import { Faults } from '../../lib/local/faults.ts';
import { LocalRoutes } from '../../lib/local/local-routes.ts';
import { Mailbox } from '../../lib/local/mailbox.ts';
import { StateMachines } from '../../lib/local/states/state-machines.ts';
import { ExecutionArchive } from '../../lib/local/system/execution-archive.ts';
import { LocalTokens } from '../../lib/local/tokens.ts';

const START = '2026-01-05T08:00:00.000Z';
const account = { region: 'eu-west-3', accountId: '000000000000' };
const never = () => Promise.reject(new Error('nothing runs here'));

/** The routes over real parts, with nothing deployed. */
async function aDesk() {
  const clock = new VirtualClock(Date.parse(START));
  const now = () => clock.now();
  const identity = { clients: [], scopes: ['relance/billing', 'relance/finance'] };
  const authorizer = { issuer: 'https://issuer', audience: ['client'] };
  const route = { routeKey: 'GET /', functionName: 'f', timeoutMillis: 1, authorizer, scopes: [] };
  const tokens = await LocalTokens.create({ api: { id: 'a', domainName: 'd', routes: [route] }, identity, now });
  const faults = new Faults();
  const mailbox = new Mailbox();
  const shared = { ...account, clock, faults };
  const buses = new EventBuses({
    ...shared,
    busNames: ['default'],
    rules: [],
    invoker: { invoke: never },
    deadLetters: new DeadLetters(now),
  });
  const emails = new EmailSender({ ...shared, identities: ['lumen.example'], configurationSets: [], mailbox, buses });
  const executions = new ExecutionArchive(new StateMachines({ ...account, clock, resources: { run: never } }));
  const kept: string[] = [];
  const routes = new LocalRoutes({
    clock,
    tokens,
    faults,
    mailbox,
    emails,
    executions,
    bankSecret: () => 'hush',
    metrics: () => ({ stateTransitions: 0 }),
    keep: async () => void kept.push(new Date(clock.now()).toISOString()),
  });
  const call = async (method: string, target: string, body?: unknown) => {
    const bytes = body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body));
    const answer = await routes.answer({ method, target, body: bytes });
    return { status: answer.status, body: JSON.parse(answer.body.toString()), type: answer.headers['content-type'] };
  };
  return { call, clock, emails, faults, kept, mailbox };
}

const draft = {
  from: 'dunning@lumen.example',
  to: ['compta@martin.example'],
  cc: [],
  bcc: [],
  replyTo: [],
  subject: 'Unpaid',
  text: 'Unpaid',
  html: null,
  headers: [],
  attachments: [],
  configurationSetName: undefined,
  tags: { invoiceId: 'A', stepId: 'A1', level: 'level1' },
};

describe('the /_local routes', () => {
  it.each([
    ['/_local/health', true],
    ['/_local', true],
    ['/_local/clock?x=1', true],
    ['/_localhost', false],
    ['/invoices/_local', false],
    ['/', false],
  ])('claim %s: %s', (target, isClaimed) => {
    expect(LocalRoutes.claims(target)).toBe(isClaimed);
  });

  it('list themselves to whoever asks for one that is not there', async () => {
    const { call } = await aDesk();
    const { status, body, type } = await call('GET', '/_local/wether');
    expect({ status, type }).toEqual({ status: 404, type: 'application/problem+json' });
    expect(body.detail).toMatch(
      /^No route GET \/_local\/wether\. There are: GET \/_local\/health, POST \/_local\/token, /,
    );
  });

  it('hand out tokens, the secret and the metrics', async () => {
    const { call } = await aDesk();
    expect((await call('POST', '/_local/token', { scopes: ['relance/billing'] })).body.access_token).toMatch(
      /^[\w-]+\.[\w-]+\.[\w-]+$/,
    );
    expect((await call('GET', '/_local/bank-secret')).body).toEqual({ secret: 'hush' });
    expect((await call('GET', '/_local/metrics')).body).toEqual({ stateTransitions: 0 });
  });

  it.each([
    [{}, '"scopes" must be a list, it is missing'],
    [{ scopes: [] }, '"scopes" must be a list, it is []'],
    [{ scopes: 'relance/billing' }, '"scopes" must be a list, it is "relance/billing"'],
    [{ scopes: ['relance/billing', 7] }, 'No scope 7'],
  ])('refuse a token for %j', async (body, detail) => {
    const { call } = await aDesk();
    const answer = await call('POST', '/_local/token', body);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: expect.stringMatching(/^\/scopes/) }] } });
    expect(answer.body.detail).toContain(detail);
    expect(answer.body.detail).toContain('relance/billing, relance/finance');
  });

  it('move the clock, say how many timers ran, and keep where it stands', async () => {
    const { call, clock, kept } = await aDesk();
    const ran: string[] = [];
    for (const days of [1, 2, 100]) {
      clock.schedule(Date.parse(START) + days * 86_400_000, () => ran.push(new Date(clock.now()).toISOString()));
    }
    expect((await call('POST', '/_local/clock', { advanceBy: 'P10D' })).body).toEqual({
      now: '2026-01-15T08:00:00.000Z',
      ran: 2,
    });
    expect(ran).toEqual(['2026-01-06T08:00:00.000Z', '2026-01-07T08:00:00.000Z']);
    expect((await call('POST', '/_local/clock', { advanceTo: '2027-01-01T00:00:00Z' })).body.ran).toBe(1);
    expect(kept).toEqual(['2026-01-15T08:00:00.000Z', '2027-01-01T00:00:00.000Z']);
  });

  it('do not keep, nor move, a clock that cannot be moved so', async () => {
    const { call, kept } = await aDesk();
    const { status, body } = await call('POST', '/_local/clock', { advanceTo: '2026-01-05T07:59:59Z' });
    expect({ status, detail: body.detail }).toEqual({
      status: 400,
      detail:
        'The clock is at 2026-01-05T08:00:00.000Z and cannot go back to 2026-01-05T07:59:59.000Z; advance forward',
    });
    expect((await call('GET', '/_local/clock')).body).toEqual({ now: START });
    expect(kept).toEqual([]);
  });

  it('show what has settled, and answer about health at once', async () => {
    const { call, clock, mailbox } = await aDesk();
    const { promise: work, resolve: finish } = Promise.withResolvers<void>();
    void clock.track(work);
    expect((await call('GET', '/_local/health')).body).toEqual({ ready: true });
    const outbox = call('GET', '/_local/outbox');
    const message = {
      channel: 'sms',
      to: ['+33639980011'],
      cc: [],
      subject: null,
      text: 'late',
      html: null,
      at: START,
    } as const;
    mailbox.keep({ messageId: '1', ...message }, { invoiceId: 'A' });
    finish();
    expect((await outbox).body).toMatchObject([
      { messageId: '1', channel: 'sms', invoiceIds: ['A'], stepId: null, level: null },
    ]);
  });

  it('show the outbox of one invoice, and refuse a filter they do not know', async () => {
    const { call, emails } = await aDesk();
    emails.send(draft);
    emails.send({ ...draft, tags: { invoiceId: 'B' } });
    expect((await call('GET', '/_local/outbox')).body).toHaveLength(2);
    expect((await call('GET', '/_local/outbox?invoiceId=B')).body).toMatchObject([{ invoiceIds: ['B'] }]);
    expect((await call('GET', '/_local/outbox?invoiceId=C')).body).toEqual([]);
    expect(await call('GET', '/_local/outbox?invoice=B')).toMatchObject({
      status: 400,
      body: { detail: 'No filter "invoice"; take invoiceId' },
    });
  });

  it('inject faults in the order they were asked for', async () => {
    const { call, faults } = await aDesk();
    expect(await call('POST', '/_local/faults', { service: 'ses', kind: 'throttle', times: 2 })).toMatchObject({
      status: 200,
    });
    await call('POST', '/_local/faults', { service: 'ses', kind: 'error' });
    expect([1, 2, 3, 4].map(() => faults.take('ses'))).toEqual(['throttle', 'throttle', 'error', undefined]);
  });

  it('report what became of an email by the id it has in the outbox', async () => {
    const { call, emails } = await aDesk();
    const messageId = emails.send(draft);
    expect(await call('POST', '/_local/delivery-events', { messageId, event: 'complaint' })).toMatchObject({
      status: 200,
      body: { messageId, event: 'complaint' },
    });
    expect(await call('POST', '/_local/delivery-events', { messageId, event: 'opened' })).toMatchObject({
      status: 422,
      body: {
        errors: [
          { pointer: '/event', detail: '"event" must be one of delivery, bounce, complaint, open, not "opened"' },
        ],
      },
    });
    expect(await call('POST', '/_local/delivery-events', { event: 'bounce' })).toMatchObject({ status: 404 });
  });

  it('know of no execution that was never started', async () => {
    const { call } = await aDesk();
    expect(await call('GET', '/_local/executions/F-1')).toMatchObject({
      status: 404,
      body: { detail: 'No execution of invoice "F-1"; post the invoice first' },
    });
  });
});
