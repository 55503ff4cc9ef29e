import type { Fault } from './fault.ts';

/**
 * What can go wrong with a request, by the last part of its problem type, with the HTTP status and the title it has.
 */
const PROBLEMS = {
  'malformed-body': { status: 400, title: 'The body is not JSON' },
  unauthenticated: { status: 401, title: 'Who is asking is not known' },
  forbidden: { status: 403, title: 'The token lacks the scope of this route' },
  'not-found': { status: 404, title: 'There is nothing here' },
  conflict: { status: 409, title: 'The id is taken by another body' },
  'state-conflict': { status: 409, title: 'The state of things does not allow it' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is of a media type this route does not take' },
  'invalid-request': { status: 422, title: 'The request breaks the contract' },
  defect: { status: 500, title: 'The server met a defect' },
  unavailable: { status: 503, title: 'The server cannot do this now' },
} as const;

/** See {@link PROBLEMS}. */
export type ProblemKind = keyof typeof PROBLEMS;

/** An RFC 9457 problem; `errors` names every fault of a request that breaks the contract. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly Fault[];
}

/** Builds the problem of this kind; `detail` is a sentence about this very request. */
export function problem(kind: ProblemKind, detail: string, errors?: readonly Fault[]): Problem {
  const { title, status } = PROBLEMS[kind];
  return { type: `urn:problem-type:relance:${kind}`, title, status, detail, ...(errors && { errors }) };
}

/** The problem of a body with these faults. */
export function invalidRequest(errors: readonly Fault[]): Problem {
  const places = errors.length === 1 ? '1 fault' : `${errors.length} faults`;
  return problem('invalid-request', `The request has ${places}; errors names each with its place.`, errors);
}
