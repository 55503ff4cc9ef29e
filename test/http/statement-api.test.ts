import { describe, expect, it } from 'vitest';
import { parseStatement } from '../../lib/contracts/statements/parse-statement.ts';
import { callFrom, requestFrom } from '../../lib/http/api-gateway.ts';
import { createStatementApi, type StatementUseCases } from '../../lib/http/statement-api.ts';
import { answerOf, statementApiWith } from './fake-use-cases.ts';

const MAPPING = {
  delimiter: ';',
  decimalSeparator: ',',
  dateFormat: 'DD/MM/YYYY',
  hasHeader: true,
  columns: { bookedOn: 'Date', amount: 'Montant' },
  currency: 'EUR',
  account: 'FR7630006000011234567890189',
};
const MAPPED = `/bank-statements?mapping=${encodeURIComponent(JSON.stringify(MAPPING))}`;
const IGNORED = { debits: 2, returnedDebits: 0, totals: 0, empty: 0, notBooked: 1 };

const posted = (type: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { 'content-type': type, ...headers },
  body,
});

describe('POST /bank-statements', () => {
  it.each([
    ['application/xml', '<Document/>', '/bank-statements', 'camt'],
    ['text/xml; charset=utf-8', '<Document/>', '/bank-statements', 'camt'],
    ['text/x-mt940', ':20:1', '/bank-statements', 'mt940'],
    ['Application/X-MT940', ':20:1', '/bank-statements', 'mt940'],
    ['text/csv', 'Date;Montant', MAPPED, 'csv'],
    ['application/octet-stream', '\u{feff}\r\n<?xml version="1.0"?>', '/bank-statements', 'camt'],
    ['application/octet-stream', ':20:1', '/bank-statements', 'mt940'],
    ['application/octet-stream', 'Date;Montant', MAPPED, 'csv'],
  ])('takes %s that begins with %j at %s for %s', async (type, text, path, format) => {
    const api = statementApiWith();
    const bytes = new TextEncoder().encode(text);
    expect((await api.request(path, posted(type, bytes))).status).toBe(200);
    const file = { format, bytes, ...(format === 'csv' && { csvMapping: MAPPING }) };
    const input = { file, at: '2026-10-01T09:00:00.000Z', actor: 'anne' };
    expect(api.asked).toEqual([{ useCase: 'importStatement', input }]);
  });

  it('answers one result per entry, and how much was no payment of a debtor', async () => {
    const entries = [
      {
        transactionId: 'T-1',
        result: 'matched' as const,
        rule: 'payment-reference',
        why: 'It names it.',
        invoiceIds: ['INV-1'],
      },
      { transactionId: 'T-2', result: 'unapplied' as const, rule: null, why: null, invoiceIds: [] },
    ];
    const api = statementApiWith({ importStatement: async () => ({ entries, ignored: IGNORED }) });
    expect(await answerOf(await api.request('/bank-statements', posted('text/xml', '<Document/>')))).toEqual({
      status: 200,
      type: 'application/json',
      body: { entries, ignored: IGNORED },
    });
  });

  it('says on which line a file is broken of which nothing was taken', async () => {
    const fault = { line: 12, column: 5, path: '/Document/Stmt', detail: 'must be closed' };
    const api = statementApiWith({ importStatement: async () => ({ fault }) });
    expect(await answerOf(await api.request('/bank-statements', posted('text/xml', '<Document>')))).toMatchObject({
      status: 422,
      type: 'application/problem+json',
      body: { errors: [{ ...fault, pointer: '', detail: 'line 12, column 5, /Document/Stmt: must be closed' }] },
    });
    const plain = statementApiWith({ importStatement: async () => ({ fault: { line: 3, detail: 'is empty' } }) });
    const { body } = await answerOf(await plain.request('/bank-statements', posted('text/x-mt940', 'x')));
    expect(body).toMatchObject({ errors: [{ pointer: '', detail: 'line 3: is empty', line: 3 }] });
  });

  it.each([
    ['multipart/form-data; boundary=x'],
    ['application/json'],
    ['text/plain'],
    ['application/pdf'],
    ['constructor'],
    ['text/xmlx'],
  ])('refuses %s and says what to send instead', async (type) => {
    const api = statementApiWith();
    const answer = await answerOf(await api.request('/bank-statements', posted(type, 'x')));
    expect(answer.status).toBe(415);
    const { detail } = answer.body as { detail: string };
    expect(detail).toContain('the file itself');
    expect(detail).toContain('text/csv');
    expect(detail).toContain(type);
    expect(api.asked).toEqual([]);
  });

  it('refuses a file without a media type, and one that is compressed', async () => {
    const bytes = new TextEncoder().encode('<Document/>');
    const nameless = { method: 'POST', body: bytes };
    expect((await statementApiWith().request('/bank-statements', nameless)).status).toBe(415);
    const zipped = posted('text/xml', bytes, { 'content-encoding': 'gzip' });
    expect((await statementApiWith().request('/bank-statements', zipped)).status).toBe(415);
  });

  it('takes 5 MB and not one byte more', async () => {
    const answerTo = async (size: number) =>
      answerOf(
        await statementApiWith().request('/bank-statements', posted('text/xml', new Uint8Array(size).fill(0x20))),
      );
    expect(await answerTo(5 * 1024 * 1024)).toMatchObject({ status: 200 });
    const detail = expect.stringContaining('send it in parts, each of whole days of an account');
    expect(await answerTo(5 * 1024 * 1024 + 1)).toMatchObject({ status: 413, body: { detail } });
  });
});

