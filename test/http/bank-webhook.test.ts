import { describe, expect, it } from 'vitest';
import { UnavailableError } from '../../lib/domain/errors.ts';
import { type BankEvent, receiveBankWebhook } from '../../lib/http/bank-webhook.ts';
import { type Json, transactionBody } from '../contracts/wire-bodies.ts';
import { answerOf } from './fake-use-cases.ts';
import { FORGED_WEBHOOKS, signatureOf } from './forged-webhooks.ts';

const BANK = { secret: 's3cret', nowSeconds: 1_793_000_000 };
const BODY = JSON.stringify(transactionBody());

interface Delivery {
  readonly body?: string;
  readonly signature?: string | null;
  readonly type?: string;
  readonly fault?: Error;
}

async function deliver({ body = BODY, type = 'application/json', fault, ...rest }: Delivery = {}) {
  const signature = rest.signature === undefined ? signatureOf(BANK, body) : rest.signature;
  const headers = { 'content-type': type, ...(signature !== null && { 'relance-signature': signature }) };
  const published: BankEvent[] = [];
  const faults: unknown[] = [];
  const request = new Request('https://relance.invalid/webhooks/bank', { method: 'POST', headers, body });
  const response = await receiveBankWebhook(request, {
    loadSecrets: async () => [BANK.secret],
    nowSeconds: BANK.nowSeconds,
    publish: async (event) => {
      if (fault) throw fault;
      published.push(event);
    },
    onFault: (error, { route }) => faults.push([error, route]),
  });
  return { ...(await answerOf(response)), retryAfter: response.headers.get('retry-after'), published, faults };
}

describe('POST /webhooks/bank', () => {
  it('puts a credit on the bus as PaymentReceived, with the body as its detail', async () => {
    expect(await deliver()).toMatchObject({
      status: 202,
      type: 'application/json',
      body: { transactionId: 'BK-9001' },
      published: [{ detailType: 'PaymentReceived', transactionId: 'BK-9001', detail: transactionBody() }],
    });
  });

  it('puts a return on the bus as PaymentReturned', async () => {
    const body = JSON.stringify(transactionBody({ kind: 'return', returnsTransactionId: 'BK-8000' }));
    expect(await deliver({ body })).toMatchObject({ status: 202, published: [{ detailType: 'PaymentReturned' }] });
  });

  it('takes the same delivery twice', async () => {
    expect([(await deliver()).status, (await deliver()).status]).toEqual([202, 202]);
  });

  it.each(FORGED_WEBHOOKS)('answers 401 to %s, with nothing published', async (_, forge) => {
    const { signature, body } = forge(BANK, BODY);
    expect(await deliver({ signature, body })).toMatchObject({
      status: 401,
      type: 'application/problem+json',
      published: [],
      faults: [],
    });
  });

  it.each<[string, number, Delivery]>([
    ['another media type', 415, { type: 'text/plain' }],
    ['a body over 256 KiB', 413, { body: BODY + ' '.repeat(256 * 1024) }],
    ['a body that is not JSON', 400, { body: '{' }],
    ['a bad signature over a body that is not JSON', 401, { body: '{', signature: 't=1,v1=0' }],
  ])('answers %s with %i, with nothing published', async (_, status, delivery) => {
    expect(await deliver(delivery)).toMatchObject({ status, type: 'application/problem+json', published: [] });
  });

  it.each<[Json, string[]]>([
    [{ amount: { amount: '1200', currency: 'EUR' } }, ['/amount/amount']],
    [{ debtor: { iban: 'FR00' }, kind: 'return' }, ['/debtor/iban', '/returnsTransactionId']],
    [{ transactionId: 'a b', fee: 1 }, ['/transactionId', '/fee']],
  ])('answers 422 to the changes %j with every place', async (changes, pointers) => {
    expect(await deliver({ body: JSON.stringify(transactionBody(changes)) })).toMatchObject({
      status: 422,
      body: { errors: pointers.map((pointer) => ({ pointer })) },
      published: [],
    });
  });

  it('asks the bank to deliver again when the bus cannot take it now', async () => {
    const fault = new UnavailableError('throttled');
    expect(await deliver({ fault })).toMatchObject({
      status: 503,
      retryAfter: '5',
      faults: [[fault, 'POST /webhooks/bank']],
    });
  });

  it('answers 500 to a defect without telling it', async () => {
    const answer = await deliver({ fault: new Error('inside') });
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toContain('inside');
  });
});
