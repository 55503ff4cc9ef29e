import { describe, expect, it } from 'vitest';
import { CountryCodeSchema, LanguageTagSchema, TimeZoneSchema } from '../../lib/contracts/locality.ts';

describe('a country code', () => {
  it.each(['FR', 'RE', 'GB', 'XK'])('may be %s', (code) => {
    expect(CountryCodeSchema.safeParse(code).success).toBe(true);
  });

  it.each(['fr', 'FRA', 'UK', 'EU', 'ZZ', '', 'constructor', '__proto__'])('is not %j', (code) => {
    expect(CountryCodeSchema.safeParse(code).success).toBe(false);
  });
});

describe('a language tag', () => {
  it.each([
    ['fr', 'fr'],
    ['FR-ca', 'fr-CA'],
    ['zh-hant-tw', 'zh-Hant-TW'],
  ])('%s is kept as %s', (tag, kept) => {
    expect(LanguageTagSchema.safeParse(tag)).toEqual({ success: true, data: kept });
  });

  it.each(['french', 'f', 'fr_FR', 'fr-', '', 'fr; DROP', `fr-${'a'.repeat(40)}`])('is not %j', (tag) => {
    expect(LanguageTagSchema.safeParse(tag).success).toBe(false);
  });
});

describe('a time zone', () => {
  it.each(['Europe/Paris', 'Indian/Reunion', 'America/Argentina/Buenos_Aires', 'Europe/Kyiv', 'UTC'])(
    'may be %s',
    (name) => {
      expect(TimeZoneSchema.safeParse(name).success).toBe(true);
    },
  );

  it.each(['+02:00', 'CET', 'Paris', 'Europe/Rennes', ''])('is not %j', (name) => {
    expect(TimeZoneSchema.safeParse(name).success).toBe(false);
  });
});
