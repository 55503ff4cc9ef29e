import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyHash } from '../../lib/contracts/body-hash.ts';
import { invoiceBody } from './wire-bodies.ts';

describe('the hash of a body', () => {
  it('is the same whatever the order of the keys and the white space', () => {
    const json = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(json, fc.integer(), (value, seed) => {
        const again = JSON.parse(JSON.stringify(shuffled(value, seed), null, 3));
        expect(bodyHash(again)).toBe(bodyHash(JSON.parse(JSON.stringify(value))));
      }),
      { numRuns: 1000 },
    );
  });

  it('differs as soon as one value does', () => {
    const hashes = [
      invoiceBody(),
      invoiceBody({ number: '2026-0043' }),
      invoiceBody({ number: undefined }),
      invoiceBody({ total: { amount: '1200.01', currency: 'EUR' } }),
    ].map(bodyHash);
    expect(new Set(hashes).size).toBe(4);
  });

  it('is SHA-256 of the canonical text', () => {
    // printf '{"a":[1,"x"],"b":null}' | sha256sum
    expect(bodyHash({ b: null, a: [1, 'x'] })).toBe('854ef06dc57f5dfed10206344ab2d02e0b6c84b0e19436703a5afd0f1f9f2687');
  });
});

/** The same value with the keys of every object in another order. */
function shuffled(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, seed));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, field]) => [key, shuffled(field, seed)] as const);
  const turn = entries.length === 0 ? 0 : Math.abs(seed) % entries.length;
  return Object.fromEntries([...entries.slice(turn), ...entries.slice(0, turn)].reverse());
}
