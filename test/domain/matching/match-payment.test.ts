import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discountInTimeMinor } from '../../../lib/domain/matching/early-payment-discount.ts';
import { matchPayment } from '../../../lib/domain/matching/match-payment.ts';
import { sumOutstandingMinor } from '../../../lib/domain/matching/matching-result.ts';
import type { IncomingPayment, MatchCandidates, OpenInvoice } from '../../../lib/domain/matching/open-invoice.ts';

const MARTIN = { customerId: 'C-1', customerName: 'Boulangerie Martin SARL' };
const NOEL = { customerId: 'C-2', customerName: 'Garage Noël' };

/** Invoice `A` has the number 2026-0001, `B` 2026-0002, and so on; due in that order. */
const invoice = (invoiceId: string, outstandingMinor: number, facts: Partial<OpenInvoice> = {}): OpenInvoice => {
  const place = invoiceId.charCodeAt(0) - 64;
  const number = `2026-${String(place).padStart(4, '0')}`;
  return {
    ...{ invoiceId, number, ...MARTIN, dueOn: `2026-10-${String(place).padStart(2, '0')}`, outstandingMinor },
    currency: 'EUR',
    ...facts,
  };
};

const IBAN = 'FR7630006000011234567890189';

const match = (
  payment: Partial<IncomingPayment> & { amountMinor: number },
  candidates: Partial<MatchCandidates>,
  toleranceMinor?: number,
) =>
  matchPayment({
    payment: { currency: 'EUR', valueOn: '2026-11-16', ...payment },
    candidates: { byReference: [], byNumber: [], byIban: [], byName: [], ...candidates },
    toleranceMinor,
  });

const taken = (result: ReturnType<typeof match>) =>
  result.kind === 'matched'
    ? [result.rule, ...result.allocations.map(({ invoiceId, amountMinor }) => `${invoiceId} ${amountMinor}`)]
    : ['suggested', ...result.suggestions.map(({ rule, invoiceIds }) => `${rule} ${invoiceIds.join('+')}`)];

describe('a structured reference', () => {
  const A = invoice('A', 10000, { paymentReference: 'RF18539007547034' });

  it.each([
    [10000, 'A 10000'],
    [4000, 'A 4000'],
    [12000, 'A 10000'], // the rest is unapplied
  ])('of a payment of %d takes what is owed, whoever pays', (amountMinor, takes) => {
    const payment = { amountMinor, structuredReference: 'RF18 5390 0754 7034', debtorName: 'Somebody Else' };
    expect(taken(match(payment, { byReference: [A] }))).toEqual(['payment-reference', takes]);
  });

  it('is found in the text, and quoted as it stands there', () => {
    expect(match({ amountMinor: 10000, remittance: 'vir rf18 5390 0754 7034' }, { byReference: [A] })).toMatchObject({
      why: 'The payment names invoice 2026-0001 by reference ("RF18 5390 0754 7034") and pays exactly what is owed.',
    });
  });

  it('is left to a person against the number of another invoice', () => {
    const payment = { amountMinor: 10000, remittance: 'RF18539007547034 FACTURE 2026-0002' };
    const result = match(payment, { byReference: [A], byNumber: [invoice('B', 10000)] });
    expect(taken(result)).toEqual(['suggested', 'payment-reference A+B', 'payment-reference A', 'invoice-number B']);
  });
});

