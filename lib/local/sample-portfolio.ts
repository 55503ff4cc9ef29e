/** An invoice in the words of `POST /invoices`. */
export type SampleInvoice = Readonly<Record<string, unknown>> & { readonly invoiceId: string };

/**
 * A dozen invoices as a small maker of lamps would have them: most of France, some abroad, one consumer, one town hall;
 * not yet due, just due, or long overdue on the day the local system starts. All people and firms are made up, and all
 * addresses are in domains that reach nobody.
 *
 * @param startAtMillis first instant of the clock, epoch milliseconds; the dates lie around it
 */
export function samplePortfolio(startAtMillis: number): SampleInvoice[] {
  return ROWS.map(({ number, dueInDays, termDays = 30, amount, currency = 'EUR', customer, ...more }) => ({
    invoiceId: `F-${number}`,
    number: `F-${number}`,
    issuedOn: dateIn(startAtMillis, dueInDays - termDays),
    dueOn: dateIn(startAtMillis, dueInDays),
    total: { amount, currency },
    ...more,
    customer,
  }));
}

interface Row {
  readonly number: string;
  readonly dueInDays: number;
  readonly termDays?: number;
  readonly amount: string;
  readonly currency?: string;
  readonly paymentReference?: string;
  readonly purchaseOrder?: string;
  readonly customer: Readonly<Record<string, unknown>>;
}

const BAKERY = {
  customerId: 'C-100',
  name: 'Boulangerie Martin SARL',
  kind: 'business',
  country: 'FR',
  language: 'fr',
  timeZone: 'Europe/Paris',
  profile: 'negligent',
  address: { line1: '3 rue des Lices', postalCode: '35000', city: 'Rennes', country: 'FR' },
  contacts: [
    { role: 'accounts-payable', name: 'Anne Martin', email: 'compta@martin.example', phone: '+33639980011' },
    { role: 'generic', email: 'contact@martin.example' },
  ],
  salesRep: { name: 'Paul Renard', email: 'paul@atelier-lumen.example' },
};

const HOTEL = {
  customerId: 'C-101',
  name: 'Hôtel du Port',
  kind: 'business',
  country: 'FR',
  language: 'fr',
  profile: 'bad-payer',
  contacts: [
    { role: 'accounts-payable', name: 'Luc Le Goff', email: 'factures@hotel-du-port.example' },
    {
      role: 'managing-director',
      name: 'Claire Morvan',
      email: 'direction@hotel-du-port.example',
      phone: '+33639980012',
    },
  ],
};

const WINSTUB = {
  customerId: 'C-102',
  name: 'Winstub Muller',
  kind: 'business',
  country: 'FR',
  language: 'fr',
  address: { line1: '8 rue des Tonneliers', postalCode: '67000', city: 'Strasbourg', country: 'FR' },
  contacts: [{ role: 'generic', email: 'bonjour@winstub-muller.example', phone: '+33639980013' }],
};

const TOWN_HALL = {
  customerId: 'C-103',
  name: 'Mairie de Sainte-Luce',
  kind: 'public',
  country: 'FR',
  language: 'fr',
  profile: 'administrative',
  contacts: [{ role: 'accounts-payable', name: 'Service comptable', email: 'comptabilite@sainte-luce.example' }],
};

const CONSUMER = {
  customerId: 'C-104',
  name: 'Camille Robert',
  kind: 'consumer',
  country: 'FR',
  language: 'fr',
  address: { line1: '12 allée des Tilleuls', postalCode: '69006', city: 'Lyon', country: 'FR' },
  contacts: [
    {
      role: 'accounts-payable',
      name: 'Camille Robert',
      email: 'camille.robert@courriel.example',
      phone: '+33639980014',
    },
  ],
};

const REUNION = {
  customerId: 'C-105',
  name: 'Ti Kaz Décoration',
  kind: 'business',
  country: 'RE',
  language: 'fr',
  timeZone: 'Indian/Reunion',
  contacts: [{ role: 'accounts-payable', email: 'compta@ti-kaz.example', phone: '+262692000123' }],
};

const PUB = {
  customerId: 'C-106',
  name: 'The Lantern & Crown Ltd',
  kind: 'business',
  country: 'GB',
  language: 'en',
  timeZone: 'Europe/London',
  contacts: [
    { role: 'accounts-payable', name: 'Owen Clarke', email: 'accounts@lantern-crown.example', phone: '+447700900123' },
  ],
};

const BERLIN = {
  customerId: 'C-107',
  name: 'Lichthaus Berlin GmbH',
  kind: 'business',
  country: 'DE',
  language: 'de',
  timeZone: 'Europe/Berlin',
  profile: 'good-payer',
  contacts: [{ role: 'accounts-payable', name: 'Jonas Weber', email: 'buchhaltung@lichthaus.example' }],
};

const ZURICH = {
  customerId: 'C-108',
  name: 'Atelier Seefeld AG',
  kind: 'business',
  country: 'CH',
  language: 'de-CH',
  timeZone: 'Europe/Zurich',
  contacts: [
    { role: 'finance-director', name: 'Nina Keller', email: 'finanzen@seefeld.example', phone: '+41780000123' },
    { role: 'generic', email: 'info@seefeld.example', language: 'fr' },
  ],
};

const TOKYO = {
  customerId: 'C-109',
  name: 'Akari Interiors K.K.',
  kind: 'business',
  country: 'JP',
  language: 'en',
  timeZone: 'Asia/Tokyo',
  contacts: [{ role: 'accounts-payable', name: 'Yui Tanaka', email: 'payables@akari.example' }],
};

const TUNIS = {
  customerId: 'C-110',
  name: 'Maison Carthage SUARL',
  kind: 'business',
  country: 'TN',
  language: 'fr',
  timeZone: 'Africa/Tunis',
  contacts: [{ role: 'accounts-payable', name: 'Sami Ben Youssef', email: 'compta@carthage.example' }],
};

const ROWS: readonly Row[] = [
  { number: '0101', dueInDays: 21, amount: '1200.00', paymentReference: 'RF4720260101', customer: BAKERY },
  { number: '0102', dueInDays: 9, amount: '348.50', purchaseOrder: 'PO-77', customer: BAKERY },
  { number: '0103', dueInDays: -3, termDays: 45, amount: '8640.00', paymentReference: 'RF9020260103', customer: HOTEL },
  { number: '0104', dueInDays: 0, amount: '415.20', customer: WINSTUB },
  { number: '0105', dueInDays: -12, amount: '2310.00', purchaseOrder: 'BC-2026-118', customer: TOWN_HALL },
  { number: '0106', dueInDays: -1, termDays: 14, amount: '189.90', customer: CONSUMER },
  { number: '0107', dueInDays: 5, amount: '760.00', customer: REUNION },
  { number: '0108', dueInDays: 14, amount: '980.00', currency: 'GBP', customer: PUB },
  {
    number: '0109',
    dueInDays: 30,
    termDays: 60,
    amount: '12450.75',
    paymentReference: 'RF2520260109',
    customer: BERLIN,
  },
  { number: '0110', dueInDays: -90, amount: '3275.00', currency: 'CHF', customer: ZURICH },
  { number: '0111', dueInDays: 12, amount: '284000', currency: 'JPY', customer: TOKYO },
  { number: '0112', dueInDays: 3, amount: '1875.250', currency: 'TND', customer: TUNIS },
];

const DAY_MILLIS = 24 * 60 * 60 * 1000;

function dateIn(startAtMillis: number, days: number): string {
  return new Date(startAtMillis + days * DAY_MILLIS).toISOString().slice(0, 10);
}
