import { customerBody, invoiceBody, type Json } from './wire-bodies.ts';

/** A malformed invoice: what is wrong with it, the body, and the place of every fault, in any order. */
export type MalformedInvoice = readonly [name: string, body: unknown, pointers: readonly string[]];

/** Bodies that `POST /invoices` answers 422, for the contract's tests and for the scenarios over HTTP. */
export const MALFORMED_INVOICES: readonly MalformedInvoice[] = [
  ['a body that is a list', [invoiceBody()], ['']],
  ['a body that is null', null, ['']],
  ['a body that is a string', 'INV-1', ['']],
  ['an empty body', {}, ['/invoiceId', '/issuedOn', '/dueOn', '/total', '/customer']],
  ['no invoice id', invoiceBody({ invoiceId: undefined }), ['/invoiceId']],
  ['an invoice id with a slash', invoiceBody({ invoiceId: 'INV/42' }), ['/invoiceId']],
  ['an invoice id of 65 characters', invoiceBody({ invoiceId: 'A'.repeat(65) }), ['/invoiceId']],
  ['an empty invoice id', invoiceBody({ invoiceId: '' }), ['/invoiceId']],
  ['an invoice id that a URL would lose', invoiceBody({ invoiceId: '..' }), ['/invoiceId']],
  ['an invoice id that is a number', invoiceBody({ invoiceId: 42 }), ['/invoiceId']],
  ['a blank number', invoiceBody({ number: '  ' }), ['/number']],
  ['a number with a line break', invoiceBody({ number: '42\r\nBcc: all@martin.example' }), ['/number']],
  ['a number that is null', invoiceBody({ number: null }), ['/number']],
  ['an issue date that does not exist', invoiceBody({ issuedOn: '2026-02-30' }), ['/issuedOn']],
  ['a due date with a time', invoiceBody({ dueOn: '2026-10-31T00:00:00Z' }), ['/dueOn']],
  ['a due date in French form', invoiceBody({ dueOn: '31/10/2026' }), ['/dueOn']],
  ['a due date in the year 9026', invoiceBody({ dueOn: '9026-10-31' }), ['/dueOn']],
  ['a due date before the issue date', spoilDates({ dueOn: '2026-09-30' }), ['/dueOn']],
  ['a total that is a number', invoiceBody({ total: 1200 }), ['/total']],
  ['an amount that is a number', spoilTotal({ amount: 1200.5 }), ['/total/amount']],
  ['an amount of zero', spoilTotal({ amount: '0.00' }), ['/total/amount']],
  ['a negative amount', spoilTotal({ amount: '-1.00' }), ['/total/amount']],
  ['an amount with one decimal', spoilTotal({ amount: '1200.5' }), ['/total/amount']],
  ['an amount of yen with decimals', spoilTotal({ amount: '1200.00', currency: 'JPY' }), ['/total/amount']],
  ['an amount of dinars with two decimals', spoilTotal({ amount: '1.20', currency: 'TND' }), ['/total/amount']],
  ['an amount with a comma', spoilTotal({ amount: '1200,00' }), ['/total/amount']],
  ['an amount with thousands separators', spoilTotal({ amount: '1 200.00' }), ['/total/amount']],
  ['an amount with an exponent', spoilTotal({ amount: '1.2e3' }), ['/total/amount']],
  ['an amount with leading zeros', spoilTotal({ amount: '0012.00' }), ['/total/amount']],
  ['an amount beyond 2^53 minor units', spoilTotal({ amount: '90071992547409.92' }), ['/total/amount']],
  ['no amount', spoilTotal({ amount: undefined }), ['/total/amount']],
  ['no currency', spoilTotal({ currency: undefined }), ['/total/currency']],
  ['a currency in lower case', spoilTotal({ currency: 'eur' }), ['/total/currency']],
  ['gold', spoilTotal({ currency: 'XAU' }), ['/total/currency']],
  [
    'no currency and an amount below zero',
    { ...spoilTotal({ amount: '-1', currency: 'ZZZ' }) },
    ['/total/currency', '/total/amount'],
  ],
  [
    'an RF reference with wrong digits',
    invoiceBody({ paymentReference: 'RF19GAX8WS5JYOOUJ87' }),
    ['/paymentReference'],
  ],
  ['a reference of 36 characters', invoiceBody({ paymentReference: '1'.repeat(36) }), ['/paymentReference']],
  ['a document over plain http', invoiceBody({ documentUrl: 'http://billing.example/1.pdf' }), ['/documentUrl']],
  ['a document that is a script', invoiceBody({ documentUrl: 'javascript:alert(1)' }), ['/documentUrl']],
  ['a document with a user name', invoiceBody({ documentUrl: 'https://a@billing.example/' }), ['/documentUrl']],
  ['a document with a password', invoiceBody({ documentUrl: 'https://a:b@billing.example/' }), ['/documentUrl']],
  ['a discount of 0 %', spoilDiscount({ percent: '0.0' }), ['/earlyPaymentDiscount/percent']],
  ['a discount of 100 %', spoilDiscount({ percent: '100' }), ['/earlyPaymentDiscount/percent']],
  ['a rate of 0 %', spoilRate('0.00'), ['/latePaymentRatePercent']],
  ['a rate of 100 %', spoilRate('100'), ['/latePaymentRatePercent']],
  ['a rate with 3 decimals', spoilRate('12.155'), ['/latePaymentRatePercent']],
  ['a rate that is a number', spoilRate(12), ['/latePaymentRatePercent']],
  ['a discount that is a number', spoilDiscount({ percent: 2 }), ['/earlyPaymentDiscount/percent']],
  ['a discount until after the due date', spoilDiscount({ until: '2026-11-01' }), ['/earlyPaymentDiscount/until']],
  ['a discount until before the issue date', spoilDiscount({ until: '2026-09-30' }), ['/earlyPaymentDiscount/until']],
  ['an unknown field', invoiceBody({ dueDate: '2026-10-31' }), ['/dueDate']],
  ['unknown fields whose names need escapes', invoiceBody({ 'a/b': 1, 'c~d': 2 }), ['/a~1b', '/c~0d']],
  ['a field named __proto__', JSON.parse(`{"__proto__": 1, ${JSON.stringify(invoiceBody()).slice(1)}`), ['/__proto__']],
  ['a customer that is only a name', invoiceBody({ customer: 'C-100' }), ['/customer']],
  ['a known customer with a broken id', invoiceBody({ customer: { customerId: 'C 100' } }), ['/customer/customerId']],
  [
    'half a customer',
    invoiceBody({ customer: { customerId: 'C-1', name: 'Y' } }),
    ['/customer/kind', '/customer/country'],
  ],
  ['a kind nobody has', spoilCustomer({ kind: 'company' }), ['/customer/kind']],
  ['a country in lower case', spoilCustomer({ country: 'fr' }), ['/customer/country']],
  ['a country that does not exist', spoilCustomer({ country: 'ZZ' }), ['/customer/country']],
  ['a language by its name', spoilCustomer({ language: 'français' }), ['/customer/language']],
  ['a time zone that is an offset', spoilCustomer({ timeZone: '+02:00' }), ['/customer/timeZone']],
  ['a time zone on the moon', spoilCustomer({ timeZone: 'Moon/Tranquility' }), ['/customer/timeZone']],
  ['a profile nobody has', spoilCustomer({ profile: 'late' }), ['/customer/profile']],
  [
    'an address without a city',
    spoilCustomer({ address: { line1: '1 rue X', postalCode: '35000', country: 'FR' } }),
    ['/customer/address/city'],
  ],
  ['a bad email', spoilContact({ email: 'compta@martin' }), ['/customer/contacts/0/email']],
  [
    'an email with a display name',
    spoilContact({ email: 'Anne <compta@martin.example>' }),
    ['/customer/contacts/0/email'],
  ],
  ['an email with a line break', spoilContact({ email: '"a\r\nb"@martin.example' }), ['/customer/contacts/0/email']],
  ['a phone too short to be one', spoilContact({ phone: '+33 6 12' }), ['/customer/contacts/0/phone']],
  ['a phone that is words', spoilContact({ phone: 'call me' }), ['/customer/contacts/0/phone']],
  ['a phone with an extension', spoilContact({ phone: '+33612345678 ext. 12' }), ['/customer/contacts/0/phone']],
  ['a contact without a role', spoilContact({ role: undefined }), ['/customer/contacts/0/role']],
  ['21 contacts', spoilCustomer({ contacts: Array(21).fill({ role: 'generic' }) }), ['/customer/contacts']],
  ['contacts that are not a list', spoilCustomer({ contacts: { role: 'generic' } }), ['/customer/contacts']],
  [
    'a bad email of the sales representative',
    spoilCustomer({ salesRep: { email: 'paul' } }),
    ['/customer/salesRep/email'],
  ],
  [
    'many faults of every kind at once',
    {
      ...invoiceBody({
        dueOn: '2026-09-01',
        total: { amount: '12.345', currency: 'EUR', net: '10.00' },
        colour: 'red',
      }),
      customer: customerBody({
        name: undefined,
        kind: 7,
        contacts: [{ role: 'x', email: '@', phone: '123' }],
        tier: 1,
      }),
    },
    [
      '/dueOn',
      '/total/amount',
      '/total/net',
      '/colour',
      '/earlyPaymentDiscount/until',
      '/customer/name',
      '/customer/kind',
      '/customer/contacts/0/role',
      '/customer/contacts/0/email',
      '/customer/contacts/0/phone',
      '/customer/tier',
    ],
  ],
];

function spoilDates(changes: Json): Json {
  return invoiceBody({ earlyPaymentDiscount: undefined, ...changes });
}

function spoilTotal(changes: Json): Json {
  return invoiceBody({ total: { amount: '1200.00', currency: 'EUR', ...changes } });
}

function spoilDiscount(changes: Json): Json {
  return invoiceBody({ earlyPaymentDiscount: { until: '2026-10-15', percent: '2.0', ...changes } });
}

function spoilRate(latePaymentRatePercent: unknown): Json {
  return invoiceBody({ latePaymentRatePercent });
}

function spoilCustomer(changes: Json): Json {
  return invoiceBody({ customer: customerBody(changes) });
}

function spoilContact(changes: Json): Json {
  return spoilCustomer({ contacts: [{ role: 'accounts-payable', ...changes }] });
}
