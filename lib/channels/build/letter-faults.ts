import type { NoticeFacts } from '../../domain/notice.ts';
import { emailView } from '../email-view.ts';
import { filledText, templateNamed } from '../fill-template.ts';
import type { LetterTemplates } from '../notice-templates.ts';
import type { SourceFault } from './source-error.ts';
import { chargesToConsumer, holes } from './wording-faults.ts';

/** The lines of a letter where the printed page puts its tables and the signature. */
const NEEDED_LINES = ['[invoices]', '[payment]', '[signature]'];

/**
 * What is wrong with the wording of the letter that these facts make: it has no object on its first line, lacks the place
 * of a table, or has a hole.
 */
export function letterFaults(
  templates: LetterTemplates,
  { name, file }: { readonly name: string; readonly file: string },
  facts: NoticeFacts,
): SourceFault[] {
  const text = filledText(templateNamed(templates[facts.language], name), emailView(facts));
  const [object = '', after, ...wording] = text.split('\n');
  const faults: SourceFault[] = NEEDED_LINES.filter((needed) => !wording.includes(needed)).map((needed) => ({
    file,
    problem: `has no line ${needed}`,
    cure: 'put it on a line of its own where it is to be printed',
  }));
  if (object === '' || after !== '') {
    faults.push({ file, problem: 'does not begin with its object', cure: 'write the object and an empty line first' });
  }
  return [
    ...faults,
    ...holes(file, text),
    ...(facts.customer.kind === 'consumer' ? chargesToConsumer(file, text) : []),
  ];
}
