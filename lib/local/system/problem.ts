import type { HttpAnswer } from '../gateway/http-answer.ts';

/** A request the local routes refuse: what is wrong, with which value, and the cure. */
export class LocalProblem extends Error {
  override readonly name = 'LocalProblem';
  readonly status: 400 | 404 | 422;
  /** JSON pointer to the member of the body at fault. */
  readonly pointer: string | undefined;

  constructor(status: 400 | 404 | 422, detail: string, pointer?: string) {
    super(detail);
    this.status = status;
    this.pointer = pointer;
  }
}

const KINDS = {
  400: { type: 'malformed-body', title: 'The request cannot be read' },
  404: { type: 'not-found', title: 'There is nothing here' },
  422: { type: 'invalid-request', title: 'The request breaks the contract' },
} as const;

/** The RFC 9457 answer of a refused request, in the shape of the API's own problems. */
export function toProblemAnswer({ status, message, pointer }: LocalProblem): HttpAnswer {
  const { type, title } = KINDS[status];
  const errors = pointer === undefined ? {} : { errors: [{ pointer, detail: message }] };
  const body = { type: `urn:problem-type:relance:${type}`, title, status, detail: message, ...errors };
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: Buffer.from(JSON.stringify(body)),
  };
}
