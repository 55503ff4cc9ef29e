import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  creditBody,
  invoiceBody,
  startTestSystem,
  type TestSystem,
  wholeCustomerBody,
} from '../support/local-system.ts';
import { type Answer, clerk, Office } from './office.ts';

const FINANCE = { scope: 'relance/finance' } as const;

const ACCOUNT = 'FR7630006000011234567890189';

let local: TestSystem;
let office: Office;

/** Nobody gets round to the calls; everything else is done as it comes. */
const answer: Answer = (task, today) => clerk(task, today);

beforeAll(async () => {
  local = await startTestSystem();
  office = new Office(local);
});

afterAll(async () => {
  expect(local.faults).toEqual([]);
  await local.close();
});

const euros = (amount: string) => ({ amount, currency: 'EUR' });
const register = async (invoiceId: string, amount: string, customer: object) =>
  expect((await local.client.register(invoiceBody(invoiceId, { total: euros(amount), customer }))).status).toBe(201);

/** A credit as the bank's webhook tells it. */
const credit = async (transactionId: string, amount: string, told: object) => {
  const { remittance: _, ...body } = creditBody(transactionId, '', amount);
  expect((await local.client.bank({ ...body, ...told })).status).toBe(202);
  await local.client.now();
};

/** A camt.053 that tells all that was booked up to a day: one payment with the payer's account, and no word. */
const camt053 = (on: string, amount: string, iban: string) => `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>
<GrpHdr><MsgId>M${on}</MsgId><CreDtTm>${on}T18:00:00</CreDtTm></GrpHdr>
<Stmt><Id>S${on}</Id><CreDtTm>${on}T18:00:00</CreDtTm><Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>
<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>${on}</Dt></BookgDt>
<ValDt><Dt>${on}</Dt></ValDt><AcctSvcrRef>${on}</AcctSvcrRef><NtryDtls><TxDtls><Refs><AcctSvcrRef>${on}</AcctSvcrRef></Refs>
<Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<RltdPties><DbtrAcct><Id><IBAN>${iban}</IBAN></Id></DbtrAcct></RltdPties></TxDtls></NtryDtls></Ntry>
</Stmt></BkToCstmrStmt></Document>`;

const upload = async (body: string) => {
  const answered = await local.client.call<{ entries: Record<string, unknown>[] }>('POST /bank-statements', {
    ...{ ...FINANCE, headers: { 'content-type': 'application/xml' }, body },
  });
  expect(answered.status, JSON.stringify(answered.body)).toBe(200);
  await local.client.now();
  return answered.body.entries;
};

