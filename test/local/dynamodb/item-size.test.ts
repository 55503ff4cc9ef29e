import { expect, it } from 'vitest';
import { itemSizeBytes } from '../../../lib/local/dynamodb/item-size.ts';

it.each([
  ['names and texts in UTF-8', { pk: { S: 'é' } }, 2 + 2],
  ['numbers at a byte per two digits and one more', { n: { N: '-1234.5' } }, 1 + 4],
  ['bytes as they are', { b: { B: Buffer.from([1, 2, 3]).toString('base64') } }, 1 + 3],
  ['a boolean and null at one byte', { t: { BOOL: true }, z: { NULL: true } }, 2 + 2],
  ['sets by their elements', { s: { SS: ['ab', 'c'] }, n: { NS: ['1', '22'] } }, 2 + 3 + 4],
  ['a list with three bytes and one for each element', { l: { L: [{ S: 'ab' }, { N: '1' }] } }, 1 + 3 + 1 + 2 + 1 + 2],
  ['a map with three bytes and one for each element', { m: { M: { k: { S: 'v' } } } }, 1 + 3 + 1 + 1 + 1],
  ['an empty item', {}, 0],
])('counts %s', (_what, item, bytes) => {
  expect(itemSizeBytes(item)).toBe(bytes);
});
