import { afterAll, beforeAll } from 'vitest';
import { type DynamoDbEmulator, startDynamoDbEmulator } from '../../lib/local/dynamodb/emulator.ts';
import { emulatorClient, newLedger } from '../support/ledger-tables.ts';
import { describeLedger } from './ledger-contract.ts';
import { describeLists } from './list-contract.ts';
import { describeReturns } from './return-contract.ts';
import { describeUseCases } from './use-case-contract.ts';

let emulator: DynamoDbEmulator;

beforeAll(async () => {
  emulator = await startDynamoDbEmulator();
});

afterAll(() => emulator.close());

for (const describeContract of [describeLedger, describeLists, describeReturns, describeUseCases]) {
  describeContract('on DynamoDB', () => newLedger(emulatorClient(emulator.endpoint)));
}
