import { invalidRequest, type Problem, problem } from '../contracts/problem.ts';
import { parseCsvMapping } from '../contracts/statements/csv/parse-csv-mapping.ts';
import type { StatementFile } from '../contracts/statements/parse-statement.ts';
import { STATEMENT_BYTES_MAX, STATEMENT_SPLIT_CURE } from '../contracts/statements/statement-limits.ts';

/**
 * What each media type says of the file. `isText`: the gateway takes the body for UTF-8 and puts U+FFFD in the place of what is not.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html (read 2026-11-25)
 */
const MEDIA_TYPES: Readonly<Record<string, { format: StatementFile['format'] | 'any'; isText: boolean }>> = {
  'application/xml': { format: 'camt', isText: true },
  'text/xml': { format: 'camt', isText: true },
  'text/x-mt940': { format: 'mt940', isText: true },
  'application/x-mt940': { format: 'mt940', isText: false },
  'text/csv': { format: 'csv', isText: true },
  'application/octet-stream': { format: 'any', isText: false },
};

/** A file of the bank as it was posted, or the problem it has. */
export type ReadStatementFile =
  | { readonly ok: true; readonly file: StatementFile }
  | { readonly ok: false; readonly problem: Problem };

/**
 * Reads the body of `POST /bank-statements`, which is the file itself: 415 for another media type, 413 over 5 MB, 422 when characters were lost on the way or a CSV comes
 * without a mapping. What the file says is not looked at.
 *
 * @param mapping the query parameter of that name
 */
export async function readStatementFile(request: Request, mapping: string | undefined): Promise<ReadStatementFile> {
  const media = mediaOf(request.headers);
  if ('problem' in media) return { ok: false, problem: media.problem };
  const bytes = new Uint8Array(await request.arrayBuffer());
  const refused = sizeProblem(bytes) ?? (media.isText ? lostProblem(bytes) : null);
  if (refused) return { ok: false, problem: refused };
  const format = media.format === 'any' ? guessedFormat(bytes, mapping) : media.format;
  if (format !== 'csv') return { ok: true, file: { format, bytes } };
  const parsed = parseCsvMapping(mapping);
  if (!parsed.ok) return { ok: false, problem: invalidRequest(parsed.errors) };
  return { ok: true, file: { format, bytes, csvMapping: parsed.value } };
}

function mediaOf(headers: Headers): (typeof MEDIA_TYPES)[string] | { problem: Problem } {
  const type = headers.get('content-type') ?? '';
  const name = type.split(';')[0]?.trim().toLowerCase() ?? '';
  const encoding = headers.get('content-encoding') ?? 'identity';
  const media = Object.hasOwn(MEDIA_TYPES, name) ? MEDIA_TYPES[name] : undefined;
  if (media && encoding === 'identity') return media;
  const got = media ? `content-encoding ${encoding}` : `content-type ${type || 'missing'}`;
  const taken = `${Object.keys(MEDIA_TYPES).join(', ')}`;
  const advice = `Send the file itself as the body, not as a form and not compressed, as one of ${taken}`;
  return { problem: problem('unsupported-media-type', `${advice}; got ${got.slice(0, 100)}.`) };
}

function sizeProblem({ byteLength }: Uint8Array): Problem | null {
  if (byteLength <= STATEMENT_BYTES_MAX) return null;
  const taken = `at most ${STATEMENT_BYTES_MAX} are taken`;
  return problem('too-large', `The file has ${byteLength} bytes; ${taken}: ${STATEMENT_SPLIT_CURE}.`);
}

/** A file in another encoding than UTF-8 arrives damaged under a media type of text: a name, or the digits beside it, may be gone. */
function lostProblem(bytes: Uint8Array): Problem | null {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf('\u{fffd}');
  if (at < 0) return null;
  const detail = 'holds characters that are not UTF-8 and were lost on the way: send it as application/octet-stream';
  return invalidRequest([{ pointer: '', detail }]);
}

/** XML begins with `<`, whatever its encoding; a CSV is one that comes with a mapping. */
function guessedFormat(bytes: Uint8Array, mapping: string | undefined): StatementFile['format'] {
  if (mapping !== undefined) return 'csv';
  const blank = [0x00, 0x09, 0x0a, 0x0d, 0x20, ...[0xef, 0xbb, 0xbf], ...[0xfe, 0xff]];
  return bytes.find((byte) => !blank.includes(byte)) === 0x3c ? 'camt' : 'mt940';
}
