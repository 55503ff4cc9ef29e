import { MemoryLedger } from '../../lib/ledger/memory-ledger.ts';
import { describeLedger } from './ledger-contract.ts';

describeLedger('in memory', async () => new MemoryLedger());
