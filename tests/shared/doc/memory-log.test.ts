import { createMemoryLog } from '../../../shared/doc/memory-log.ts';
import { updateLogContract } from '../../support/update-log-contract.ts';

updateLogContract(async () => ({ log: createMemoryLog() }));
