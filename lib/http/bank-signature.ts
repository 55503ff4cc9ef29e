import { createHmac, timingSafeEqual } from 'node:crypto';
import { invariant } from '../domain/errors.ts';
import { accept, type Result, refuse } from '../domain/result.ts';

/** How far the bank's clock may be from ours, in seconds, either way and inclusive. */
const WINDOW_SECONDS = 300;

/** Why a signature is not believed. */
export type SignatureRefusal = 'missing' | 'malformed' | 'stale' | 'mismatch';

/**
 * A webhook as it came. `secrets` are all that count now: during a rotation the old and the new one. `nowSeconds` is
 * Unix time.
 */
export interface SignedMessage {
  readonly header: string | null;
  readonly rawBody: Uint8Array;
  readonly secrets: readonly string[];
  readonly nowSeconds: number;
}

/**
 * Decides whether the bank signed this body, now: `Relance-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256(secret, t +
 * "." + raw body)>`, where `v1` may stand several times.
 *
 * @throws invariant failure when there is no secret, or an empty one that anybody could sign with
 */
export function verifyBankSignature(message: SignedMessage): Result<{ signedAtSeconds: number }, SignatureRefusal> {
  const { header, rawBody, secrets, nowSeconds } = message;
  invariant(secrets.length > 0 && secrets.every((secret) => secret !== ''), 'the bank secret is empty');
  if (header === null || header === '') return refuse('missing');
  const signature = parseSignature(header);
  if (!signature) return refuse('malformed');
  const signedAtSeconds = Number(signature.time);
  if (Math.abs(nowSeconds - signedAtSeconds) > WINDOW_SECONDS) return refuse('stale');
  const expected = secrets.map((secret) =>
    createHmac('sha256', secret).update(`${signature.time}.`).update(rawBody).digest(),
  );
  // Every pair is compared, so that the time it takes does not tell which one came near.
  const matches = signature.digests.flatMap((digest) => expected.map((other) => timingSafeEqual(digest, other)));
  return matches.includes(true) ? accept({ signedAtSeconds }) : refuse('mismatch');
}

/** One time first, then one to eight digests of 32 bytes; nothing else is taken for a signature. */
function parseSignature(header: string): { time: string; digests: Buffer[] } | null {
  const match = /^t=(\d{1,12})((?:,v1=[0-9a-f]{64}){1,8})$/i.exec(header);
  if (!match?.[1] || !match[2]) return null;
  const digests = match[2].slice(1).split(',');
  return { time: match[1], digests: digests.map((digest) => Buffer.from(digest.slice('v1='.length), 'hex')) };
}
