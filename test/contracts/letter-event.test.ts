import { expect, it } from 'vitest';
import { letterDetailTypeOf } from '../../lib/contracts/letter-event.ts';

it.each([
  ['ready', 'LetterReady'],
  ['posted', 'LetterPosted'],
  ['withdrawn', 'LetterWithdrawn'],
] as const)('a letter that is %s is announced as %s', (change, detailType) => {
  expect(letterDetailTypeOf(change)).toBe(detailType);
});
