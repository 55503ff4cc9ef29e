import { shown } from '../../fault.ts';
import type { Reading } from '../statement.ts';
import { statementAmount } from '../statement-amount.ts';
import { fullYear, nearestDate, statementDate } from '../statement-date.ts';
import { givenReference } from '../statement-text.ts';
import type { Mt940Field } from './mt940-fields.ts';

/** What a `:61:` says. */
export interface StatementLine {
  readonly valueOn: string;
  readonly bookedOn: string;
  readonly movement: 'credit' | 'debit';
  /** It takes a booking of the other direction back. */
  readonly isReversal: boolean;
  readonly isExpected: boolean;
  readonly amountMinor: number;
  readonly chargesMinor: number;
  readonly customerReference: string | undefined;
  readonly bankReference: string | undefined;
  readonly supplement: string;
}

/**
 * Value date, day of booking, mark, third letter of the currency, amount, type, and the two references. Some banks leave the comma of a whole amount out, or
 * write blanks for the day of booking and in the type; a wrong amount would not pass the balances.
 */
const LINE =
  /^(?<value>\d{6})(?<booked>\d{4}| {4})?(?<mark>R[CD]|E[CD]|[CD])[A-Z]?(?<amount>\d{1,20}(?:,\d{0,15})?)(?<type>[NSF].{3})(?<references>.*)$/;

/** Reads a `:61:` in an account's currency: what is not written as SWIFT has it refuses the file. */
export function readStatementLine({ lines, line }: Mt940Field, currency: string): Reading<StatementLine> {
  const fault = (detail: string): Reading<never> => ({ ok: false, fault: { line, detail: `:61: ${detail}` } });
  const [first = '', ...supplements] = lines;
  const parts = LINE.exec(first.trimEnd())?.groups;
  if (!parts) return fault(`must be date, mark, amount and type as SWIFT writes them, not ${shown(first)}`);
  const { value = '', booked = '', mark = '', amount: figure = '', type = '', references = '' } = parts;
  const valueOn = valueDate(value);
  const bookedOn = valueOn === null || booked.trim() === '' ? valueOn : nearestDate(booked, valueOn);
  if (valueOn === null || bookedOn === null) return fault(`must have days that exist, not ${value}${booked}`);
  const amount = statementAmount(figure.replace(/,$/, '').replace(',', '.'), currency);
  if (!amount.ok) return fault(amount.detail);
  const separator = references.indexOf('//');
  const supplement = supplements.join('');
  const isCredit = mark === 'C' || mark === 'RD' || mark === 'EC';
  return {
    ok: true,
    value: {
      valueOn,
      bookedOn,
      movement: isCredit ? 'credit' : 'debit',
      isReversal: mark.startsWith('R') || type === 'NRTI',
      isExpected: mark.startsWith('E'),
      amountMinor: amount.amountMinor,
      chargesMinor: chargesOf(supplement, currency, amount.amountMinor),
      customerReference: givenReference(separator === -1 ? references : references.slice(0, separator)),
      bankReference: separator === -1 ? undefined : givenReference(references.slice(separator + 2)),
      supplement,
    },
  };
}

/** German banks count interest in months of 30 days, so that money may have its value on 30 February: that is the last of the month. */
function valueDate(text: string): string | null {
  const isThirtieth = /^\d\d02(?:29|30)$/.test(text);
  return (
    swiftDate(text) ?? (isThirtieth ? (swiftDate(`${text.slice(0, 4)}29`) ?? swiftDate(`${text.slice(0, 4)}28`)) : null)
  );
}

/** A date `YYMMDD`. */
export function swiftDate(text: string): string | null {
  const [, year = '', month = '', day = ''] = /^(\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  return statementDate(fullYear(year), month, day);
}

/** German banks write the amount first instructed and the charges of a return: `/OCMT/EUR100,00//CHGS/EUR3,50/`. */
function chargesOf(supplement: string, currency: string, bookedMinor: number): number {
  const instructed = new RegExp(`/OCMT/${currency}(\\d{1,15}),(\\d{0,3})`).exec(supplement);
  const amount = instructed ? statementAmount(`${instructed[1]}.${instructed[2]}`, currency) : null;
  if (!amount?.ok || amount.amountMinor === 0) return 0;
  return Math.max(0, bookedMinor - amount.amountMinor);
}