describe('a payment without a word', () => {
  beforeAll(async () => {
    const customer = wholeCustomerBody('C-M');
    for (const [id, amount] of [
      ['M-1', '1200.00'],
      ['M-2', '731.15'],
      ['M-3', '412.80'],
      ['M-4', '95.37'],
      ['M-5', '88.40'],
    ] as const)
      await register(id, amount, customer);
    await register('N-1', '540.20', wholeCustomerBody('C-N', { name: 'Garage Durand Nantes SARL' }));
  });

  it('from an account that nobody has paid from before stays with a person', async () => {
    await credit('W-1', '731.15', { debtor: { iban: ACCOUNT } });
    expect(await office.caseOf('M-2')).toMatchObject({ standing: 'open', balance: { paid: '0.00' } });
  });

  it('from an account that has paid before settles the invoice of exactly that amount, and says the rule', async () => {
    await credit('W-2', '1200.00', { debtor: { iban: ACCOUNT, name: 'B. MARTIN' }, remittance: 'FACTURE M-1' });
    expect(await office.facts('M-1', 'PaymentApplied')).toMatchObject([{ rule: 'invoice-number' }]);
    await credit('W-3', '731.15', { debtor: { iban: ACCOUNT }, remittance: 'VIREMENT SEPA' });
    expect(await office.facts('M-2', 'PaymentApplied')).toMatchObject([
      { transactionId: 'W-3', rule: 'debtor-account' },
    ]);
    expect(await office.caseOf('M-2')).toMatchObject({ standing: 'settled' });
    expect(await local.client.execution('M-2')).toMatchObject({ status: 'SUCCEEDED', currentStates: ['Settled'] });
  });

  it('of exactly what three invoices owe together settles all three, and says why', async () => {
    expect(await upload(camt053('2026-01-05', '596.57', ACCOUNT))).toEqual([
      {
        transactionId: expect.any(String),
        ...{ result: 'matched', rule: 'open-invoices-sum', invoiceIds: ['M-3', 'M-4', 'M-5'] },
        why: 'Boulangerie Martin SARL has paid from this account before, and invoices M-3, M-4 and M-5 sum to the amount.',
      },
    ]);
    for (const id of ['M-3', 'M-4', 'M-5']) expect(await office.caseOf(id)).toMatchObject({ standing: 'settled' });
  });

  it('of which only the name and the amount speak is suggested and not booked', async () => {
    await credit('W-4', '540.20', { debtor: { name: 'GARAGE DURAND NANTES' } });
    expect(await office.caseOf('N-1')).toMatchObject({ standing: 'open', balance: { paid: '0.00' } });
    const { body } = await local.client.call<{ items: { transactionId: string }[] }>('GET /unapplied-cash', FINANCE);
    expect(body.items.find(({ transactionId }) => transactionId === 'W-4')).toMatchObject({
      suggestions: [
        {
          ...{ invoiceIds: ['N-1'], rule: 'name-and-amount' },
          why: `The payer's name "GARAGE DURAND NANTES" is 100 % like Garage Durand Nantes SARL, and invoice N-1 is of that amount.`,
        },
      ],
    });
  });

  it('keeps the invoice back that it may pay, until a person has placed it', async () => {
    expect(await office.caseOf('N-1')).toMatchObject({
      hold: { reason: 'unplaced-payment', until: null },
      nextStep: { why: 'held by unplaced-payment until a person lifts it' },
    });
    const [task, ...others] = await local.client.tasks('N-1');
    expect([task?.title, others]).toEqual(['Place a payment of 540.20 EUR that may be for invoice N-1', []]);
    expect(await local.client.execution('N-1')).toMatchObject({ status: 'RUNNING' });
  });

  it('is remembered once a person has placed it', async () => {
    await register('N-2', '77.31', wholeCustomerBody('C-N', { name: 'Garage Durand Nantes SARL' }));
    const other = 'DE89370400440532013000';
    await credit('W-5', '540.20', { debtor: { iban: other } });
    const allocations = [{ invoiceId: 'N-1', amount: euros('540.20') }];
    const placed = await local.client.call('POST /unapplied-cash/W-5/allocation', {
      ...FINANCE,
      body: { allocations },
    });
    expect(placed).toEqual({ status: 200, body: { item: null } });
    await credit('W-6', '77.31', { debtor: { iban: other } });
    expect(await office.facts('N-2', 'PaymentApplied')).toMatchObject([
      { transactionId: 'W-6', rule: 'debtor-account' },
    ]);
  });
});

it('a payment told of by the webhook and by a file is booked once, and the second is left to a person', async () => {
  await register('D-1', '55.00', wholeCustomerBody('C-M'));
  await credit('W-7', '55.00', { debtor: { iban: ACCOUNT } });
  expect(await office.caseOf('D-1')).toMatchObject({ standing: 'settled' });
  const [entry] = await upload(camt053('2026-02-02', '55.00', ACCOUNT));
  expect(entry).toMatchObject({ result: 'unapplied', rule: null, invoiceIds: [] });
  const { body } = await local.client.call<{ items: { transactionId: unknown }[] }>('GET /unapplied-cash', FINANCE);
  expect(body.items.find(({ transactionId }) => transactionId === entry?.transactionId)).toMatchObject({
    suggestions: [{ invoiceIds: ['D-1'], rule: 'possible-duplicate', why: expect.stringContaining('Transaction W-7') }],
  });
});

describe('a notice that says somebody has not paid', () => {
  const notices = async () =>
    (await local.client.outbox('S-1')).map(({ stepId, at }) => `${stepId} ${at.slice(0, 10)}`);

  it('is held while the statements are old', async () => {
    await register('S-1', '300.00', wholeCustomerBody('C-S', { name: 'Imprimerie Océane' }));
    await office.work('2026-02-02', answer);
    await upload(camt053('2026-02-01', '1.01', ACCOUNT));
    await office.work('2026-02-05', answer);
    await upload(camt053('2026-02-04', '1.02', ACCOUNT));
    await office.work('2026-02-11', answer);
    expect(await notices()).toEqual(['P1 2026-01-20', 'A1 2026-02-02']);
    expect((await office.caseOf('S-1')).nextStep).toMatchObject({
      stepId: 'A3',
      why: expect.stringContaining('bank data of 2026-02-04 is older than 1 open day: waits for a statement'),
    });
  });

  it('goes once the next statement is in that tells of no payment', async () => {
    await upload(camt053('2026-02-10', '1.03', ACCOUNT));
    await local.client.advance({ advanceTo: '2026-02-11T17:00:00Z' });
    expect(await notices()).toEqual(['P1 2026-01-20', 'A1 2026-02-02', 'A3 2026-02-11']);
    expect((await office.caseOf('S-1')).nextStep?.why).toMatch(/bank data of 2026-02-10$/);
  });
});
