import { problem } from '../contracts/problem.ts';
import { problemAnswer } from './json-answer.ts';

/** The answer to an invoice of which there is no case, or whose id none can have. */
export function unknownCaseAnswer(): Response {
  return problemAnswer(problem('not-found', 'There is no case of this invoice.'));
}
