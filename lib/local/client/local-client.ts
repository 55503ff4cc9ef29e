import { createHmac } from 'node:crypto';

/** What the outbox shows of one message. */
export interface SentMessage {
  readonly messageId: string;
  readonly channel: 'email' | 'sms' | 'letter' | 'registered-letter';
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string | null;
  readonly text: string;
  readonly html: string | null;
  readonly at: string;
  readonly invoiceIds: readonly string[];
  readonly stepId: string | null;
  readonly level: string | null;
}

/** What `GET /_local/executions/{invoiceId}` shows. */
export interface ShownExecution {
  readonly status: string;
  readonly currentStates: readonly string[];
  readonly transitions: number;
  readonly events: readonly { readonly type: string; readonly timestamp: string }[];
}

/** What `GET /tasks` shows of one task. */
export interface ShownTask {
  readonly taskId: string;
  readonly kind: string;
  readonly state: 'open' | 'done';
  readonly invoiceIds: readonly string[];
  readonly customerId: string;
  readonly dueOn: string;
  readonly owner: string | null;
  readonly title: string;
  readonly reason: string;
  readonly script: string | null;
  readonly stepId: string | null;
  readonly channel: string | null;
  /** Path of the letter to post. */
  readonly documentUrl: string | null;
  /** The day the letter was posted on; its receipt is waited for. */
  readonly postedOn: string | null;
}

/** An answer of the API, its body read as JSON. */
export interface ApiAnswer<Body = unknown> {
  readonly status: number;
  readonly body: Body;
}

/** The three parties that talk to the local system over HTTP, as scripts do: the billing system, the bank, and a finance person; and the hand on the clock. */
export class LocalClient {
  readonly #apiUrl: string;
  #tokens = new Map<string, string>();

  constructor(apiUrl: string) {
    this.#apiUrl = apiUrl;
  }

  /** A request with a JSON body, if any, and the headers given; the token of a scope is added when one is named. */
  async call<Body = unknown>(
    route: `${'GET' | 'POST' | 'PUT' | 'DELETE'} ${string}`,
    options: {
      readonly scope?: string;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ): Promise<ApiAnswer<Body>> {
    const [method, path] = route.split(' ') as [string, string];
    const token = options.scope && (await this.#token(options.scope));
    const isText = typeof options.body === 'string';
    const response = await fetch(`${this.#apiUrl}${path}`, {
      method,
      headers: {
        ...(options.body !== undefined && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...options.headers,
      },
      ...(options.body !== undefined && { body: isText ? (options.body as string) : JSON.stringify(options.body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  }

  /** Posts an invoice as the billing system. */
  register(invoice: unknown): Promise<ApiAnswer> {
    return this.call('POST /invoices', { scope: 'relance/billing', body: invoice });
  }

  /** Moves the clock to an instant, or by a duration, and waits until everything due has run. */
  async advance(to: { readonly advanceTo: string } | { readonly advanceBy: string }): Promise<string> {
    const { status, body } = await this.call<{ now: string }>('POST /_local/clock', { body: to });
    if (status !== 200) throw new Error(`the clock answered ${status}: ${JSON.stringify(body)}`);
    return body.now;
  }

  /** The virtual present. */
  async now(): Promise<string> {
    return (await this.call<{ now: string }>('GET /_local/clock')).body.now;
  }

  /** Delivers a bank transaction, signed with the bank's secret at the virtual present. */
  async bank(transaction: unknown): Promise<ApiAnswer> {
    const rawBody = JSON.stringify(transaction);
    const { secret } = (await this.call<{ secret: string }>('GET /_local/bank-secret')).body;
    const seconds = Math.floor(Date.parse(await this.now()) / 1000);
    const signature = createHmac('sha256', secret).update(`${seconds}.${rawBody}`).digest('hex');
    const headers = { 'relance-signature': `t=${seconds},v1=${signature}` };
    return this.call('POST /webhooks/bank', { body: rawBody, headers });
  }

  /** The messages sent for an invoice, oldest first. */
  async outbox(invoiceId: string): Promise<SentMessage[]> {
    return (await this.call<SentMessage[]>(`GET /_local/outbox?invoiceId=${encodeURIComponent(invoiceId)}`)).body;
  }

  /** The open tasks of an invoice, earliest due date first; all there are when no invoice is named. */
  async tasks(invoiceId?: string): Promise<ShownTask[]> {
    const tasks: ShownTask[] = [];
    for (let cursor: string | null | undefined = ''; typeof cursor === 'string'; ) {
      const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { status, body } = await this.call<{ tasks: ShownTask[]; cursor?: string | null }>(
        `GET /tasks?state=open${from}`,
        { scope: 'relance/finance' },
      );
      if (status !== 200) throw new Error(`the tasks answered ${status}: ${JSON.stringify(body)}`);
      tasks.push(...body.tasks);
      cursor = body.cursor;
    }
    return tasks.filter(({ invoiceIds }) => invoiceId === undefined || invoiceIds.includes(invoiceId));
  }

  /** Reports how a task ended, as the finance person who did it. */
  report(taskId: string, outcome: { readonly result: string } & Readonly<Record<string, unknown>>): Promise<ApiAnswer> {
    const route = `POST /tasks/${encodeURIComponent(taskId)}/outcome` as const;
    return this.call(route, { scope: 'relance/finance', body: outcome });
  }

  /** The PDF of the letter a task asks to post. */
  async letter(taskId: string): Promise<Uint8Array> {
    const token = await this.#token('relance/finance');
    const url = `${this.#apiUrl}/tasks/${encodeURIComponent(taskId)}/document`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    if (!response.ok) throw new Error(`the letter of task ${taskId} answered ${response.status}`);
    return response.bytes();
  }

  /** The newest execution of an invoice. */
  async execution(invoiceId: string): Promise<ShownExecution> {
    return (await this.call<ShownExecution>(`GET /_local/executions/${encodeURIComponent(invoiceId)}`)).body;
  }

  async #token(scope: string): Promise<string> {
    const known = this.#tokens.get(scope);
    if (known) return known;
    const { body } = await this.call<{ access_token: string }>('POST /_local/token', { body: { scopes: [scope] } });
    this.#tokens.set(scope, body.access_token);
    return body.access_token;
  }
}
