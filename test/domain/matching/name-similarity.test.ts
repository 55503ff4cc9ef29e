import { describe, expect, it } from 'vitest';
import { likenessTo } from '../../../lib/domain/matching/name-similarity.ts';

describe('how alike two names are', () => {
  it.each([
    ['Boulangerie Martin SARL', 'BOULANGERIE MARTIN'],
    ['Société Générale de Béton S.A.', 'GENERALE BETON'],
    ['Müller GmbH & Co. KG', 'MULLER'],
    ['Menuiserie Château Nîmes', 'MENUISERIE CHATEAU NI'], // cut by the bank
    ['S.A.R.L. Dupont', 'DUPONT SARL'],
  ])('"%s" and "%s" are the same', (one, other) => {
    expect(likenessTo(one)(other)).toBe(1);
    expect(likenessTo(other)(one)).toBe(1);
  });

  it.each([
    ['Garage Martin Lyon', 'MARTIN LYON GARAGE', 0.8, 1],
    ['Garage Martin Lyon', 'GARAGE MARTINEZ LYON', 0.8, 0.99],
    ['Garage Martin Lyon', 'PHARMACIE DURAND PAU', 0, 0.4],
  ])('"%s" and "%s" are between %d and %d', (one, other, min, max) => {
    expect(likenessTo(one)(other)).toBeGreaterThanOrEqual(min);
    expect(likenessTo(one)(other)).toBeLessThanOrEqual(max);
  });

  it('is unknown without a letter to compare', () => {
    expect(likenessTo('')('Martin')).toBeNull();
    expect(likenessTo('Martin')('Ελλάς')).toBeNull();
  });
});