describe('invoice numbers in the text', () => {
  const [A, B, C] = [invoice('A', 10000), invoice('B', 5000), invoice('C', 2500)];
  const all = [C, A, B];

  it.each([
    ['FACTURE 2026-0001', 10000, ['A 10000']],
    ['FACTURE 2026 0001', 6000, ['A 6000']],
    ['2026-0001', 10100, ['A 10000']],
    ['Factures 2026-0002 et 2026-0001', 15000, ['A 10000', 'B 5000']],
    ['2026-0001, 2026-0002, 2026-0003', 17500, ['A 10000', 'B 5000', 'C 2500']],
    ['2026-0001, 2026-0002, 2026-0003', 16000, ['A 10000', 'B 5000', 'C 1000']], // the last in part
  ])('"%s" with %d take what they owe in order of due date', (remittance, amountMinor, takes) => {
    expect(taken(match({ amountMinor, remittance }, { byNumber: all }))).toEqual(['invoice-number', ...takes]);
  });

  it.each([
    ['more than they owe', '2026-0001 2026-0002', 15001],
    ['less than leaves something for each', '2026-0001 2026-0002', 10000],
    ['exactly what one of them owes', '2026-0001 2026-0002 2026-0003', 10000],
  ])('leave it to a person when several are paid %s', (_, remittance, amountMinor) => {
    expect(match({ amountMinor, remittance }, { byNumber: all }).kind).toBe('suggested');
  });

  it.each<[string, Partial<IncomingPayment> & { amountMinor: number }, Partial<MatchCandidates>]>([
    [
      'two open invoices under one number',
      { amountMinor: 10000, remittance: '2026-0001' },
      { byNumber: [A, { ...B, number: '2026/0001' }] },
    ],
    [
      'numbers made of the same words',
      { amountMinor: 15000, remittance: 'FA 100 1' },
      {
        byNumber: [
          { ...A, number: 'FA-100' },
          { ...B, number: 'FA-1001' },
        ],
      },
    ],
    [
      'a part, paid by another debtor',
      { amountMinor: 6000, remittance: '2026-0001', debtorName: 'Garage Noël' },
      { byNumber: [A] },
    ],
    [
      'a part, from the account of another debtor',
      { amountMinor: 6000, remittance: '2026-0001', debtorIban: IBAN },
      { byNumber: [A], byIban: [invoice('D', 700, NOEL)] },
    ],
    [
      'a part, where another invoice of the debtor is exactly paid',
      { amountMinor: 5000, remittance: '2026-0001', debtorIban: IBAN },
      { byNumber: [A], byIban: [A, B] },
    ],
    [
      'a part, beside the number of an invoice not known',
      { amountMinor: 6000, remittance: '2026-0001 2026-0077' },
      { byNumber: [A] },
    ],
    [
      'a part, beside the number of a settled invoice',
      { amountMinor: 6000, remittance: '2026-0001 2026-0002' },
      { byNumber: [A, { ...B, outstandingMinor: 0 }] },
    ],
    [
      'the number of another debtor, who owes the same',
      { amountMinor: 10000, remittance: '2026-0001', debtorIban: IBAN },
      { byNumber: [A], byIban: [invoice('D', 10000, NOEL)] },
    ],
    ['another currency', { amountMinor: 10000, currency: 'CHF', remittance: '2026-0001' }, { byNumber: [A] }],
  ])('leave it to a person: %s', (_, payment, candidates) => {
    expect(match(payment, candidates).kind).toBe('suggested');
  });

  it('take exactly what they owe whoever pays, as a group does for its companies', () => {
    const payment = { amountMinor: 15000, remittance: '2026-0001 2026-0002', debtorName: 'Holding Durand' };
    expect(taken(match(payment, { byNumber: [A, { ...B, ...NOEL }] }))).toEqual([
      'invoice-number',
      'A 10000',
      'B 5000',
    ]);
  });

  it('mean the only open one of those that share a number', () => {
    const settled = invoice('D', 0, { number: '2026/0001' });
    expect(taken(match({ amountMinor: 4000, remittance: '2026-0001' }, { byNumber: [settled, A] }))).toEqual([
      'invoice-number',
      'A 4000',
    ]);
  });

  it('match nothing when they are candidates that the text does not name', () => {
    expect(taken(match({ amountMinor: 10000, remittance: 'MERCI' }, { byNumber: [A] }))).toEqual(['suggested']);
  });

  it('close an invoice that is short by no more than the tolerance', () => {
    const short = { amountMinor: 9950, remittance: '2026-0001' };
    const closing = { amountMinor: 9950, forgivenMinor: 50, settlesWithDiscount: false };
    expect(match(short, { byNumber: [A] }, 50)).toMatchObject({ allocations: [closing] });
    expect(match(short, { byNumber: [A] }, 49)).toMatchObject({ allocations: [{ forgivenMinor: 0 }] });
  });
});

