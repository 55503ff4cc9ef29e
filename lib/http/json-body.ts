import { type Problem, problem } from '../contracts/problem.ts';

/** The largest body taken, in bytes as they came. */
const BODY_BYTES_MAX = 256 * 1024;

/**
 * A body that is JSON, or the problem it has: 415 for another media type, 413 over 256 KiB, 400 when it is not JSON.
 */
export type JsonBody =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: Problem };

/** Reads the JSON body of a request; see {@link parseJsonBody}. */
export async function readJsonBody(request: Request): Promise<JsonBody> {
  return parseJsonBody(request.headers, new Uint8Array(await request.arrayBuffer()));
}

/** Reads a body that was taken already; tells the first thing that is wrong with it as a whole. */
export function parseJsonBody(headers: Headers, bytes: Uint8Array): JsonBody {
  const refused = mediaProblem(headers) ?? sizeProblem(bytes);
  return refused ? { ok: false, problem: refused } : parseJson(bytes);
}

function mediaProblem(headers: Headers): Problem | null {
  const type = headers.get('content-type') ?? '';
  const isJson = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?;?\s*$/i.test(type);
  const encoding = headers.get('content-encoding') ?? 'identity';
  if (isJson && encoding === 'identity') return null;
  const got = isJson ? `content-encoding ${encoding}` : `content-type ${type || 'missing'}`;
  return problem('unsupported-media-type', `Send application/json in UTF-8, not compressed; got ${got.slice(0, 100)}.`);
}

function sizeProblem(bytes: Uint8Array): Problem | null {
  if (bytes.byteLength <= BODY_BYTES_MAX) return null;
  return problem('too-large', `The body has ${bytes.byteLength} bytes; at most ${BODY_BYTES_MAX} are taken.`);
}

function parseJson(bytes: Uint8Array): JsonBody {
  try {
    return { ok: true, value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch (error) {
    // JSON.parse says where in its message: a position, or the text around the place.
    const where = error instanceof SyntaxError ? error.message : 'it holds bytes that are not UTF-8';
    return { ok: false, problem: problem('malformed-body', `The body is not JSON: ${where}.`) };
  }
}
