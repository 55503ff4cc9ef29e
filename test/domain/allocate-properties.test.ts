import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AllocationTerms, allocate } from '../../lib/domain/allocate.ts';
import { addCalendarDays } from '../../lib/domain/calendar/business-day.ts';
import type { CaseFile } from '../../lib/domain/case-file.ts';
import { outstandingMinor, receivedMinor } from '../../lib/domain/dunning-case.ts';
import { earlyPaymentDiscountMinor } from '../../lib/domain/early-payment-discount.ts';
import { forgivenRest } from '../../lib/domain/forgiven-rest.ts';
import { interestStatement } from '../../lib/domain/interest/interest-statement.ts';
import { REGIMES } from '../../lib/domain/interest/regimes.ts';
import { RATES } from '../../lib/generated/rates.ts';
import { anInvoice } from '../support/builders.ts';
import { aCase } from '../support/case-builders.ts';
import { aPayment } from '../support/ledger-writes.ts';

/** Money or a credit note for an invoice due on 30 January 2026: `day` is its value date, counted from 1 January. */
interface Fact {
  readonly kind: 'payment' | 'credit';
  readonly amountMinor: number;
  readonly day: number;
}

interface World {
  readonly totalMinor: number;
  readonly percent: string | null;
  readonly isInterestFirst: boolean;
  readonly toleranceMinor: number;
  readonly facts: readonly Fact[];
}

const amount = (totalMinor: number) =>
  fc.oneof(
    fc.integer({ min: 1, max: totalMinor + 5_000 }),
    fc.integer({ min: 0, max: 110 }).map((missing) => Math.max(1, totalMinor - missing)),
    fc.integer({ min: 1, max: 200 }),
  );

const world: fc.Arbitrary<World> = fc.integer({ min: 1, max: 200_000 }).chain((totalMinor) =>
  fc.record({
    totalMinor: fc.constant(totalMinor),
    percent: fc.option(fc.constantFrom('0.5', '2', '2.75', '40.0')),
    isInterestFirst: fc.boolean(),
    toleranceMinor: fc.constantFrom(0, 1, 100, 3_000),
    facts: fc.array(
      fc.record({
        kind: fc.constantFrom('payment', 'payment', 'payment', 'credit'),
        amountMinor: amount(totalMinor),
        day: fc.integer({ min: 0, max: 300 }),
      }),
      { maxLength: 8 },
    ),
  }),
);

const UNTIL = '2026-01-15';

function opened({ totalMinor, percent }: World): CaseFile {
  const earlyPaymentDiscount = percent === null ? undefined : { until: UNTIL, percent };
  return { dunningCase: aCase({ invoice: anInvoice({ totalMinor, earlyPaymentDiscount }) }), claims: [], payments: [] };
}

function accruedOn({ dunningCase, payments }: CaseFile, until: string) {
  const { totalMinor: principalMinor, currency, dueOn } = dunningCase.invoice;
  const creditedMinor = dunningCase.creditedMinor + dunningCase.writtenOffMinor;
  const claim = { principalMinor, currency, dueOn, until, payments, creditedMinor, regime: REGIMES['fr-business'] };
  return interestStatement(claim, RATES);
}

function termsOn(file: CaseFile, valueOn: string, { isInterestFirst, toleranceMinor }: World): AllocationTerms {
  if (!isInterestFirst) return { toleranceMinor, unpaidCharges: { compensationMinor: 0, interestMinor: 0 } };
  const { totalMinor, compensationMinor } = accruedOn(file, valueOn);
  const { paidInterestMinor, paidCompensationMinor } = file.dunningCase;
  return {
    toleranceMinor,
    unpaidCharges: {
      interestMinor: Math.max(0, totalMinor - paidInterestMinor),
      compensationMinor: Math.max(0, compensationMinor - paidCompensationMinor),
    },
  };
}

const dayOf = ({ day }: Fact) => addCalendarDays('2026-01-01', day);

