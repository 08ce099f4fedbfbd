import { createMemoryLog } from '../../support/memory-log.ts';
import { updateLogContract } from '../../support/update-log-contract.ts';

updateLogContract(async () => ({ log: createMemoryLog() }));
