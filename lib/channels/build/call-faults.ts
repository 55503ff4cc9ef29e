import type { NoticeFacts } from '../../domain/notice.ts';
import { emailView } from '../email-view.ts';
import type { CallTemplates } from '../notice-templates.ts';
import { renderCall } from '../render-call.ts';
import type { SourceFault } from './source-error.ts';
import { chargesToConsumer, holes } from './wording-faults.ts';

/**
 * What is wrong with the call script that these facts make: whoever calls has to look something up, has nothing to ask,
 * or says something a consumer is not to be told.
 */
export function callFaults(
  templates: CallTemplates,
  { name, file }: { readonly name: string; readonly file: string },
  facts: NoticeFacts,
): SourceFault[] {
  const {
    creditorName,
    customerName,
    contactName,
    contactPhone,
    promisedOn,
    promisedAmount,
    iban,
    invoices,
    isConsumer,
  } = emailView(facts);
  const script = renderCall(templates, name, facts);
  const ofInvoices = invoices.flatMap(({ number, dueOn, outstanding }) =>
    Object.entries({ number, dueOn, outstanding }),
  );
  const needed = { creditorName, customerName, contactName, contactPhone, promisedOn, promisedAmount, iban };
  const faults = [...Object.entries(needed), ...ofInvoices]
    .filter(([, value]) => value !== null && !script.includes(value))
    .map(([variable]): SourceFault => ({ file, problem: `does not say {{${variable}}}`, cure: 'add it' }));
  if (!script.includes('?')) faults.push({ file, problem: 'asks no question', cure: 'write the open question to ask' });
  return [...faults, ...holes(file, script), ...(isConsumer ? chargesToConsumer(file, script) : [])];
}
