import { randomInt } from 'node:crypto';
import type { DeployedSecret, SecretGenerator } from '../template/deployment.ts';

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/**
 * The text of a secret: its own, or one made up as its template says.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-secretsmanager-secret-generatesecretstring.html
 */
export function makeSecretText({ text, generate }: Pick<DeployedSecret, 'text' | 'generate'>): string {
  if (text !== undefined) return text;
  if (!generate) return '';
  const password = makePassword(generate);
  if (generate.template === undefined || generate.key === undefined) return password;
  return JSON.stringify({ ...JSON.parse(generate.template), [generate.key]: password });
}

function makePassword({ length, excludePunctuation, excludeCharacters }: SecretGenerator): string {
  const all = excludePunctuation ? LETTERS_AND_DIGITS : LETTERS_AND_DIGITS + PUNCTUATION;
  const allowed = [...all].filter((character) => !excludeCharacters.includes(character));
  return Array.from({ length }, () => allowed[randomInt(allowed.length)]).join('');
}
