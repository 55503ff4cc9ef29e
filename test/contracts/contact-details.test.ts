import { describe, expect, it } from 'vitest';
import { EmailAddressSchema, phoneToE164 } from '../../lib/contracts/contact-details.ts';

describe('an email address', () => {
  it.each(['compta@martin.example', "o'neill+dunning@sub.domain.co.uk", 'x@xn--bcher-kva.example'])(
    'may be %s',
    (address) => {
      expect(EmailAddressSchema.safeParse(address).success).toBe(true);
    },
  );

  it.each([
    '',
    'martin',
    'a@b',
    'a@b@c.example',
    ' a@b.example',
    'a b@c.example',
    '"a b"@c.example',
    '"ab"@c.example',
    'é@martin.example',
    'a@bücher.example',
    'a@[127.0.0.1]',
    `${'a'.repeat(65)}@martin.example`,
    'a@martin.example\r\nBcc: b@c.example',
  ])('is not %j', (address) => {
    expect(EmailAddressSchema.safeParse(address).success).toBe(false);
  });
});

describe('a phone number', () => {
  it.each([
    ['06 12 34 56 78', 'FR', '+33612345678'],
    ['00 33 6 12 34 56 78', 'FR', '+33612345678'],
    ['+33 (0)6 12 34 56 78', 'DE', '+33612345678'],
    ['0470 12 34 56', 'BE', '+32470123456'],
    ['+81 90-1234-5678', undefined, '+819012345678'],
    ['0692 12 34 56', 'RE', '+262692123456'],
  ])('%s of %s is %s', (text, country, e164) => {
    expect(phoneToE164(text, country)).toBe(e164);
  });

  it.each([
    ['06 12 34 56 78', undefined],
    ['06 12 34 56 78', 'AQ'],
    ['+33 6 12 34 56', 'FR'],
    ['+33612345678901', 'FR'],
    ['+999 12345678', 'FR'],
    ['06 12 34 56 78 poste 4', 'FR'],
    ['06 12 34 56 78 ext 4', 'FR'],
    ['tel: 06 12 34 56 78 please', 'FR'],
    ['anne@martin.example', 'FR'],
    ['', 'FR'],
  ])('is not %j of %s', (text, country) => {
    expect(phoneToE164(text, country)).toBeNull();
  });
});
