import type { EmailEventType } from './aws/email-events.ts';
import type { EmailSender } from './aws/email-sender.ts';
import type { VirtualClock } from './clock.ts';
import { type Faults, InvalidFaultError } from './faults.ts';
import { type HttpAnswer, jsonAnswer } from './gateway/http-answer.ts';
import { splitTarget } from './gateway/proxy-event.ts';
import { RouteTable } from './gateway/route-table.ts';
import type { Mailbox } from './mailbox.ts';
import { ExecutionArchive } from './system/execution-archive.ts';
import { addDuration, parseInstant } from './system/instants.ts';
import { type LocalRequest, readObject, shown } from './system/local-request.ts';
import { LocalProblem, toProblemAnswer } from './system/problem.ts';
import type { LocalTokens } from './tokens.ts';

/** The parts of the local system that can be looked at and moved from outside. */
export interface LocalControls {
  readonly clock: VirtualClock;
  readonly tokens: LocalTokens;
  readonly faults: Faults;
  readonly mailbox: Mailbox;
  readonly emails: EmailSender;
  readonly bankSecret: () => string;
  readonly executions: ExecutionArchive;
  readonly metrics: () => unknown;
  /** Called after the clock was moved. */
  readonly keep: () => Promise<void>;
}

const DELIVERY_EVENTS = new Map<unknown, EmailEventType>([
  ['delivery', 'DELIVERY'],
  ['bounce', 'BOUNCE'],
  ['complaint', 'COMPLAINT'],
  ['open', 'OPEN'],
]);

interface Call extends LocalRequest {
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

interface Route {
  readonly routeKey: string;
  readonly answer: (call: Call) => unknown;
}

/**
 * The routes under `/_local`, which exist on this machine only: clock, tokens, outbox, executions, faults and metrics.
 *
 * What shows the state of the system answers when nothing moves any more. A request that cannot be understood is an
 * RFC 9457 problem saying what is wrong, with which value, and the cure.
 */
export class LocalRoutes {
  readonly #controls: LocalControls;
  readonly #table: RouteTable<Route>;
  #moving: Promise<unknown> = Promise.resolve();

  constructor(controls: LocalControls) {
    this.#controls = controls;
    this.#table = new RouteTable(this.#routes());
  }

  /** Whether a request is for these routes. */
  static claims(target: string): boolean {
    return splitTarget(target).path.split('/')[1] === '_local';
  }

  async answer(request: LocalRequest): Promise<HttpAnswer> {
    const { path, query } = splitTarget(request.target);
    try {
      const match = this.#table.match(request.method, path);
      if (!match) throw new LocalProblem(404, `No route ${request.method} ${path}. There are: ${this.#list()}`);
      const call = { ...request, parameters: match.pathParameters, query: new URLSearchParams(query) };
      return jsonAnswer(200, await match.route.answer(call));
    } catch (error) {
      if (error instanceof LocalProblem) return toProblemAnswer(error);
      throw error;
    }
  }

  #list(): string {
    return this.#routes()
      .map(({ routeKey }) => routeKey)
      .join(', ');
  }

