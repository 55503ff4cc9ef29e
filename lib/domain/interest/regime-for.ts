import type { CUSTOMER_KINDS } from '../customer.ts';
import type { Regime, RegimeId } from './regime.ts';
import { REGIMES } from './regimes.ts';

/** Who owes whom: countries are ISO 3166-1 alpha-2; `contractLaw` is the country whose law the contract names, if it names one. */
export interface Parties {
  readonly customerKind: (typeof CUSTOMER_KINDS)[number];
  readonly customerCountry: string;
  readonly creditorCountry: string;
  readonly contractLaw?: string | undefined;
}

/**
 * The regime of late-payment interest between two parties, or `null` where none ships: then nothing is claimed.
 *
 * Between businesses it is the law the contract names, else that of the creditor, who performs what is characteristic of a sale or a service. A consumer keeps the
 * protection of the law at home, whatever the contract names. A public body contracts under its own law unless the contract names another.
 *
 * @see Regulation (EC) 593/2008 (Rome I) art. 3, 4 and 6
 */
export function regimeFor({ customerKind, customerCountry, creditorCountry, contractLaw }: Parties): Regime | null {
  const home = jurisdictionOf(customerCountry);
  if (customerKind === 'consumer') return regimeIn(CONSUMER_REGIMES, home);
  const chosen = contractLaw === undefined ? null : jurisdictionOf(contractLaw);
  if (customerKind === 'business') return businessRegime(chosen ?? jurisdictionOf(creditorCountry));
  const law = chosen ?? home;
  return law === 'FR' && home === 'FR' ? REGIMES['fr-public'] : businessRegime(law);
}

/** Outside France one law covers what businesses owe and what public bodies owe. */
function businessRegime(law: string): Regime | null {
  return regimeIn(BUSINESS_REGIMES, law) ?? (EURO_AREA.includes(law) ? REGIMES['eu-default'] : null);
}

function regimeIn(regimes: Readonly<Record<string, RegimeId>>, law: string): Regime | null {
  const regimeId = Object.hasOwn(regimes, law) ? regimes[law] : undefined;
  return regimeId === undefined ? null : REGIMES[regimeId];
}

function jurisdictionOf(country: string): string {
  return UNDER_FRENCH_LAW.includes(country) ? 'FR' : country;
}

const BUSINESS_REGIMES: Readonly<Record<string, RegimeId>> = {
  FR: 'fr-business',
  GB: 'uk-business',
  DE: 'de-business',
  BE: 'be-business',
  ES: 'es-business',
  IT: 'it-business',
  IE: 'ie-business',
};

const CONSUMER_REGIMES: Readonly<Record<string, RegimeId>> = { FR: 'fr-consumer', DE: 'de-consumer' };

/** The overseas departments and regions, where the codes apply as in metropolitan France; the other territories have rules of their own. */
const UNDER_FRENCH_LAW = ['GP', 'MQ', 'GF', 'RE', 'YT'];

/**
 * Member States of the euro area before 2019, when the rates begin, that have no regime of their own here. The reference rate of the others is that of their own central bank
 * (Directive 2011/7/EU art. 2(7)), which the table does not have.
 */
const EURO_AREA = ['AT', 'CY', 'EE', 'FI', 'GR', 'LT', 'LU', 'LV', 'MT', 'NL', 'PT', 'SI', 'SK'];
