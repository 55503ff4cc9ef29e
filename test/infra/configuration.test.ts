import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../lib/infra/configuration.ts';
import { refuseReservedSender } from '../../lib/infra/sender-check.ts';
import { phoneForReading } from '../../lib/infra/settings.ts';
import { aConfiguration } from './support/synthesized-stack.ts';

const { creditor } = aConfiguration();

/** The lines of the message the configuration is refused with, the heading left out. */
function faultsOf(context: unknown): string[] {
  try {
    parseConfiguration(context);
  } catch (error) {
    return (error as Error).message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

describe('the configuration', () => {
  it('is accepted as the project ships it', () => {
    const { context } = JSON.parse(readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8'));
    expect(faultsOf(context.relance)).toEqual([]);
  });

  it('waits ten minutes for a confirmation, and sends people back to this machine, unless told otherwise', () => {
    const { sendTimeoutMinutes: _, busName: __, financeCallbackUrl: ___, ...rest } = aConfiguration();
    const defaults = { sendTimeoutMinutes: 10, busName: 'relance', financeCallbackUrl: 'http://localhost:4000/' };
    expect(parseConfiguration(rest)).toEqual({ ...rest, ...defaults });
  });

  it.each(['https://console.lumen.fr/signed-in?a=b', 'http://localhost', 'http://localhost:3000/x'])(
    'sends people back to %s',
    (financeCallbackUrl) => {
      expect(parseConfiguration(aConfiguration({ financeCallbackUrl }))).toMatchObject({ financeCallbackUrl });
    },
  );

  it.each([
    'http://console.lumen.fr/',
    'http://localhost.lumen.fr/',
    'http://localhost:x@lumen.fr/',
    'https://lumen.fr/#x',
    'https:lumen.fr',
    'https://',
    'lumen://signed-in',
    `https://lumen.fr/${'x'.repeat(1024)}`,
  ])('sends nobody back to %s', (financeCallbackUrl) => {
    expect(faultsOf(aConfiguration({ financeCallbackUrl }))).toEqual([
      expect.stringContaining(
        'is neither an https URL nor one of http://localhost, or it has a fragment; set the page',
      ),
    ]);
  });

  it.each([
    ['senderAddress', 'x', '"x" is not an email address; set the address SES has verified for you'],
    ['replyToAddress', '', '"" is not an email address; set the address people read answers at'],
    ['timeZone', 'Paris', '"Paris" is not a time zone; set the IANA name of the zone'],
    ['country', 'France', '"France" is not a country code; set the ISO 3166-1 code of the country the creditor is in'],
    ['currency', 'EURO', '"EURO" is not a currency code; set the ISO 4217 code'],
    ['currency', 'XQQ', '"XQQ" is not a currency code; set the ISO 4217 code'],
    ['phone', '01 99 00 12 34', '"01 99 00 12 34" is not a phone number in E.164 form; set the number'],
    [
      'iban',
      'FR7630006000011234567890188',
      '"FR7630006000011234567890188" is not an IBAN, or its check digits are wrong',
    ],
    ['bic', 'AGRI', '"AGRI" is not a BIC; set the BIC of the bank'],
    [
      'smsSenderId',
      '12345',
      '"12345" cannot be the sender of an SMS; set 3 to 11 letters and digits, at least one letter',
    ],
    ['smsSenderId', 'Atelier Lumen', '"Atelier Lumen" cannot be the sender of an SMS'],
    ['name', ' Lumen', '" Lumen" cannot be the name'],
    ['iban', undefined, 'is missing; set the account debtors pay into'],
    ['legalNotice', undefined, 'is missing; set legal form, capital, registered office, RCS with its city and SIREN'],
    ['legalNotice', 'SAS', '"SAS" cannot be the legal notice; set legal form'],
    ['legalNotice', 'SAS Lumen\nRCS Paris', '"SAS Lumen\\nRCS Paris" cannot be the legal notice; set legal form'],
    [
      'privacyUrl',
      'http://lumen.fr/x',
      '"http://lumen.fr/x" is not an https URL of at most 300 characters; set the page',
    ],
    ['addressLines', undefined, 'is missing; set the street, the postcode and town of the letterhead'],
    ['addressLines', [], 'holds 0 values; set the street'],
    ['addressLines', ['a', 'b', 'c', 'd', 'e'], 'holds 5 values; set the street'],
    ['addressLines', '8 rue de l’Exemple', '"8 rue de l’Exemple" is not allowed; set the street'],
    ['signatory', undefined, 'is not an object; set one with the keys name, title'],
    ['internalDomains', [], 'holds 0 values; set the domains your own people have their mail in'],
    ['taskOwner', 'Camille', '"Camille" is not an email address; set who owns the tasks for people, or leave the key'],
    ['privacyUrl', '', '"" is not an https URL of at most 300 characters; set the page'],
  ])('refuses a creditor’s %s of %j', (key, value, message) => {
    const faults = faultsOf(aConfiguration({ creditor: { ...creditor, [key]: value } as typeof creditor }));
    expect(faults).toEqual([expect.stringContaining(`relance.creditor.${key}: ${message}`)]);
  });

  it.each([
    [
      'addressLines.1',
      { addressLines: ['8 rue', '75000\nParis'] },
      '"75000\\nParis" cannot be a line of an address; set',
    ],
    ['signatory.title', { signatory: { name: 'Camille' } }, 'is missing; set the function of the person who signs'],
    ['signatory.name', { signatory: { name: '', title: 'x' } }, '"" cannot stand under a letter; set the name of the'],
    ['internalDomains.0', { internalDomains: ['@lumen.fr'] }, '"@lumen.fr" is not an email domain; set the domains'],
  ])('refuses a creditor for its %s', (key, change, message) => {
    const faults = faultsOf({ ...aConfiguration(), creditor: { ...creditor, ...change } });
    expect(faults).toEqual([expect.stringContaining(`relance.creditor.${key}: ${message}`)]);
  });

  it.each([
    ['stage', 'Prod!', '"Prod!" cannot name a stage; set 2 to 16 small letters'],
    ['region', 'Ireland', '"Ireland" is not an AWS region; set the region to deploy to'],
    ['logRetentionDays', 31, '31 is not allowed; set one of the periods CloudWatch Logs knows: 1, 3, 5'],
    ['sendTimeoutMinutes', 4, '4 is not allowed; set how many minutes a reserved notice may stay unconfirmed, 5 to'],
    ['sendTimeoutMinutes', 0, '0 is not allowed; set how many minutes'],
    ['sendTimeoutMinutes', '10', '"10" is not allowed; set how many minutes'],
    ['alarmEmail', 'nobody', '"nobody" is not an email address; set who is told of alarms, or leave the key out'],
    ['creditor', 'Lumen', 'is not an object; set one with the keys name, timeZone, country, currency'],
    ['colour', 'red', 'is not a key of the configuration; remove it or correct its name'],
  ])('refuses a %s of %j', (key, value, message) => {
    const faults = faultsOf({ ...aConfiguration(), [key]: value });
    expect(faults).toEqual([expect.stringContaining(`relance.${key}: ${message}`)]);
  });

  it('names every fault at once', () => {
    const context = { ...aConfiguration(), region: 'x', creditor: { ...creditor, iban: 'x', typo: 1 } };
    expect(() => parseConfiguration(context)).toThrow('has 3 faults. Correct under "context" in cdk.json');
    expect(faultsOf(context).map((fault) => fault.split(':')[0])).toEqual([
      'relance.region',
      'relance.creditor.iban',
      'relance.creditor.typo',
    ]);
  });

  it('says what to set when there is none', () => {
    expect(faultsOf(undefined)).toEqual([
      'relance: is not an object; set one with the keys stage, region, busName, creditor, financeCallbackUrl, alarmEmail, logRetentionDays, sendTimeoutMinutes',
    ]);
  });
});

describe('a phone number', () => {
  it.each([
    ['+33199001234', '+33 1 99 00 12 34'],
    ['+442079460000', '+44 20 7946 0000'],
    ['+12125550123', '+1 212 555 0123'],
    ['+3225551234', '+32 2 555 12 34'],
  ])('%s is printed as %s, with the same digits', (e164, printed) => {
    expect(phoneForReading(e164)).toBe(printed);
    expect(printed.replace(/[^+\d]/g, '')).toBe(e164);
  });
});

describe('a deployment', () => {
  it.each([
    'dunning@lumen.example',
    'dunning@Example.COM',
    'dunning@mail.example.org',
    'dunning@lumen.test',
    'dunning@lumen.invalid',
  ])('is refused while the sender is %s', (senderAddress) => {
    const configuration = aConfiguration({ creditor: { ...creditor, senderAddress } });
    expect(() => refuseReservedSender(configuration)).toThrow(`relance.creditor.senderAddress: "${senderAddress}"`);
  });

  it.each(['dunning@lumen.fr', 'dunning@notexample.com', 'dunning@example.company'])(
    'is not refused for the sender %s',
    (senderAddress) => {
      const configuration = aConfiguration({ creditor: { ...creditor, senderAddress } });
      expect(() => refuseReservedSender(configuration)).not.toThrow();
    },
  );
});
