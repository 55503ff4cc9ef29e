import { describe, expect, it } from 'vitest';
import { parseCustomerBody } from '../../lib/contracts/customer-body.ts';
import { customerBody } from './wire-bodies.ts';

describe('the body of a customer', () => {
  it('becomes the customer', () => {
    expect(parseCustomerBody('C-100', customerBody())).toEqual({ ok: true, customer: customerBody(), warnings: [] });
  });

  it('may leave its id to the path', () => {
    const parsed = parseCustomerBody('C-100', customerBody({ customerId: undefined }));
    expect(parsed.ok && parsed.customer.customerId).toBe('C-100');
  });

  it('is refused with the id of another customer', () => {
    const parsed = parseCustomerBody('C-100', customerBody({ customerId: 'C-101' }));
    expect(parsed).toMatchObject({ ok: false, errors: [{ pointer: '/customerId' }] });
  });

  it('is taken with a warning when nothing can reach the customer', () => {
    const parsed = parseCustomerBody('C-100', customerBody({ contacts: [] }));
    expect(parsed).toMatchObject({ ok: true, warnings: [{ pointer: '/contacts' }] });
  });

  it('is refused with every fault at once', () => {
    const contacts = [{ role: 'legal', phone: '12' }];
    const parsed = parseCustomerBody('C-100', customerBody({ customerId: 'C-1', name: '', contacts, nick: 'M' }));
    expect(!parsed.ok && parsed.errors.map(({ pointer }) => pointer).sort()).toEqual([
      '/contacts/0/phone',
      '/customerId',
      '/name',
      '/nick',
    ]);
  });

  it.each([null, [], 'C-100', 3])('is refused when it is %j', (body) => {
    expect(parseCustomerBody('C-100', body)).toMatchObject({ ok: false, errors: [{ pointer: '' }] });
  });
});
