import type { Customer, PayerProfile } from './customer.ts';
import { type PayerFigures, payerFigures } from './payer-figures.ts';
import { closedInTheYearTo } from './payer-history.ts';
import type { ClosedInvoice, DerivedProfile } from './payer-record.ts';

/** PROPOSAL: with fewer closed invoices than this in twelve months, a debtor is not judged by them. */
const INVOICES_NEEDED = 3;

/** PROPOSAL: from this many days late on average on, a debtor lives on the creditor's cash: "gains weeks or months". */
const BAD_PAYER_FROM_DAYS = 30;

/** PROPOSAL: from this many broken promises on, word is no longer taken for money, unless more were kept than broken. */
const BROKEN_PROMISES_NEEDED = 2;

/** PROPOSAL: who pays this share of the invoices, or more, only after a notice waits to be chased. */
const NEGLIGENT_FROM_PERCENT = 50;

/** PROPOSAL: a good payer pays within so many days on average: the bank's own delay and a week-end. */
const GOOD_PAYER_UP_TO_DAYS = 3;

/** PROPOSAL: and needs a notice for no larger share of the invoices than this. */
const GOOD_PAYER_UP_TO_PERCENT = 10;

/** PROPOSAL: who disputes this share of the invoices, or more, does so systematically, rightly or not. */
const DISPUTING_FROM_PERCENT = 50;

/** PROPOSAL: the share is lower when at least half of the disputes were unfounded. */
const DISPUTING_UNFOUNDED_FROM_PERCENT = 30;

/** The sentences that tell the figures, by what they are about. */
interface Sentences {
  readonly lateness: string | null;
  readonly notices: string | null;
  readonly promises: string | null;
  readonly disputes: string | null;
  readonly automatic: string | null;
}

/** The profiles that follow from figures, the first that fits winning, each with the sentences that decide it. */
const RULES: readonly {
  readonly profile: PayerProfile;
  readonly fits: (figures: PayerFigures) => boolean;
  readonly decidedBy: readonly (keyof Sentences)[];
}[] = [
  { profile: 'automatic', fits: isAutomatic, decidedBy: ['automatic'] },
  { profile: 'disputing', fits: isDisputing, decidedBy: ['disputes'] },
  { profile: 'bad-payer', fits: paysWeeksLate, decidedBy: ['lateness'] },
  { profile: 'bad-payer', fits: breaksPromises, decidedBy: ['promises'] },
  { profile: 'negligent', fits: waitsForNotices, decidedBy: ['notices'] },
  { profile: 'good-payer', fits: paysOnTime, decidedBy: ['lateness', 'notices'] },
];

/**
 * The profile of a debtor as it follows from how they paid over the twelve months before a date, with the sentences that say why, the deciding ones first.
 *
 * A public body is `administrative`, whatever it paid: its circuit makes the delay. A natural person has none: that would be scoring. Nobody is found `insolvent` by dates:
 * that somebody cannot pay is for a person to say.
 *
 * @param on the date it is worked out on; invoices that closed later do not count
 * @returns null when there is too little history, or when it fits no profile: then the ladder of the policy goes as it is
 * @see "Recouvrement de factures", etrepaye.fr, for the seven profiles; what they are told by is a PROPOSAL
 */
export function deriveProfile(
  closed: readonly ClosedInvoice[],
  customer: Pick<Customer, 'kind'>,
  on: string,
): DerivedProfile | null {
  if (customer.kind === 'consumer') return null;
  const figures = payerFigures(closedInTheYearTo(closed, on));
  const sentences = sentencesOf(figures);
  if (customer.kind === 'public') {
    return { profile: 'administrative', reasons: ['is a public body', ...tellingFirst(sentences, [])], on };
  }
  const rule = RULES.find(({ fits }) => fits(figures));
  return rule ? { profile: rule.profile, reasons: tellingFirst(sentences, rule.decidedBy), on } : null;
}

/** One automatic payment is enough: it was agreed, and does not depend on how diligent the debtor is. One that needed a notice was refused by the bank. */
function isAutomatic({ paid, paidAutomatically, paidAfterNotice }: PayerFigures): boolean {
  return paid > 0 && paidAutomatically === paid && paidAfterNotice === 0;
}

function isDisputing({ invoices, disputed, disputes, disputesUnfounded }: PayerFigures): boolean {
  const isMostlyUnfounded = disputesUnfounded * 2 >= disputes;
  const fromPercent = isMostlyUnfounded ? DISPUTING_UNFOUNDED_FROM_PERCENT : DISPUTING_FROM_PERCENT;
  return invoices >= INVOICES_NEEDED && disputed * 100 >= fromPercent * invoices;
}

function paysWeeksLate({ paid, averageDaysLate }: PayerFigures): boolean {
  return paid >= INVOICES_NEEDED && averageDaysLate !== null && averageDaysLate >= BAD_PAYER_FROM_DAYS;
}

function breaksPromises({ invoices, promisesKept, promisesBroken }: PayerFigures): boolean {
  return invoices >= INVOICES_NEEDED && promisesBroken >= BROKEN_PROMISES_NEEDED && promisesBroken >= promisesKept;
}

function waitsForNotices({ paid, paidAfterNotice }: PayerFigures): boolean {
  return paid >= INVOICES_NEEDED && paidAfterNotice * 100 >= NEGLIGENT_FROM_PERCENT * paid;
}

function paysOnTime({ paid, averageDaysLate, paidAfterNotice }: PayerFigures): boolean {
  const isOnTime = averageDaysLate !== null && averageDaysLate <= GOOD_PAYER_UP_TO_DAYS;
  return paid >= INVOICES_NEEDED && isOnTime && paidAfterNotice * 100 <= GOOD_PAYER_UP_TO_PERCENT * paid;
}

function sentencesOf(figures: PayerFigures): Sentences {
  const { invoices, paid, averageDaysLate, paidAfterNotice, paidAutomatically } = figures;
  const { promisesKept, promisesBroken, disputed, disputes, disputesUnfounded } = figures;
  const promises = promisesKept + promisesBroken;
  const weighting = figures.isWeightedByAmount
    ? 'weighted by amount'
    : 'each invoice counted alike, since currencies differ';
  return {
    lateness:
      averageDaysLate === null
        ? null
        : `paid ${counted(averageDaysLate, 'day')} late on average, ${weighting}, over ${counted(paid, 'invoice')} in 12 months`,
    notices: paid === 0 ? null : `paid ${paidAfterNotice} of ${counted(paid, 'invoice')} only after a notice`,
    promises: promises === 0 ? null : `kept ${promisesKept} of ${counted(promises, 'promise')} to pay`,
    disputes:
      disputes === 0
        ? null
        : `disputed ${disputed} of ${counted(invoices, 'invoice')}, and ${disputesUnfounded} of ${counted(disputes, 'dispute')} proved unfounded`,
    automatic:
      paidAutomatically === 0 ? null : `paid ${paidAutomatically} of ${counted(paid, 'invoice')} automatically`,
  };
}

/** All sentences there are, those that decide first. */
function tellingFirst(sentences: Sentences, decidedBy: readonly (keyof Sentences)[]): string[] {
  const { lateness, notices, promises, disputes, automatic } = sentences;
  const inOrder = [...decidedBy.map((key) => sentences[key]), lateness, notices, promises, disputes, automatic];
  return [...new Set(inOrder)].filter((sentence) => sentence !== null);
}

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