/** The case after money came, and what no invoice took of it. */
function paid(file: CaseFile, fact: Fact, told: World): { file: CaseFile; leftMinor: number } {
  const valueOn = dayOf(fact);
  const { amountMinor } = fact;
  const taken = allocate(file, { amountMinor, currency: 'EUR', valueOn }, termsOn(file, valueOn, told));
  const { principalMinor, interestMinor, compensationMinor, discountMinor, toleratedMinor } = taken.parts;
  expect(taken.appliedMinor + taken.unappliedMinor).toBe(amountMinor);
  expect(principalMinor + interestMinor + compensationMinor).toBe(taken.appliedMinor);
  const before = file.dunningCase;
  const dunningCase = {
    ...before,
    paidMinor: before.paidMinor + principalMinor,
    paidInterestMinor: before.paidInterestMinor + interestMinor,
    paidCompensationMinor: before.paidCompensationMinor + compensationMinor,
    creditedMinor: before.creditedMinor + discountMinor,
    writtenOffMinor: before.writtenOffMinor + toleratedMinor,
  };
  const payments = [...file.payments, aPayment({ valueOn, amountMinor: principalMinor })];
  return { file: { ...file, dunningCase: closedWhenPaid(dunningCase), payments }, leftMinor: taken.unappliedMinor };
}

function credited(file: CaseFile, fact: Fact, told: World): CaseFile {
  const { dunningCase } = file;
  const applied = Math.min(fact.amountMinor, outstandingMinor(dunningCase));
  const after = { ...file, dunningCase: { ...dunningCase, creditedMinor: dunningCase.creditedMinor + applied } };
  const { toleranceMinor, unpaidCharges } = termsOn(file, dayOf(fact), told);
  const unpaidMinor = unpaidCharges.compensationMinor + unpaidCharges.interestMinor;
  const forgiven = forgivenRest(after, { toleranceMinor, unpaidMinor });
  const closed = {
    ...after.dunningCase,
    creditedMinor: after.dunningCase.creditedMinor + forgiven.discountMinor,
    writtenOffMinor: after.dunningCase.writtenOffMinor + forgiven.toleratedMinor,
  };
  return { ...file, dunningCase: closedWhenPaid(closed) };
}

function closedWhenPaid(dunningCase: CaseFile['dunningCase']): CaseFile['dunningCase'] {
  return outstandingMinor(dunningCase) === 0 ? { ...dunningCase, standing: 'settled' } : dunningCase;
}

/** Lets the facts happen in their order; `see` looks at each step. */
function live(told: World, see: (step: { before: CaseFile; after: CaseFile; fact: Fact }) => void = () => {}) {
  let file = opened(told);
  let leftMinor = 0;
  for (const fact of told.facts) {
    const before = file;
    if (fact.kind === 'payment') {
      const after = paid(file, fact, told);
      file = after.file;
      leftMinor += after.leftMinor;
    } else if (file.dunningCase.standing === 'open') file = credited(file, fact, told);
    see({ before, after: file, fact });
  }
  return { file, leftMinor };
}

const RUNS = { numRuns: 2_000 };

