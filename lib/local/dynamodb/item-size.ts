/** An attribute value of DynamoDB's wire format: `{"S": "…"}`, `{"N": "…"}` and so on. */
type AttributeValue = Readonly<Record<string, unknown>>;

/**
 * The size of an item in bytes, by DynamoDB's rule: attribute names and values in UTF-8, numbers about one byte per two
 * digits plus one, three bytes for each list or map and one for each of its elements.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemSizeBytes(item: Readonly<Record<string, AttributeValue>>): number {
  return sum(Object.entries(item).map(([name, value]) => Buffer.byteLength(name) + valueSizeBytes(value)));
}

function valueSizeBytes(value: AttributeValue): number {
  const [[type, content] = []] = Object.entries(value);
  if (type === 'S') return Buffer.byteLength(String(content));
  if (type === 'N') return numberSizeBytes(String(content));
  if (type === 'B') return Buffer.byteLength(String(content), 'base64');
  if (type === 'M')
    return 3 + itemSizeBytes(content as Record<string, AttributeValue>) + Object.keys(content as object).length;
  if (!Array.isArray(content)) return 1;
  if (type === 'L') return 3 + sum(content.map((element) => 1 + valueSizeBytes(element)));
  return sum(content.map((element) => valueSizeBytes({ [type?.charAt(0) ?? 'S']: element })));
}

function numberSizeBytes(digits: string): number {
  return Math.ceil(digits.replace(/[^0-9]/g, '').length / 2) + 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
