import { describe, expect, it } from 'vitest';
import { verifyBankSignature } from '../../lib/http/bank-signature.ts';
import { digestOf, signatureOf } from './forged-webhooks.ts';

const NOW = 1_793_000_000;
const BODY = '{"transactionId":"BK-1"}';

function verify(header: string | null, changes: { secrets?: string[]; nowSeconds?: number } = {}) {
  const rawBody = new TextEncoder().encode(BODY);
  return verifyBankSignature({ header, rawBody, secrets: ['s3cret'], nowSeconds: NOW, ...changes });
}

const sound = signatureOf({ secret: 's3cret', nowSeconds: NOW }, BODY);

describe('the signature of the bank', () => {
  it('is believed when it was made with the secret', () => {
    expect(verify(sound)).toEqual({ ok: true, value: { signedAtSeconds: NOW } });
  });

  it('equals a digest worked out by another program', () => {
    // printf '1793000000.{"transactionId":"BK-1"}' | openssl dgst -sha256 -hmac s3cret
    expect(verify('t=1793000000,v1=2ebf2243c397fa6405229ceaf13c69d4baaf6f462a6c42d0719719b46d787fd7').ok).toBe(true);
  });

  it('may be in capital hex digits', () => {
    expect(verify(`t=${NOW},v1=${digestOf('s3cret', NOW, BODY).toUpperCase()}`).ok).toBe(true);
  });

  it.each([
    [-301, 'stale'],
    [-300, undefined],
    [300, undefined],
    [301, 'stale'],
  ])('made %i s from now is %s', (offset, refusal) => {
    const result = verify(sound, { nowSeconds: NOW - offset });
    expect(result.ok ? undefined : result.refusal).toBe(refusal);
  });

  it('is believed with either secret during a rotation', () => {
    expect(verify(sound, { secrets: ['new', 's3cret'] }).ok).toBe(true);
    expect(verify(sound, { secrets: ['s3cret', 'old'] }).ok).toBe(true);
    expect(verify(sound, { secrets: ['new'] })).toEqual({ ok: false, refusal: 'mismatch' });
  });

  it('is believed when one of several digests is right, wherever it stands', () => {
    const wrong = 'v1='.concat('0'.repeat(64));
    const right = `v1=${digestOf('s3cret', NOW, BODY)}`;
    expect(verify(`t=${NOW},${wrong},${right}`).ok).toBe(true);
    expect(verify(`t=${NOW},${right},${wrong}`).ok).toBe(true);
    expect(verify(`t=${NOW},${wrong},${wrong}`)).toEqual({ ok: false, refusal: 'mismatch' });
  });

  it.each([
    [null, 'missing'],
    ['', 'missing'],
    [`t=${NOW}`, 'malformed'],
    [`${sound},`, 'malformed'],
    [`${sound}, v1=${'0'.repeat(64)}`, 'malformed'],
    [`t=${NOW}${`,v1=${'0'.repeat(64)}`.repeat(9)}`, 'malformed'],
    [`t=9999999999999,v1=${'0'.repeat(64)}`, 'malformed'],
  ])('%j is %s', (header, refusal) => {
    expect(verify(header)).toEqual({ ok: false, refusal });
  });

  it.each([[[]], [['']], [['s3cret', '']]])('is never checked with the secrets %j', (secrets) => {
    expect(() => verify(sound, { secrets })).toThrow('the bank secret is empty');
  });
});
