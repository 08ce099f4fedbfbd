import { expect, test, vi } from 'vitest';
import { openEntryText, openProseText } from '../../shared/doc/shared-text.ts';
import { createDevice, type Device } from '../support/device.ts';
import {
  backToTheBackup,
  openPage,
  post,
  readServer,
  roundTrip,
  rowsOf,
  settled,
  storyOf,
} from '../support/restored.ts';
import { startServer } from '../support/server.ts';

test('[N63] of two pages that stay open over a restore each brings what is theirs, and both go on', async () => {
  const { server, ana, bo } = await backToTheBackup();
  const before = ana.story();
  const [anas, bos] = [await openPage(server, ana), await openPage(server, bo)];
  await vi.waitFor(async () => expect(await storyOf(server)).toEqual(before), 15_000);
  ana.log('Ana goes on');
  bo.log('Bo goes on');
  await Promise.all([settled(anas), settled(bos)]);
  await vi.waitFor(() => expect(ana.story()).toEqual(bo.story()));
  expect(await storyOf(server)).toEqual(ana.story());
});

test('[N63] one page alone brings what both wrote, and the other, back at last, is who they were', async () => {
  const { server, ana, bo } = await backToTheBackup();
  const before = ana.story();
  // Ana's page was opened before the backup, and Bo's id is new to the server: he is not her, whoever comes first.
  const anas = await openPage(server, ana);
  await vi.waitFor(async () => expect(await storyOf(server)).toEqual(before), 15_000);
  const bos = await openPage(server, bo);
  bo.log('Bo goes on');
  await settled(bos);
  ana.log('Ana goes on');
  await settled(anas);
  await vi.waitFor(() => expect(ana.story()).toEqual(bo.story()));
  expect(await storyOf(server)).toEqual(ana.story());
});

test('[N64] what a phone brings in part deletes nothing: a title and words that were replaced stay until what replaced them is there', async () => {
  let mended: Mended | null = null;
  const { server, ana, bo } = await backToTheBackup(
    (bo) => {
      bo.run({ type: 'rename', title: 'One' });
      mended = logAndMend(bo);
      mended.change('20', '30');
    },
    (bo) => {
      bo.run({ type: 'rename', title: 'Two' });
      mended?.change('30', '40');
    },
  );
  expect(ana.doc.read.facts().title).toBe('Two');
  const backup = await readServer(server);
  expect(backup.doc.read.facts().title).toBe('One');
  expect(backup.story()).toContain('Pool size is 30');

  let relay = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    relay = resolve;
  });
  const anas = await openPage(server, ana, held);
  await vi.waitFor(async () => expect(await storyOf(server)).toContain('Ana, after the backup'));
  const part = await readServer(server);
  expect(part.doc.read.facts().title).toBe('One');
  expect(part.story()).toContain('Pool size is 30');
  let isVouchedFor = false;
  const word = anas.wait().then(() => {
    isVouchedFor = true;
  });
  await roundTrip(server);
  expect(isVouchedFor).toBe(false);

  relay();
  await word;
  const whole = await readServer(server);
  expect(whole.doc.read.facts().title).toBe('Two');
  expect(whole.story()).toEqual(ana.story());
  expect(whole.story()).toEqual(bo.story());
  // What Bo replaced was brought by Ana, and the log says so.
  const reader = createDevice('Reader', 98);
  const change = (await rowsOf(server)).find(({ bytes }) => {
    reader.doc.apply(bytes, 'storage');
    return reader.doc.read.facts().title === 'Two';
  });
  expect(change).toMatchObject({ person: ana.person, isRelayed: true });
});

