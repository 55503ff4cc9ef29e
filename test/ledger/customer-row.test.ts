import { expect, it } from 'vitest';
import { newCustomerRecord } from '../../lib/domain/case-file.ts';
import { parseCustomer, toRow } from '../../lib/ledger/rows.ts';
import { aCustomer } from '../support/builders.ts';

const key = { pk: 'CUSTOMER#C-100', sk: 'CUSTOMER' };

it('reads a customer that was written before insolvency was kept as one of whom none is known', () => {
  const { insolventSince: _, ...old } = newCustomerRecord(aCustomer());
  expect(parseCustomer(toRow(key, old))).toEqual(newCustomerRecord(aCustomer()));
});

it('reads back what it wrote of a customer that is insolvent and whose cases are still to be told', () => {
  const record = { ...newCustomerRecord(aCustomer()), insolventSince: '2026-02-01', isTellingPending: true };
  expect(parseCustomer(toRow(key, record))).toEqual(record);
});
