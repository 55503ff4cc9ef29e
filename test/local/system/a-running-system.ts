import { callAws } from '../../../lib/local/system/aws-call.ts';
import { type LocalSystem, type LocalSystemOptions, startLocalSystem } from '../../../lib/local/system.ts';

/** Parsed JSON, looked into without ceremony. */
export type Json = ReturnType<typeof JSON.parse>;

/** An HTTP answer, its body parsed. */
interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly body: Json;
}

/** Starts local systems on free ports and closes them after the test. */
export class RunningSystems {
  /** What the systems reported as failures of their own. */
  readonly errors: unknown[] = [];
  readonly #open: LocalSystem[] = [];

  async start(options: Partial<LocalSystemOptions> & Pick<LocalSystemOptions, 'cloudAssemblyFolder'>) {
    const system = await startLocalSystem({
      port: 0,
      awsPort: 0,
      startAt: '2026-01-05T08:00:00Z',
      onError: (error) => this.errors.push(error),
      ...options,
    });
    this.#open.push(system);
    return { system, ...clientOf(system) };
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.#open.splice(0).map((system) => system.close()));
  }
}

function clientOf({ apiUrl, awsUrl }: LocalSystem) {
  const send = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const answer = await fetch(apiUrl + path, init);
    const text = await answer.text();
    return {
      status: answer.status,
      type: answer.headers.get('content-type'),
      body: text === '' ? null : JSON.parse(text),
    };
  };
  const get = (path: string, token?: string) => send(path, { headers: bearer(token) });
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const tokenFor = async (...scopes: string[]): Promise<string> => {
    const { body } = await post('/_local/token', { scopes });
    return body.access_token;
  };
  const register = async (invoice: unknown) => {
    const token = await tokenFor('relance/billing');
    return post('/invoices', typeof invoice === 'string' ? { invoiceId: invoice } : invoice, bearer(token));
  };
  const advance = (advanceBy: string) => post('/_local/clock', { advanceBy });
  const aws = async (target: string, input: unknown): Promise<Json> => (await callAws(awsUrl, target, input)).body;
  return { send, get, post, tokenFor, register, advance, aws };
}

function bearer(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}