describe('whatever money and credit notes come for an invoice', () => {
  it('not a cent is lost: what came is what it paid and what is left, what was billed is paid, credited, given up or owed', () => {
    fc.assert(
      fc.property(world, (told) => {
        const { file, leftMinor } = live(told);
        const { dunningCase } = file;
        const came = told.facts.reduce((sum, { kind, amountMinor }) => sum + (kind === 'payment' ? amountMinor : 0), 0);
        expect(receivedMinor(dunningCase) + leftMinor).toBe(came);
        const { paidMinor, creditedMinor, writtenOffMinor, invoice } = dunningCase;
        const outstanding = outstandingMinor(dunningCase);
        expect(paidMinor + creditedMinor + writtenOffMinor + outstanding).toBe(invoice.totalMinor);
        expect(file.payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(paidMinor);
      }),
      RUNS,
    );
  });

  it('no payment pays more of charges than was accrued by its value date, and none of them where the principal comes first', () => {
    fc.assert(
      fc.property(world, (told) => {
        live(told, ({ before, after, fact }) => {
          const { totalMinor, compensationMinor } = accruedOn(before, dayOf(fact));
          const [was, is] = [before.dunningCase, after.dunningCase];
          expect(is.paidInterestMinor).toBeLessThanOrEqual(Math.max(was.paidInterestMinor, totalMinor));
          expect(is.paidCompensationMinor).toBeLessThanOrEqual(Math.max(was.paidCompensationMinor, compensationMinor));
          if (!told.isInterestFirst) expect(is.paidInterestMinor + is.paidCompensationMinor).toBe(0);
        });
      }),
      RUNS,
    );
  });

  it('nothing is given up but a rest, which then is gone: a discount of at most its percentage and a rounding, or a rest within the tolerance', () => {
    fc.assert(
      fc.property(world, (told) => {
        live(told, ({ before, after, fact }) => {
          const [was, is] = [before.dunningCase, after.dunningCase];
          const writtenOff = is.writtenOffMinor - was.writtenOffMinor;
          expect(writtenOff).toBeLessThanOrEqual(told.toleranceMinor);
          if (writtenOff > 0) expect(outstandingMinor(is)).toBe(0);
          if (fact.kind === 'credit') return;
          const discount = is.creditedMinor - was.creditedMinor;
          const baseMinor = is.invoice.totalMinor - was.creditedMinor;
          if (discount === 0) return;
          expect(discount).toBeLessThanOrEqual(earlyPaymentDiscountMinor(baseMinor, told.percent ?? '0') + 1);
          expect(dayOf(fact) <= UNTIL).toBe(true);
          expect(outstandingMinor(is)).toBe(0);
        });
      }),
      RUNS,
    );
  });

  it('whoever pays a cent more owes no more for it', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 1, max: 210_000 }), fc.nat(300), (told, amountMinor, day) => {
        const { file } = live(told);
        const owedAfter = (paidMinor: number) =>
          outstandingMinor(paid(file, { kind: 'payment', amountMinor: paidMinor, day }, told).file.dunningCase);
        expect(owedAfter(amountMinor + 1)).toBeLessThanOrEqual(owedAfter(amountMinor));
      }),
      RUNS,
    );
  });

  it('what is owed in the end does not depend on the order in which payments arrive, where the principal comes first', () => {
    fc.assert(
      fc.property(world, (told) => {
        const facts = told.facts.filter(({ kind }) => kind === 'payment');
        const inOrder = { ...told, isInterestFirst: false, toleranceMinor: 0, facts };
        const isEarly = facts.every((fact) => dayOf(fact) <= UNTIL) || told.percent === null;
        fc.pre(isEarly);
        const turned = { ...inOrder, facts: facts.toReversed() };
        expect(outstandingMinor(live(turned).file.dunningCase)).toBe(outstandingMinor(live(inOrder).file.dunningCase));
      }),
      RUNS,
    );
  });

  it('what a payment and a credit note leave does not depend on which came first', () => {
    const pair = fc.tuple(fc.integer({ min: 1, max: 120_000 }), fc.integer({ min: 1, max: 120_000 }), fc.nat(30));
    fc.assert(
      fc.property(pair, fc.constantFrom('2', '0.75'), ([paidMinor, creditMinor, day], percent) => {
        fc.pre(paidMinor + creditMinor < 120_000);
        const payment: Fact = { kind: 'payment', amountMinor: paidMinor, day };
        const credit: Fact = { kind: 'credit', amountMinor: creditMinor, day };
        const told = { totalMinor: 120_000, percent, isInterestFirst: false, toleranceMinor: 0 };
        const one = outstandingMinor(live({ ...told, facts: [payment, credit] }).file.dunningCase);
        const other = outstandingMinor(live({ ...told, facts: [credit, payment] }).file.dunningCase);
        expect(one).toBe(other);
      }),
      RUNS,
    );
  });
});
