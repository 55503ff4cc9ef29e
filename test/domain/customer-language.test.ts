import { describe, expect, it } from 'vitest';
import { languageOf } from '../../lib/domain/customer.ts';

describe('the language of a notice', () => {
  it.each([
    { country: 'FR', language: 'fr' },
    { country: 'BE', language: 'fr' },
    { country: 'RE', language: 'fr' },
    { country: 'DE', language: 'de' },
    { country: 'AT', language: 'de' },
    { country: 'CH', language: 'de' },
    { country: 'LI', language: 'de' },
    { country: 'IT', language: 'en' },
  ])('is $language in $country when nobody says otherwise', ({ country, language }) => {
    expect(languageOf({ country })).toBe(language);
  });

  it("is the contact's, then the customer's, then the country's", () => {
    expect(languageOf({ country: 'CH', language: 'fr-CH' }, { language: 'en-GB' })).toBe('en');
    expect(languageOf({ country: 'CH', language: 'fr-CH' }, {})).toBe('fr');
    expect(languageOf({ country: 'CH', language: 'it-CH' }, { language: 'rm' })).toBe('de');
  });
});
