/** Hebrew, Arabic and their presentation forms, without the digits of Arabic, which run from left to right. */
const RIGHT_TO_LEFT = '[\\u0590-\\u065F\\u066A-\\u06EF\\u06FA-\\u08FF\\uFB1D-\\uFDFF\\uFE70-\\uFEFF]';

/** Words of such a script with the spaces and marks between them. */
const RIGHT_TO_LEFT_RUN = new RegExp(`(${RIGHT_TO_LEFT}+(?:[\\s.,’'"-]+${RIGHT_TO_LEFT}+)*)`);

/**
 * The runs of a line of one direction each, in the order they stand on paper from left to right. Inside a run the characters stay in reading order: the font's
 * shaper turns them.
 *
 * A line goes in the direction of its first letter. This is the simple part of the Unicode bidirectional algorithm: enough for a name or an address.
 */
export function visualRuns(line: string): string[] {
  const runs = line.split(RIGHT_TO_LEFT_RUN).filter((run) => run !== '');
  const [firstLetter = ''] = /\p{L}/u.exec(line) ?? [];
  if (!new RegExp(RIGHT_TO_LEFT).test(firstLetter)) return runs;
  return runs.reverse().map(withSpacesTurned);
}

/** In a line that goes to the left, what stood before a run of the other direction stands behind it. */
function withSpacesTurned(run: string): string {
  return run.replace(/^(\s*)(.*?)(\s*)$/s, '$3$2$1');
}
