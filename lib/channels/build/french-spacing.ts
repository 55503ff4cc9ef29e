/**
 * Sets the no-break spaces of French typography in a text that was written with plain ones: a narrow one before `;`,
 * `!`, `?`, a full one before `:` and inside `« »`. Tags and the variables of Handlebars are left alone.
 */
export function withFrenchSpacing(text: string): string {
  return text
    .split(/(<[^>]*>|\{\{[^}]*\}\})/)
    .map((part, index) => (index % 2 === 1 ? part : spaced(part)))
    .join('');
}

function spaced(text: string): string {
  return text
    .replace(/ ([;!?])/g, '\u202F$1')
    .replace(/ ([:»])/g, '\u00A0$1')
    .replace(/« /g, '«\u00A0');
}
