import { describe, expect, it } from 'vitest';
import { parsePreviewRequest } from '../../lib/contracts/preview-request.ts';
import { customerBody, invoiceBody, type Json } from './wire-bodies.ts';

function requestBody(changes: Json = {}): Json {
  return { invoice: invoiceBody({ customer: undefined }), customer: customerBody(), ...changes };
}

describe('the request of a preview', () => {
  it('reads the invoice and the customer as if they were to be registered', () => {
    expect(parsePreviewRequest(requestBody())).toMatchObject({
      ok: true,
      request: {
        invoice: { invoiceId: 'INV-2026-0042', totalMinor: 120_000, currency: 'EUR', customerId: 'C-100' },
        customer: { customerId: 'C-100', contacts: [{ phone: '+33612345678' }, {}] },
        version: null,
        isFirstInvoice: false,
        lastInvoiceLate: false,
      },
    });
  });

  it('passes version and claims on', () => {
    const body = requestBody({ version: 3, isFirstInvoice: true, lastInvoiceLate: true });
    expect(parsePreviewRequest(body)).toMatchObject({
      request: { version: 3, isFirstInvoice: true, lastInvoiceLate: true },
    });
  });

  it('needs no ids', () => {
    const invoice = invoiceBody({ customer: undefined, invoiceId: undefined, number: undefined });
    expect(
      parsePreviewRequest(requestBody({ invoice, customer: customerBody({ customerId: undefined }) })),
    ).toMatchObject({
      ok: true,
      request: { invoice: { invoiceId: 'PREVIEW', number: 'PREVIEW', customerId: 'PREVIEW' } },
    });
  });

  it.each([
    ['nothing', {}, ['/invoice', '/customer']],
    ['a list', [], ['']],
    ['parts that are no objects', { invoice: [], customer: 'C-100' }, ['/invoice', '/customer']],
    [
      'faults in every part',
      {
        invoice: invoiceBody({
          customer: undefined,
          dueOn: '2026-09-01',
          earlyPaymentDiscount: undefined,
          total: { amount: '1', currency: 'EUR' },
        }),
        customer: customerBody({ kind: 'x', contacts: [{ role: 'legal', phone: '12' }] }),
        version: 0,
        dryRun: true,
      },
      [
        '/version',
        '/dryRun',
        '/invoice/total/amount',
        '/invoice/dueOn',
        '/customer/kind',
        '/customer/contacts/0/phone',
      ],
    ],
    [
      'a customer by id alone',
      requestBody({ customer: { customerId: 'C-100' } }),
      ['/customer/name', '/customer/kind', '/customer/country'],
    ],
    ['a customer inside the invoice', requestBody({ invoice: invoiceBody() }), ['/invoice/customer']],
    [
      'bad ids',
      requestBody({
        invoice: invoiceBody({ customer: undefined, invoiceId: 'a b' }),
        customer: customerBody({ customerId: '' }),
      }),
      ['/invoice/invoiceId', '/customer/customerId'],
    ],
  ])('must not be %s', (_, body, pointers) => {
    const parsed = parsePreviewRequest(body);
    expect(parsed.ok ? [] : parsed.errors.map(({ pointer }) => pointer)).toEqual(pointers);
  });
});
