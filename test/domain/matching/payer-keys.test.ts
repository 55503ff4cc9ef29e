import { describe, expect, it } from 'vitest';
import { likenessTo } from '../../../lib/domain/matching/name-similarity.ts';
import { accountKey, nameKeys } from '../../../lib/domain/matching/payer-keys.ts';

describe('the keys of a name', () => {
  const share = (one: string, other: string) => nameKeys(one).some((key) => nameKeys(other).includes(key));

  it('are the beginnings of each two of its three longest words', () => {
    expect(nameKeys('Boulangerie Martin de Lyon SARL')).toEqual(['NAME BOUL MART', 'NAME BOUL LYON', 'NAME LYON MART']);
    expect(nameKeys('Martin')).toEqual(['NAME MARTIN']);
    expect(nameKeys('S.A.R.L.')).toEqual(['NAME SARL']);
    expect(nameKeys('  ')).toEqual([]);
    expect(nameKeys('株式会社')).toEqual([]);
  });

  it.each([
    ['Boulangerie Martin Lyon SARL', 'BOULANGERIE MARTIN LYON'],
    ['Boulangerie Martin Lyon SARL', 'MARTIN BOULANGERIE'],
    ['Plomberie Durand Marseille', 'PLOMBERIE DURAND MARSE'],
    ['Café de l’Océan SAS', 'STE CAFE OCEAN'],
    ['Établissements Lefèvre et Fils', 'ETS LEFEVRE FILS'],
    ['Jean Martin', 'M. MARTIN JEAN'],
  ])('of %s and of %s have one in common', (name, asPaid) => {
    expect(likenessTo(name)(asPaid)).toBeGreaterThan(0.7);
    expect(share(name, asPaid)).toBe(true);
  });

  it('of names with one word in common have none', () => {
    expect(share('Boulangerie Martin', 'Garage Martin')).toBe(false);
    expect(share('Boulangerie Martin', 'Boulangerie Dubois')).toBe(false);
  });
});

it('the key of an account is the same however it is spaced', () => {
  expect(accountKey('FR76 3000 6000 01')).toBe(accountKey('fr7630006000 01'));
});
