import type { NoticeFacts } from '../../domain/notice.ts';
import type { SmsTemplates } from '../notice-templates.ts';
import { renderSms } from '../render-sms.ts';
import { smsView } from '../sms-view.ts';
import type { SourceFault } from './source-error.ts';
import { foundIn, holes } from './wording-faults.ts';

/** What a text message to a consumer must not say: others may read it on a shared phone. */
const WORDS_OF_DEBT = [
  /(?<!\p{L})(dettes?|débit\p{L}*|créances?|impayé?\p{L}*|arriérés?|échue?s?|échéances?|retard|solde|intérêts?)(?!\p{L})/iu,
  /(?<!\p{L})(dus?|dues?|doit|devez|devoir|pénalités?|recouvrement|contentieux|huissier|commissaire)(?!\p{L})/iu,
  /(?<!\p{L})(tribunal|justice|mise en demeure|régler|règlement|réglée?|payer|payez|payée?|paiement)(?!\p{L})/iu,
  /\b(debts?|unpaid|overdue|outstanding|arrears|due|owe[ds]?|owing|late|balance|penalt(y|ies)|interest)\b/i,
  /\b(collect\w*|bailiffs?|court|legal|formal notice|pay|paid|payments?|settle\w*)\b/i,
  /(?<!\p{L})(Schuld\p{L}*|Forderung\p{L}*|Mahn\p{L}*|\p{L}*fällig\p{L}*|offene?[nrs]?|Rückst\p{L}*|Verzug\p{L}*)(?!\p{L})/iu,
  /(?<!\p{L})(\p{L}*zahl(en|t|bar|ung\p{L}*)|\p{L}*beglichen|begleichen|Betr[aä]g\p{L}*|Saldo|Zinsen|Inkasso\p{L}*)(?!\p{L})/iu,
  /(?<!\p{L})(Gericht\p{L}*|gerichtlich\p{L}*|Anw[aä]lt\p{L}*)(?!\p{L})/iu,
  /[€£$¥]/,
];

/**
 * What is wrong with the text message that these facts make: it does not fit, names nobody to call, or tells a consumer's
 * debt to whoever reads it.
 */
export function smsFaults(
  templates: SmsTemplates,
  { name, file }: { readonly name: string; readonly file: string },
  facts: NoticeFacts,
): SourceFault[] {
  let text: string;
  try {
    text = renderSms(templates, name, facts);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return [{ file, problem, cure: 'make it fit one message of GSM-7 with the longest names' }];
  }
  const { phone, creditorName, isConsumer } = smsView(facts);
  const faults = holes(file, text);
  if (!text.includes(phone)) faults.push({ file, problem: 'does not say {{phone}}', cure: 'say whom to call' });
  if (!isConsumer) return faults;
  const wording = text.replaceAll(phone, '').replaceAll(creditorName, '');
  const cure = 'tell a consumer only whom to call: no amount, no date, no word of debt';
  const told = foundIn(wording, [...WORDS_OF_DEBT, /\d+/]);
  return [...faults, ...told.map((found) => ({ file, problem: `says "${found}" to a consumer`, cure }))];
}
