import { problem } from '../contracts/problem.ts';
import { problemAnswer } from './json-answer.ts';

/** The answer to a policy that does not exist, or whose name none can have. */
export function unknownPolicyAnswer(): Response {
  return problemAnswer(problem('not-found', 'There is no policy of this name.'));
}
