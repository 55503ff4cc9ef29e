import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

/** Reads one item, so that a test sees how a bundle signs its requests. */
export async function handler(): Promise<unknown> {
  const { Item } = await client.send(new GetItemCommand({ TableName: 'Ledger', Key: { pk: { S: 'INVOICE#1' } } }));
  return Item;
}
