import { describe, expect, it } from 'vitest';
import { templateKindOf } from '../../lib/domain/template-names.ts';

describe('the kind of template of a channel', () => {
  it('is its own, but a registered letter is a letter and a hand-over has none', () => {
    expect(templateKindOf('email')).toBe('email');
    expect(templateKindOf('registered-letter')).toBe('letter');
    expect(templateKindOf('hand-over')).toBeNull();
  });
});
