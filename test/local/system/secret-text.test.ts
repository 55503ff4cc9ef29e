import { describe, expect, it } from 'vitest';
import { makeSecretText } from '../../../lib/local/system/secret-text.ts';

const generate = { length: 64, excludePunctuation: true, excludeCharacters: '', template: undefined, key: undefined };

describe('the text of a secret', () => {
  it('is its own when the template gives one', () => {
    expect(makeSecretText({ text: 'given', generate })).toBe('given');
  });

  it('is made up in the length and of the characters asked for', () => {
    expect(makeSecretText({ text: undefined, generate })).toMatch(/^[A-Za-z0-9]{64}$/);
    const few = { ...generate, length: 500, excludePunctuation: false, excludeCharacters: 'abc"!' };
    expect(makeSecretText({ text: undefined, generate: few })).toMatch(/^[^abc"!]{500}$/);
  });

  it('is another one each time', () => {
    expect(makeSecretText({ text: undefined, generate })).not.toBe(makeSecretText({ text: undefined, generate }));
  });

  it('is put into the JSON of the template', () => {
    const text = makeSecretText({
      text: undefined,
      generate: { ...generate, template: '{"user":"bank"}', key: 'password' },
    });
    expect(JSON.parse(text)).toEqual({ user: 'bank', password: expect.stringMatching(/^\w{64}$/) });
  });
});
