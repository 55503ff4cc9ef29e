import { MemoryLedger } from '../../lib/ledger/memory-ledger.ts';
import { describeLedger } from './ledger-contract.ts';
import { describeLists } from './list-contract.ts';
import { describeReturns } from './return-contract.ts';
import { describeUseCases } from './use-case-contract.ts';

for (const describeContract of [describeLedger, describeLists, describeReturns, describeUseCases]) {
  describeContract('in memory', async () => new MemoryLedger());
}