describe('the early payment discount', () => {
  const earlyPaymentDiscount = { until: '2026-11-16', percent: '2.0' };
  const A = invoice('A', 120025, { earlyPaymentDiscount });

  it.each([
    ['2026-11-16', 117624, true], // 2 400.50 half up is 24.01
    ['2026-11-17', 117624, false],
    ['2026-11-16', 117623, false],
    [undefined, 117624, false],
  ])('of money valued %s, %d paid, settles: %s', (valueOn, amountMinor, settlesWithDiscount) => {
    const forgivenMinor = settlesWithDiscount ? 2401 : 0;
    expect(match({ amountMinor, valueOn, remittance: '2026-0001' }, { byNumber: [A] })).toMatchObject({
      allocations: [{ invoiceId: 'A', amountMinor, settlesWithDiscount, forgivenMinor }],
    });
  });

  it('makes an amount above what is left after it doubtful', () => {
    expect(match({ amountMinor: 117625, remittance: '2026-0001' }, { byNumber: [A] }).kind).toBe('suggested');
  });

  it('is taken on all of several invoices that grant it', () => {
    const [B, C] = [invoice('B', 10000, { earlyPaymentDiscount }), invoice('C', 500)];
    const payment = { amountMinor: 117624 + 9800 + 500, remittance: '2026-0001 2026-0002 2026-0003' };
    expect(taken(match(payment, { byNumber: [A, B, C] }))).toEqual(['invoice-number', 'A 117624', 'B 9800', 'C 500']);
  });

  it('counts for the amount of a known debtor', () => {
    const result = match({ amountMinor: 117624, debtorIban: IBAN }, { byIban: [A, invoice('B', 999)] });
    expect(taken(result)).toEqual(['debtor-account', 'A 117624']);
  });
});

describe('an account that a debtor has paid from before', () => {
  const paid = (amountMinor: number, byIban: OpenInvoice[], payment: Partial<IncomingPayment> = {}) =>
    taken(match({ amountMinor, debtorIban: IBAN, ...payment }, { byIban }));

  it('pays the invoice of exactly the amount', () => {
    expect(paid(5000, [invoice('A', 10000), invoice('B', 5000)])).toEqual(['debtor-account', 'B 5000']);
  });

  it('pays the only invoices that sum to the amount', () => {
    const open = [invoice('A', 10000), invoice('B', 5000), invoice('C', 2501), invoice('D', 711)];
    expect(paid(12501, open)).toEqual(['open-invoices-sum', 'A 10000', 'C 2501']);
  });

  it('pays ten invoices at once, and not eleven', () => {
    const open = Array.from('ABCDEFGHIJK', (id, place) => invoice(id, 10007 + place * 1013 + place ** 3));
    const sum = (count: number) => open.slice(0, count).reduce((total, one) => total + one.outstandingMinor, 0);
    expect(paid(sum(10), open)).toHaveLength(11);
    expect(paid(sum(11), open)[0]).toBe('suggested');
  });

  it.each<[string, number, OpenInvoice[]]>([
    ['two invoices owe the amount', 5000, [invoice('A', 5000), invoice('B', 5000)]],
    [
      'one invoice owes the amount and two others sum to it',
      5000,
      [invoice('A', 5000), invoice('B', 3000), invoice('C', 2000)],
    ],
    ['two sums are possible', 5000, [invoice('A', 4000), invoice('B', 1000), invoice('C', 3000), invoice('D', 2000)]],
    ['two debtors pay from it and owe the amount', 5000, [invoice('A', 5000), invoice('B', 5000, NOEL)]],
    ['the sum is of two debtors', 5000, [invoice('A', 4000), invoice('B', 1000, NOEL)]],
    [
      'forty-one invoices are open',
      3333,
      Array.from({ length: 41 }, (_, place) => invoice('A', 1111 * 2 ** (place % 9), { invoiceId: `I${place}` })),
    ],
    ['nearly every amount is a sum', 7777, Array.from('ABCDEFGHIJKLM', (id, place) => invoice(id, 2 ** place))],
  ])('leaves it to a person when %s', (_, amountMinor, open) => {
    expect(paid(amountMinor, open)[0]).toBe('suggested');
  });

  it.each([
    ['FACTURE 2026-0077', {}], // written like ours, but not this one
    ['FACT 4711', {}], // announced
    ['2026-00', { number: '2025-9999' }],
  ])('leaves it to a person when the text speaks of another invoice: "%s"', (remittance, facts) => {
    expect(paid(5000, [invoice('A', 10000), invoice('B', 5000, facts)], { remittance })[0]).toBe('suggested');
  });

  it.each(['FACTURE 2026-00', 'VIREMENT SEPA', 'REF CLIENT 88123', 'SOLDE DU 12/11/2026'])(
    'is not made doubtful by "%s"',
    (remittance) => {
      expect(paid(5000, [invoice('A', 10000), invoice('B', 5000)], { remittance })[0]).toBe('debtor-account');
    },
  );

  it('is not believed against the name of another debtor', () => {
    const candidates = { byIban: [invoice('A', 5000)], byName: [invoice('B', 900, NOEL)] };
    const payment = { amountMinor: 5000, debtorIban: IBAN, debtorName: 'GARAGE NOEL' };
    expect(match(payment, candidates).kind).toBe('suggested');
  });
});

