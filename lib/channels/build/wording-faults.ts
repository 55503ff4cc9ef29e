import type { SourceFault } from './source-error.ts';
import type { TemplateSource } from './template-sources.ts';

/**
 * A notice speaks of the unpaid invoice. To number it tells a debtor of bad faith how long he may still wait.
 *
 * @see "10 conseils pour se faire payer": ne jamais écrire « première relance »
 */
const COUNTED_NOTICES = [
  /relance/i,
  /\brappels?\b/i,
  /\breminders?\b/i,
  /\b(premi(er|ère)|seconde?|deuxième|troisième|1re|1er|2e|3e)\s+(avis|courrier|lettre|message)/i,
  /\b(first|second|third|1st|2nd|3rd)\s+(notice|letter|message)/i,
  /\b(Zahlungs)?erinnerung(en)?\b/i,
  /\bMahn(stufe|ung\s*(Nr|Nummer|Stufe|\d))/i,
  /\b(erste[nrsm]?|zweite[nrsm]?|dritte[nrsm]?|[123]\.)\s+(Mahnung|Zahlungsaufforderung|Schreiben|Brief|Nachricht)/i,
];

/** What a consumer owes neither of: penalties, and the fixed compensation for recovery costs. */
const BUSINESS_CHARGES = [
  /pénalités?|indemnité forfaitaire/i,
  /penalt(y|ies)|fixed compensation/i,
  /Verzugspauschale|Mahngebühr/i,
];

/** A paragraph or an item of a list that says nothing. The one with a border is the line MJML draws. */
const EMPTY_PIECE = /<(p|li)\b(?![^>]*border-top)[^>]*>\s*<\/\1>/;

/** What no message may hold, whatever it was made of: a hole where a value should be. */
const HOLES = [/\bundefined\b/, /\bNaN\b/, /\bnull\b/, /\{\{|\}\}/, /\[object /, EMPTY_PIECE, /^- *$/m];

/** Wording of a template that numbers the notice, with its line. */
export function countedNotices({ file, text }: TemplateSource): SourceFault[] {
  return text.split('\n').flatMap((line, index) =>
    foundIn(line, COUNTED_NOTICES).map((found) => ({
      file,
      line: index + 1,
      problem: `says "${found}"`,
      cure: 'speak of the invoice and what is asked for, not of which notice this is',
    })),
  );
}

/** Holes in a message made of this file. */
export function holes(file: string, message: string): SourceFault[] {
  const cure = 'show a variable only where it has a value';
  return foundIn(message, HOLES).map((found) => ({ file, problem: `makes a message with "${found}" in it`, cure }));
}

/** What a message to a consumer says of charges that only a business owes. */
export function chargesToConsumer(file: string, message: string): SourceFault[] {
  const cure = 'say it to businesses and public bodies only';
  return foundIn(message, BUSINESS_CHARGES).map((found) => ({ file, problem: `says "${found}" to a consumer`, cure }));
}

/** What each of the patterns finds first. */
export function foundIn(text: string, patterns: readonly RegExp[]): string[] {
  return patterns.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);
}
