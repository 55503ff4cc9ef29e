import { createHmac } from 'node:crypto';

/** The secret the bank signs with, and the time in Unix seconds. */
export interface Bank {
  readonly secret: string;
  readonly nowSeconds: number;
}

/** A webhook as it is posted; `signature` is the header `Relance-Signature`, null when it is left out. */
interface PostedWebhook {
  readonly signature: string | null;
  readonly body: string;
}

/** A webhook nobody may believe: what is wrong with it, and how it is made from a sound body. */
export type ForgedWebhook = readonly [name: string, forge: (bank: Bank, body: string) => PostedWebhook];

/** The hex digest the contract asks for: HMAC-SHA256(secret, t + "." + raw body). */
export function digestOf(secret: string, time: number | string, body: string): string {
  return createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
}

/** The header of a sound signature. */
export function signatureOf({ secret, nowSeconds }: Bank, body: string): string {
  return `t=${nowSeconds},v1=${digestOf(secret, nowSeconds, body)}`;
}

/**
 * Webhooks that are answered 401 with nothing recorded, for the tests of the signature and for the scenarios over HTTP.
 */
export const FORGED_WEBHOOKS: readonly ForgedWebhook[] = [
  ['no signature', (_, body) => ({ signature: null, body })],
  ['an empty signature', (_, body) => ({ signature: '', body })],
  ['another secret', (bank, body) => ({ signature: signatureOf({ ...bank, secret: 'guessed' }, body), body })],
  ['an empty secret', (bank, body) => ({ signature: signatureOf({ ...bank, secret: '' }, body), body })],
  ['a body changed after signing', (bank, body) => ({ signature: signatureOf(bank, body), body: `${body} ` })],
  ['a time 301 s ago', signedAt(-301)],
  ['a time 301 s ahead', signedAt(301)],
  ['a time in milliseconds', ({ secret, nowSeconds }, body) => signed(secret, nowSeconds * 1000, body)],
  ['a negative time', ({ secret, nowSeconds }, body) => signed(secret, -nowSeconds, body)],
  ['a fresh time over an old digest', (bank, body) => ({ signature: replayed(bank, body), body })],
  ['no time', (bank, body) => ({ signature: signatureOf(bank, body).replace(/^t=\d+,/, ''), body })],
  ['no digest', ({ nowSeconds }, body) => ({ signature: `t=${nowSeconds}`, body })],
  ['two times', (bank, body) => ({ signature: `t=${bank.nowSeconds - 9000},${signatureOf(bank, body)}`, body })],
  [
    'a second time at the end',
    (bank, body) => ({ signature: `${signatureOf(bank, body)},t=${bank.nowSeconds}`, body }),
  ],
  ['a digest cut short', (bank, body) => ({ signature: signatureOf(bank, body).slice(0, -2), body })],
  ['a digest that is not hex', ({ nowSeconds }, body) => ({ signature: `t=${nowSeconds},v1=${'z'.repeat(64)}`, body })],
  ['an empty digest', ({ nowSeconds }, body) => ({ signature: `t=${nowSeconds},v1=`, body })],
  ['another version', (bank, body) => ({ signature: signatureOf(bank, body).replace('v1=', 'v0='), body })],
  ['a digest of the body alone', ({ secret, nowSeconds }, body) => bodyAlone(secret, nowSeconds, body)],
  ['a thousand digests', ({ nowSeconds }, body) => ({ signature: `t=${nowSeconds}${',v1=00'.repeat(1000)}`, body })],
];

function signedAt(offsetSeconds: number): ForgedWebhook[1] {
  return ({ secret, nowSeconds }, body) => signed(secret, nowSeconds + offsetSeconds, body);
}

function signed(secret: string, time: number, body: string): PostedWebhook {
  return { signature: `t=${time},v1=${digestOf(secret, time, body)}`, body };
}

function replayed({ secret, nowSeconds }: Bank, body: string): string {
  return `t=${nowSeconds},v1=${digestOf(secret, nowSeconds - 3600, body)}`;
}

function bodyAlone(secret: string, nowSeconds: number, body: string): PostedWebhook {
  const digest = createHmac('sha256', secret).update(body).digest('hex');
  return { signature: `t=${nowSeconds},v1=${digest}`, body };
}
