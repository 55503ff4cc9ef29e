import { fullYear, statementDate } from '../statement-date.ts';
import type { CsvMapping } from './csv-mapping.ts';

/** Reads a day as the mapping says it is written, or `null`. Days and months may lack their zero where signs stand between. */
export function csvDate(text: string, format: CsvMapping['dateFormat']): string | null {
  const pattern = format
    .replaceAll('.', '\\.')
    .replace('YYYY', '(?<year>\\d{4})')
    .replace('YY', '(?<short>\\d{2})')
    .replace('MM', format === 'YYYYMMDD' ? '(?<month>\\d\\d)' : '(?<month>\\d{1,2})')
    .replace('DD', format === 'YYYYMMDD' ? '(?<day>\\d\\d)' : '(?<day>\\d{1,2})');
  const { year, short = '', month = '', day = '' } = new RegExp(`^${pattern}$`).exec(text)?.groups ?? {};
  return statementDate(year ?? fullYear(short), month, day);
}
