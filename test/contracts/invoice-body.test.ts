import { describe, expect, it } from 'vitest';
import { parseInvoiceBody } from '../../lib/contracts/invoice-body.ts';
import { MALFORMED_INVOICES } from './malformed-invoices.ts';
import { customerBody, invoiceBody } from './wire-bodies.ts';

describe('a sound invoice', () => {
  it('becomes an invoice in minor units and a customer', () => {
    const { customer: _, total: __, ...fields } = invoiceBody();
    expect(parseInvoiceBody(invoiceBody())).toEqual({
      ok: true,
      invoice: { ...fields, totalMinor: 120_000, currency: 'EUR', customerId: 'C-100' },
      customer: customerBody(),
      warnings: [],
    });
  });

  it('holds no field that was not given', () => {
    const optional = ['number', 'paymentReference', 'purchaseOrder', 'documentUrl', 'earlyPaymentDiscount'];
    const body = invoiceBody({
      ...Object.fromEntries(optional.map((name) => [name, undefined])),
      customer: { customerId: 'C-1', name: 'X', kind: 'public', country: 'JP' },
    });
    const parsed = parseInvoiceBody(body);
    expect(parsed.ok && Object.keys(parsed.invoice).sort()).toEqual(
      ['currency', 'customerId', 'dueOn', 'invoiceId', 'issuedOn', 'number', 'totalMinor'].sort(),
    );
    expect(parsed.ok && parsed.customer).toEqual({
      customerId: 'C-1',
      name: 'X',
      kind: 'public',
      country: 'JP',
      contacts: [],
    });
  });

  it('takes its id for its number when it has none', () => {
    const parsed = parseInvoiceBody(invoiceBody({ number: undefined }));
    expect(parsed.ok && parsed.invoice.number).toBe('INV-2026-0042');
  });

  it.each([
    ['12', 1_200],
    ['12.5', 1_250],
    ['0.07', 7],
    ['99.99', 9_999],
  ])('reads a yearly rate of %s %% as %i basis points', (latePaymentRatePercent, latePaymentRateBps) => {
    const parsed = parseInvoiceBody(invoiceBody({ latePaymentRatePercent }));
    expect(parsed).toMatchObject({ ok: true, invoice: { latePaymentRateBps } });
    expect(parsed.ok && parsed.invoice).not.toHaveProperty('latePaymentRatePercent');
  });

  it('may name a known customer by id alone', () => {
    const parsed = parseInvoiceBody(invoiceBody({ customer: { customerId: 'C-7' } }));
    expect(parsed).toMatchObject({ ok: true, customer: null, warnings: [] });
    expect(parsed.ok && parsed.invoice.customerId).toBe('C-7');
  });

  it.each([
    ['1200', 'JPY', 1200],
    ['0.01', 'EUR', 1],
    ['1.234', 'TND', 1234],
    ['90071992547409.91', 'EUR', Number.MAX_SAFE_INTEGER],
  ])('reads %s %s as %i minor units', (amount, currency, totalMinor) => {
    expect(parseInvoiceBody(invoiceBody({ total: { amount, currency } }))).toMatchObject({
      ok: true,
      invoice: { totalMinor, currency },
    });
  });

  it('may fall due on the day it is issued', () => {
    const body = invoiceBody({ issuedOn: '2026-10-31', earlyPaymentDiscount: undefined });
    expect(parseInvoiceBody(body).ok).toBe(true);
  });

  it.each([
    ['rf18 5390 0754 7034', 'RF18539007547034'],
    ['RF18539007547034', 'RF18539007547034'],
    ['+++090/9337/55493+++', '+++090/9337/55493+++'],
  ])('normalises the payment reference %s', (given, kept) => {
    const parsed = parseInvoiceBody(invoiceBody({ paymentReference: given }));
    expect(parsed.ok && parsed.invoice.paymentReference).toBe(kept);
  });

  it('writes phones as E.164, national ones by the country of the customer', () => {
    const contacts = [
      { role: 'generic', phone: '06 12 34 56 78' },
      { role: 'legal', phone: '+44 (0)20 7946 0958' },
    ];
    const parsed = parseInvoiceBody(invoiceBody({ customer: customerBody({ contacts }) }));
    expect(parsed.ok && parsed.customer?.contacts.map(({ phone }) => phone)).toEqual(['+33612345678', '+442079460958']);
  });

  it.each([
    ['no contacts', undefined],
    ['an empty list of contacts', []],
    ['contacts with a name only', [{ role: 'legal', name: 'Anne' }]],
  ])('is taken with a warning when its customer has %s', (_, contacts) => {
    const parsed = parseInvoiceBody(invoiceBody({ customer: customerBody({ contacts }) }));
    expect(parsed).toMatchObject({ ok: true, warnings: [{ pointer: '/customer/contacts' }] });
  });
});

describe('a malformed invoice', () => {
  it.each(MALFORMED_INVOICES)('is refused for %s, with every place', (_, body, pointers) => {
    const parsed = parseInvoiceBody(body);
    const places = parsed.ok ? [] : parsed.errors.map(({ pointer }) => pointer);
    expect([...new Set(places)].sort()).toEqual([...pointers].sort());
  });

  it('is told the value and the cure', () => {
    const parsed = parseInvoiceBody(invoiceBody({ total: { amount: '12.5', currency: 'EUR' } }));
    expect(!parsed.ok && parsed.errors).toEqual([
      { pointer: '/total/amount', detail: 'must have 2 decimals as EUR does, not "12.5"' },
    ]);
  });

  it('judges a phone in national form only when the country is sound', () => {
    const contacts = [
      { role: 'generic', phone: '06 12 34 56 78' },
      { role: 'generic', phone: '+33 1' },
    ];
    const parsed = parseInvoiceBody(invoiceBody({ customer: customerBody({ country: 'France', contacts }) }));
    expect(!parsed.ok && parsed.errors.map(({ pointer }) => pointer)).toEqual([
      '/customer/country',
      '/customer/contacts/1/phone',
    ]);
  });

  it('gets an answer of bounded length, however many faults it has', () => {
    const unknown = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`f${index}`, 1]));
    const parsed = parseInvoiceBody({ ...invoiceBody(), ...unknown });
    expect(!parsed.ok && parsed.errors.length).toBe(501);
    expect(!parsed.ok && parsed.errors.at(-1)).toEqual({ pointer: '', detail: 'has 19500 more faults' });
  });
});
