import { StepFunctionsError } from './step-functions-error.ts';

/** How much to list and from where. */
export interface PageRequest {
  maxResults?: number;
  nextToken?: string;
}

/** Part of a list and, unless it is the last part, how to ask for the next. */
export interface Page<T> {
  items: T[];
  nextToken?: string;
}

const PAGE_SIZE_DEFAULT = 100;
const PAGE_SIZE_MAX = 1000;

/**
 * Cuts a page out of a list that may grow between the calls: the token remembers the key of the last item given out.
 *
 * @param keyOf a text that tells an item from all others of the list and never changes
 * @throws StepFunctionsError ValidationException for more than 1000, InvalidToken for a token of another list
 */
export function pageOf<T>(items: readonly T[], keyOf: (item: T) => string, request: PageRequest): Page<T> {
  const start = request.nextToken === undefined ? 0 : positionAfter(items, keyOf, request.nextToken);
  const end = start + sizeOf(request);
  const page = items.slice(start, end);
  const last = page.at(-1);
  if (end >= items.length || last === undefined) return { items: page };
  return { items: page, nextToken: Buffer.from(keyOf(last)).toString('base64url') };
}

function sizeOf({ maxResults = 0 }: PageRequest): number {
  if (maxResults > PAGE_SIZE_MAX) {
    const constraint = `Member must have value less than or equal to ${PAGE_SIZE_MAX}`;
    throw new StepFunctionsError(
      'ValidationException',
      `1 validation error detected: Value '${maxResults}' at 'maxResults' failed to satisfy constraint: ${constraint}`,
    );
  }
  return maxResults === 0 ? PAGE_SIZE_DEFAULT : maxResults;
}

function positionAfter<T>(items: readonly T[], keyOf: (item: T) => string, token: string): number {
  const key = Buffer.from(token, 'base64url').toString();
  const position = items.findIndex((item) => keyOf(item) === key);
  if (position < 0) throw new StepFunctionsError('InvalidToken', "Invalid Token: 'Invalid token'");
  return position + 1;
}