describe('a name', () => {
  it('only suggests, the likeliest first', () => {
    const [A, B] = [invoice('A', 5000), invoice('B', 5000, { customerId: 'C-3', customerName: 'Boulangerie Marin' })];
    const result = match({ amountMinor: 5000, debtorName: 'BOULANGERIE MARTIN' }, { byName: [B, A] });
    expect(taken(result)).toEqual(['suggested', 'name-and-amount A', 'name-and-amount B']);
    expect(result).toMatchObject({
      suggestions: [{ why: expect.stringContaining('100 % like Boulangerie Martin SARL') }, {}],
    });
  });

  it('suggests nothing of another amount', () => {
    const result = match({ amountMinor: 4999, debtorName: 'Boulangerie Martin' }, { byName: [invoice('A', 5000)] });
    expect(taken(result)).toEqual(['suggested']);
  });
});

/** At least one random payment in fifty. */
const OFTEN = expect.toSatisfy((share: number) => share > 0.02, 'more than one in fifty');

describe('any payment', () => {
  const invoices = fc
    .array(
      fc.record({
        outstandingMinor: fc.oneof(
          { weight: 1, arbitrary: fc.constant(0) },
          { weight: 3, arbitrary: fc.integer({ min: 1, max: 60 }).map((units) => units * 50) },
          { weight: 9, arbitrary: fc.integer({ min: 1, max: 4000 }).map((units) => units * 50) },
        ),
        isOther: fc.nat(5).map((kind) => kind === 0),
        currency: fc.nat(9).map((kind) => (kind === 0 ? 'CHF' : 'EUR')),
        paymentReference: fc.constantFrom(undefined, undefined, 'RF18539007547034'),
        earlyPaymentDiscount: fc.constantFrom(undefined, undefined, { until: '2026-11-20', percent: '2.0' }),
      }),
      { minLength: 3, maxLength: 8 },
    )
    .map((rows) =>
      rows.map(({ isOther, outstandingMinor, ...facts }, place) => {
        const paymentReference = facts.paymentReference && `${facts.paymentReference}${place}`;
        const debtor = isOther ? NOEL : MARTIN;
        return invoice('ABCDEFGH'[place] ?? 'H', outstandingMinor, { ...facts, paymentReference, ...debtor });
      }),
    );
  const situations = fc.record({
    invoices,
    // What the payment is for, and what of it the payer says, by number or by reference.
    meant: fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 3 }),
    says: fc.constantFrom('numbers', 'numbers', 'references', 'nothing', 'nothing', 'other numbers'),
    pays: fc.constantFrom('all', 'all', 'all', 'all', 'discounted', 'a part', 'a little less', 'more', 'anything'),
    anyMinor: fc.integer({ min: 1, max: 600 }).map((units) => units * 50),
    isKnown: fc.nat(2).map((kind) => kind > 0),
    debtorName: fc.constantFrom(undefined, 'BOULANGERIE MARTIN', 'BOULANGERIE MARTIN', 'Garage Noel'),
    toleranceMinor: fc.constantFrom(0, 50),
  });
  type Situation = typeof situations extends fc.Arbitrary<infer One> ? One : never;

  const amountOf = ({ invoices: all, meant, pays, anyMinor }: Situation): number => {
    const paid = meant.flatMap((place) => all[place] ?? []);
    const owedMinor = sumOutstandingMinor(paid);
    const discountMinor = paid.reduce((sum, one) => sum + discountInTimeMinor(one, '2026-11-16'), 0);
    const amounts: Record<string, number> = {
      ...{ all: owedMinor, discounted: owedMinor - discountMinor, 'a part': owedMinor - 700 },
      ...{ 'a little less': owedMinor - 50, more: owedMinor + 150, anything: anyMinor },
    };
    const amountMinor = amounts[pays] ?? 0;
    return amountMinor > 0 ? amountMinor : anyMinor;
  };
  const wordsOf = ({ invoices: all, meant, says }: Situation): string => {
    const places = says === 'other numbers' ? meant.map((place) => (place + 1) % 8) : meant;
    const named = places.flatMap((place) => all[place] ?? []);
    if (says === 'nothing') return '';
    return named.map((one) => (says === 'references' ? one.paymentReference : one.number) ?? '').join(' ');
  };

  const run = (situation: Situation, order: (all: OpenInvoice[]) => OpenInvoice[] = (all) => all) => {
    const { isKnown, debtorName, toleranceMinor } = situation;
    const all = order([...situation.invoices]);
    const [amountMinor, remittance] = [amountOf(situation), wordsOf(situation)];
    const payment = { amountMinor, remittance, debtorName, debtorIban: isKnown ? IBAN : undefined };
    const byReference = all.filter(({ paymentReference }) => paymentReference !== undefined);
    return match(payment, { byReference, byNumber: all, byIban: isKnown ? all : [], byName: all }, toleranceMinor);
  };

  it('meets every rule often in these tests', () => {
    const results = fc.sample(situations, { numRuns: 2000, seed: 4 }).map((situation) => run(situation));
    const share = (is: (result: ReturnType<typeof match>) => boolean) => results.filter(is).length / results.length;
    for (const rule of ['payment-reference', 'invoice-number', 'debtor-account', 'open-invoices-sum'])
      expect([rule, share((result) => result.kind === 'matched' && result.rule === rule)]).toEqual([rule, OFTEN]);
    const forgiving = (isDiscount: boolean) =>
      share(
        (result) =>
          result.kind === 'matched' &&
          result.allocations.some((one) => one.forgivenMinor > 0 && one.settlesWithDiscount === isDiscount),
      );
    expect([forgiving(true), forgiving(false)]).toEqual([OFTEN, expect.any(Number)]);
    expect(forgiving(false)).toBeGreaterThan(0.002);
    expect(share(({ kind }) => kind === 'suggested')).toBeLessThan(0.7);
  });

  it('is never allocated beyond itself, beyond what an invoice owes, or across currencies', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const result = run(situation);
        if (result.kind === 'suggested') {
          expect(result.suggestions.length).toBeLessThanOrEqual(5);
          return;
        }
        const { allocations } = result;
        expect(new Set(allocations.map(({ invoiceId }) => invoiceId)).size).toBe(allocations.length);
        const sum = allocations.reduce((total, { amountMinor }) => total + amountMinor, 0);
        expect(sum).toBeLessThanOrEqual(amountOf(situation));
        for (const { invoiceId, amountMinor, forgivenMinor } of allocations) {
          const paid = situation.invoices.find((one) => one.invoiceId === invoiceId);
          expect(amountMinor).toBeGreaterThan(0);
          expect(amountMinor + forgivenMinor).toBeLessThanOrEqual(paid?.outstandingMinor ?? 0);
          expect(paid?.currency).toBe('EUR');
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('goes the same way in whatever order the candidates come', () => {
    fc.assert(
      fc.property(situations, fc.nat(7), (situation, turn) => {
        const turned = run(situation, (all) => [...all.slice(turn), ...all.slice(0, turn)].reverse());
        expect(turned).toEqual(run(situation));
      }),
      { numRuns: 2000 },
    );
  });

  it('without words goes only to invoices that no others could stand for', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const result = run({ ...situation, says: 'nothing', isKnown: true });
        if (result.kind === 'suggested') return;
        const chosen = new Set(result.allocations.map(({ invoiceId }) => invoiceId));
        const [paid] = situation.invoices.filter(({ invoiceId }) => chosen.has(invoiceId));
        const others = situation.invoices.filter(
          ({ invoiceId, currency, outstandingMinor }) =>
            !chosen.has(invoiceId) && currency === 'EUR' && outstandingMinor === amountOf(situation),
        );
        expect(others).toEqual([]);
        expect(
          situation.invoices
            .filter(({ invoiceId }) => chosen.has(invoiceId))
            .every((one) => one.customerId === paid?.customerId),
        ).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
