/**
 * The name of the tag that says that dots are escaped in the others. The value of an SES tag may hold only `A–Z a–z 0–9 _ -`, while our ids may hold dots too.
 *
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageTag.html
 */
const ESCAPED = 'escaped';

/** Tags as SES takes them: as they are unless an id holds a dot, else with `-` written `-0` and `.` written `-1`, and a tag that says so. */
export function escapeTags(tags: Readonly<Record<string, string>>): Record<string, string> {
  if (!Object.values(tags).some((value) => value.includes('.'))) return { ...tags };
  const escaped = Object.entries(tags).map(([name, value]) => [
    name,
    value.replaceAll('-', '-0').replaceAll('.', '-1'),
  ]);
  return { ...Object.fromEntries(escaped), [ESCAPED]: 'dots' };
}

/** The tags as they were given to {@link escapeTags}. */
export function unescapeTags<Tags extends Readonly<Record<string, string>>>({
  [ESCAPED]: isEscaped,
  ...tags
}: Tags): Omit<Tags, 'escaped'> {
  if (isEscaped === undefined) return tags;
  const plain = Object.entries(tags).map(([name, value]) => [
    name,
    value.replace(/-[01]/g, (mark: string) => (mark === '-0' ? '-' : '.')),
  ]);
  return Object.fromEntries(plain);
}
