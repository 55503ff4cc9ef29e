/**
 * A text without line breaks and other control characters: a subject is one line, and a name may not draw lines of its
 * own.
 */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** A text on one line, or null when it says nothing. */
export function oneLineOrNull(text: string | null | undefined): string | null {
  return oneLine(text ?? '') || null;
}

/** A web address to link to, or null: any other URL is left out of a message. */
export function webAddress(url: string | null | undefined): string | null {
  return url && /^https?:\/\//i.test(url) ? oneLine(url) : null;
}