test('[N64] of an update that waits for another by http, no deletion is taken either', async () => {
  const server = await startServer();
  const ana = createDevice('Ana');
  ana.declare();
  const prose = openProseText(ana.doc, 'summary');
  prose.write([{ at: 0, removed: 0, inserted: 'Cards were refused' }]);
  expect((await post(server, ana, ana.doc.encode())).status).toBe(200);
  prose.write([{ at: 18, removed: 0, inserted: ' in the EU' }]);
  const before = ana.doc.encodeStateVector();
  // “in the EU” becomes “declined”, behind a word that never came.
  prose.write([{ at: 11, removed: 17, inserted: 'declined' }]);
  prose.write([{ at: 0, removed: 5, inserted: 'Payments' }]);
  expect((await post(server, ana, ana.doc.encode(before))).status).toBe(409);
  await roundTrip(server);
  expect((await readServer(server)).doc.read.prose().sections.get('summary')).toMatch(
    /Cards were refused$/,
  );
  expect((await post(server, ana, ana.doc.encode())).status).toBe(200);
  expect((await readServer(server)).doc.read.prose()).toEqual(ana.doc.read.prose());
});

test('[N65] lines of a page that a restored server never heard of go by http, and the page goes on under its id', async () => {
  const { server, ana, bo } = await backToTheBackup();
  // A page opened without the server, on a phone that holds what both wrote until the backup.
  const late = reopened(ana, await readServer(server));
  const before = late.doc.encodeStateVector();
  late.log('Written offline');
  const unsent = late.doc.encode(before);
  expect((await post(server, late, unsent)).status).toBe(200);
  expect(await storyOf(server)).toContain('Written offline');
  const rows = await rowsOf(server);
  expect((await post(server, late, unsent)).status).toBe(200);
  expect(await rowsOf(server)).toEqual(rows);

  // Whether it was hers nobody could tell, so it is marked; and after a restart she is who she was.
  expect(rows.at(-1)).toMatchObject({ person: ana.person, isRelayed: true });
  await server.stop();
  await server.start();
  const page = await openPage(server, late);
  late.log('Ana goes on');
  await settled(page);
  expect(await storyOf(server)).toContain('Ana goes on');
  const bos = await openPage(server, bo);
  await settled(bos);
  expect(await storyOf(server)).toEqual(bo.story());
});

test('[N65] by http, what a restored server knows to be another’s comes from nobody else', async () => {
  const { server, ana, bo } = await backToTheBackup();
  const mallory = createDevice('Mallory', 9);
  const forge = async (whose: Device): Promise<number> => {
    const forged = createDevice('Mallory', 9);
    forged.doc.apply(whose.doc.encode(), 'remote');
    forged.doc.ydoc.clientID = whose.doc.ydoc.clientID;
    forged.log('Never said');
    return (await post(server, mallory, forged.doc.encode())).status;
  };
  // Bo's page is known from the backup, and one that has said hello and nothing else from that.
  expect(await forge(bo)).toBe(422);
  const late = reopened(ana, ana);
  const page = await openPage(server, late);
  expect(await forge(late)).toBe(422);
  // What came without a name is anybody's, but not while one of them is here.
  const old = reopened(createDevice('Old', 10), await readServer(server), 4712);
  old.log('Written by a page of an older release');
  expect((await post(server, { ...old, name: '' }, old.doc.encode())).status).toBe(200);
  await settled(await openPage(server, old));
  expect(await forge(old)).toBe(422);

  late.log('Ana goes on');
  await settled(page);
  expect(await storyOf(server)).toEqual(late.story());
  expect(await storyOf(server)).not.toContain('Never said');
});

/** The same phone with a new page, which holds what `held` holds. */
function reopened(phone: Device, held: Device, seed = 4711): Device {
  const page = createDevice(phone.name, seed);
  page.doc.apply(held.doc.encode(), 'remote');
  return { ...page, person: phone.person, device: phone.device };
}

type Mended = { change(words: string, by: string): void };

/** A line whose words its author changes, as the sheet does: a note of how they read, then the letters. */
function logAndMend(device: Device): Mended {
  const { id } = device.log('Pool size is 20');
  return {
    change(words, by) {
      const text = openEntryText(device.doc, id);
      const read = text?.read() ?? '';
      device.run({ type: 'reword', entry: id, before: read });
      text?.write([{ at: read.indexOf(words), removed: words.length, inserted: by }]);
    },
  };
}
