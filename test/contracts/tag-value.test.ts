import fc from 'fast-check';
import { expect, it } from 'vitest';
import { escapeTags, unescapeTags } from '../../lib/contracts/tag-value.ts';

const id = fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/);

it('leaves ids without a dot as they are', () => {
  expect(escapeTags({ invoiceId: 'INV-2026_0042', stepId: 'A1' })).toEqual({
    invoiceId: 'INV-2026_0042',
    stepId: 'A1',
  });
});

it('writes every id with the characters SES takes, and gives it back unchanged', () => {
  fc.assert(
    fc.property(id, id, (invoiceId, stepId) => {
      const escaped = escapeTags({ invoiceId, stepId });
      for (const value of Object.values(escaped)) expect(value).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
      expect(unescapeTags(escaped)).toEqual({ invoiceId, stepId });
    }),
  );
});
