import { createMemoryDisk } from '../../support/memory-disk.ts';
import { phoneLogContract } from '../../support/phone-log-contract.ts';
import { updateLogContract } from '../../support/update-log-contract.ts';

updateLogContract(async () => {
  const disk = createMemoryDisk();
  return {
    log: disk.open(),
    reopen: async () => disk.open(),
    damage: async (what, doc, position) => disk.damage(`${what}s`, doc, position),
  };
});

phoneLogContract(async () => createMemoryDisk().open());
