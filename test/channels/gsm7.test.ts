import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { charactersOutsideGsm7, gsm7Septets, toGsm7, truncatedToSeptets } from '../../lib/channels/gsm7.ts';

describe('the alphabet of text messages', () => {
  it.each([...'èéùìòàÇäöüñÄÖÜÑßæÆøØåÅ@£$¥§¿¡ΔΩ \n"#%&()*+,-./:;<=>?'])('has "%s" in one septet', (character) => {
    expect(gsm7Septets(character)).toBe(1);
  });

  it.each([...'€^{}[]~|\\'])('has "%s" in two septets', (character) => {
    expect(gsm7Septets(character)).toBe(2);
  });

  it.each([...'êâîôûçëïœŒÀÊ«»’–…\u00A0\u202F😀'])('has no "%s"', (character) => {
    expect(gsm7Septets(`a${character}`)).toBeNull();
  });

  it('has the 128 characters of the default alphabet but the escape, and ten more', () => {
    const everything = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code));
    const sizes = everything.map((character) => gsm7Septets(character));
    expect(sizes.filter((size) => size === 1)).toHaveLength(127);
    expect(sizes.filter((size) => size === 2)).toHaveLength(10);
  });

  it('counts a whole text', () => {
    expect(gsm7Septets('Réglé : 10 €')).toBe(13);
  });

  it('names the characters a text should not have', () => {
    expect(charactersOutsideGsm7('forêt d’œufs ’')).toEqual(['ê', '’', 'œ']);
  });
});

describe('a name in a text message', () => {
  it.each([
    { name: 'Boulangerie Françoise', sent: 'Boulangerie Francoise' },
    { name: 'Forêt & Œuvres', sent: 'Foret & OEuvres' },
    { name: 'L’Île-d’Yeu', sent: "L'Ile-d'Yeu" },
    { name: 'Électricité Générale', sent: 'Électricité Générale' },
    { name: 'À la « Tour »\u202F!', sent: 'A la " Tour " !' },
    { name: 'Łódź – Müller…', sent: 'Lodz - Müller...' },
    { name: 'E\u0301lan', sent: 'Élan' },
    { name: 'ﬁnance №5', sent: 'finance No5' },
    { name: '株式会社', sent: '????' },
  ])('is "$sent" for "$name"', ({ name, sent }) => {
    expect(toGsm7(name)).toBe(sent);
  });

  it('is in the alphabet whatever it was', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => gsm7Septets(toGsm7(text)) !== null));
  });

  it('stays as it is when it fits the alphabet already', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aZ09é à€[]Ø-') }), (text) => {
        expect(toGsm7(text)).toBe(text);
      }),
    );
  });

  it('is cut by septets, not by characters', () => {
    expect(truncatedToSeptets('a€€€', 5)).toBe('a€€');
    expect(truncatedToSeptets('ab cd', 3)).toBe('ab');
    expect(truncatedToSeptets('abc', 3)).toBe('abc');
  });
});