  #routes(): Route[] {
    const { clock, bankSecret, mailbox, metrics } = this.#controls;
    /** Whoever looks sees what has settled, not a moment in between. */
    const settled = (show: (call: Call) => unknown) => async (call: Call) => {
      await clock.waitUntilIdle();
      return show(call);
    };
    return [
      { routeKey: 'GET /_local/health', answer: () => ({ ready: true }) },
      { routeKey: 'POST /_local/token', answer: (call) => this.#issueToken(call) },
      { routeKey: 'GET /_local/bank-secret', answer: () => ({ secret: bankSecret() }) },
      { routeKey: 'GET /_local/clock', answer: settled(() => ({ now: this.#nowText() })) },
      { routeKey: 'POST /_local/clock', answer: (call) => this.#advance(call) },
      { routeKey: 'GET /_local/outbox', answer: settled((call) => mailbox.entries(readOutboxFilter(call))) },
      { routeKey: 'POST /_local/delivery-events', answer: (call) => this.#reportDelivery(call) },
      { routeKey: 'GET /_local/executions/{invoiceId}', answer: settled((call) => this.#showExecution(call)) },
      { routeKey: 'POST /_local/faults', answer: (call) => this.#injectFault(call) },
      { routeKey: 'GET /_local/metrics', answer: settled(metrics) },
    ];
  }

  async #issueToken({ body }: Call): Promise<unknown> {
    const { scopes } = readObject(body, ['scopes']);
    const { tokens } = this.#controls;
    const known = `Send {"scopes": [...]} with one or more of ${tokens.scopes.join(', ')}`;
    if (!Array.isArray(scopes) || scopes.length === 0) {
      throw new LocalProblem(422, `"scopes" must be a list, it is ${shown(scopes)}. ${known}`, '/scopes');
    }
    const unknown = scopes.findIndex((scope) => !tokens.scopes.includes(scope));
    if (unknown >= 0) throw new LocalProblem(422, `No scope ${shown(scopes[unknown])}. ${known}`, `/scopes/${unknown}`);
    return { access_token: await tokens.issue(scopes), token_type: 'Bearer' };
  }

  /** Moves run one after the other, so that each one's duration counts from where the one before has ended. */
  #advance({ body }: Call): Promise<unknown> {
    const moved = this.#moving.then(() => this.#advanceNow(body));
    this.#moving = moved.catch(() => undefined);
    return moved;
  }

  async #advanceNow(body: Buffer): Promise<unknown> {
    const { clock, executions, keep } = this.#controls;
    const atMillis = readTarget(body, clock.now());
    if (atMillis < clock.now()) {
      const target = new Date(atMillis).toISOString();
      throw new LocalProblem(
        400,
        `The clock is at ${this.#nowText()} and cannot go back to ${target}; advance forward`,
      );
    }
    let ran = 0;
    do {
      ran += await clock.advanceTo(Math.min(atMillis, clock.now() + ExecutionArchive.STRIDE_MILLIS));
      executions.remember();
    } while (clock.now() < atMillis);
    await keep();
    return { now: this.#nowText(), ran };
  }

  #nowText(): string {
    return new Date(this.#controls.clock.now()).toISOString();
  }

  /** As if SES had just learnt it; answers when everybody has been told. */
  async #reportDelivery({ body }: Call): Promise<unknown> {
    const { messageId, event } = readObject(body, ['messageId', 'event']);
    const { clock, emails, mailbox } = this.#controls;
    const type = DELIVERY_EVENTS.get(event);
    if (type === undefined) {
      const known = [...DELIVERY_EVENTS.keys()].join(', ');
      throw new LocalProblem(422, `"event" must be one of ${known}, not ${shown(event)}`, '/event');
    }
    const email = mailbox.entries().find((entry) => entry.messageId === messageId && entry.channel === 'email');
    if (!email)
      throw new LocalProblem(404, `No email ${shown(messageId)} was sent; take a messageId of GET /_local/outbox`);
    emails.report(email.messageId, type);
    await clock.waitUntilIdle();
    return { messageId, event };
  }

  #showExecution({ parameters: { invoiceId = '' } }: Call): unknown {
    const execution = this.#controls.executions.newestOf(invoiceId);
    if (!execution) throw new LocalProblem(404, `No execution of invoice "${invoiceId}"; post the invoice first`);
    return execution;
  }

  #injectFault({ body }: Call): unknown {
    const { service, kind, times } = readObject(body, ['service', 'kind', 'times']);
    const { faults } = this.#controls;
    try {
      const order = { service: String(service), kind: String(kind) };
      faults.inject(times === undefined ? order : { ...order, times: times as number });
    } catch (error) {
      if (error instanceof InvalidFaultError) throw new LocalProblem(422, error.message);
      throw error;
    }
    return { service, kind, times: times ?? 1 };
  }
}

/** Where the clock is to go: exactly one of `advanceTo` and `advanceBy`. */
function readTarget(body: Buffer, nowMillis: number): number {
  const { advanceTo, advanceBy } = readObject(body, ['advanceTo', 'advanceBy']);
  if ((advanceTo === undefined) === (advanceBy === undefined)) {
    throw new LocalProblem(400, 'Send either {"advanceTo": "2026-11-15T12:00:00Z"} or {"advanceBy": "P10D"}');
  }
  const [member, value, example] =
    advanceTo === undefined
      ? ['advanceBy', advanceBy, 'an ISO 8601 duration such as P10D']
      : ['advanceTo', advanceTo, 'an instant with its offset, such as 2026-11-15T12:00:00Z'];
  const parse = (text: string) => (advanceTo === undefined ? addDuration(nowMillis, text) : parseInstant(text));
  const atMillis = typeof value === 'string' ? parse(value) : undefined;
  if (atMillis === undefined)
    throw new LocalProblem(400, `"${member}" must be ${example}, not ${shown(value)}`, `/${member}`);
  return atMillis;
}

function readOutboxFilter({ query }: Call): { invoiceId?: string } {
  const unknown = [...query.keys()].find((name) => name !== 'invoiceId');
  if (unknown !== undefined) throw new LocalProblem(400, `No filter "${unknown}"; take invoiceId`);
  const invoiceId = query.get('invoiceId');
  return invoiceId === null ? {} : { invoiceId };
}