describe('the mapping of a CSV', () => {
  const mappedBy = (mapping: string) => `/bank-statements?mapping=${encodeURIComponent(mapping)}`;

  it.each([
    ['none', '/bank-statements', ['/mapping']],
    ['words', mappedBy('columns: 1'), ['/mapping']],
    ['a number', mappedBy('1'), ['/mapping']],
    [
      'one with faults',
      mappedBy(JSON.stringify({ ...MAPPING, delimiter: 'x', columns: { amount: 0 } })),
      ['/mapping/delimiter', '/mapping/columns/bookedOn', '/mapping/columns/amount'],
    ],
  ])('refuses %s with its place', async (_, path, pointers) => {
    const api = statementApiWith();
    const { status, body } = await answerOf(await api.request(path, posted('text/csv', 'x')));
    const { errors } = body as { errors: { pointer: string }[] };
    expect([status, errors.map(({ pointer }) => pointer)]).toEqual([422, pointers]);
    expect(api.asked).toEqual([]);
  });
});

describe('a file that is not UTF-8', () => {
  const NAMED = { ...MAPPING, columns: { ...MAPPING.columns, debtorName: 'Nom' } };
  const LATIN1 = Buffer.from('Date;Montant;Nom\n02/11/2026;10,00;Société', 'latin1');

  /** As the gateway hands a body on: text in UTF-8, with U+FFFD in the place of what is not; any other in base64. */
  async function throughGateway(type: string, isText: boolean) {
    const event = {
      routeKey: 'POST /bank-statements',
      rawPath: '/bank-statements',
      rawQueryString: `mapping=${encodeURIComponent(JSON.stringify(NAMED))}`,
      headers: { 'content-type': type },
      requestContext: {
        http: { method: 'POST' },
        timeEpoch: 0,
        authorizer: { jwt: { claims: { scope: 'relance/finance' } } },
      },
      body: LATIN1.toString(isText ? 'utf8' : 'base64'),
      isBase64Encoded: !isText,
    };
    const names: (string | undefined)[] = [];
    const importStatement: StatementUseCases['importStatement'] = async ({ file }) => {
      const read = parseStatement(file);
      if (read.ok) names.push(...read.entries.map(({ debtorName }) => debtorName));
      return { entries: [], ignored: IGNORED };
    };
    const api = createStatementApi({ importStatement }, () => undefined);
    const response = await api.fetch(requestFrom(event), callFrom(event));
    return { status: response.status, names };
  }

  it('is refused as text, because the gateway has lost characters of it', async () => {
    expect(await throughGateway('text/csv', true)).toEqual({ status: 422, names: [] });
  });

  it('is whole as application/octet-stream', async () => {
    expect(await throughGateway('application/octet-stream', false)).toEqual({ status: 200, names: ['Société'] });
  });
});
