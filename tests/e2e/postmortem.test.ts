import { expect, test } from 'vitest';
import {
  CLIENT_DIR,
  expectPage,
  LAPTOP,
  newPhone,
  type Phone,
  useBrowser,
} from '../support/phones.ts';
import { openDraft, promote } from '../support/postmortem.ts';
import { startServer } from '../support/server.ts';

useBrowser();

async function burn(ana: Phone): Promise<void> {
  await ana.mark('Detected');
  await ana.log('Every error is a pool timeout');
  await ana.log('One in nine card payments fails', 'impact');
  await ana.log('Roll back the pool size first', 'decision');
  await ana.log('Pool back to 40 on eu-1', 'action');
  await ana.mark('Mitigated');
}

async function resolve(ana: Phone): Promise<void> {
  await ana.page.getByRole('button', { name: /Change status/ }).click();
  await ana.page
    .getByRole('dialog')
    .getByRole('button', { name: /^Resolved/ })
    .click();
  await expectPage(ana.page.getByRole('link', { name: 'Write the postmortem' })).toBeVisible();
}

test('[G17] from declaring to Markdown on one phone without a network, and then on the other', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind', { keepsApp: true });
  await ana.start();
  await ana.installed();
  await ana.airplane(true);
  await ana.declare('Card payments failing, EU');
  await burn(ana);
  await resolve(ana);
  const draft = await promote(ana);
  await expectPage(draft.statements('Impact')).toContainText(['One in nine card payments fails']);
  await draft.prose('Summary').pressSequentially('A module upgrade halved the pool.');
  const sheet = await draft.openStatement('Pool back to 40 on eu-1');
  await sheet.getByLabel('This statement, in your words').fill('The pool was set back by hand.');
  await sheet.getByRole('button', { name: 'Close' }).click();
  await draft.saved('On this phone');
  const markdown = await draft.download();
  expect(markdown).toContain('# Postmortem: Card payments failing, EU');
  expect(markdown).toContain('A module upgrade halved the pool.');
  expect(markdown).toContain('- “The pool was set back by hand.”');
  expect(markdown).toContain('| Time to mitigate |');

  const [address] = ana.page.url().split('?');
  await ana.killTab();
  await expectPage(draft.prose('Summary')).toHaveValue('A module upgrade halved the pool.');
  await ana.airplane(false);
  await draft.saved('Saved');

  const bo = await newPhone(server.url, 'Bo Ek');
  await bo.start();
  await bo.page.goto(address ?? '');
  const seen = await openDraft(bo);
  await expectPage(seen.prose('Summary')).toHaveValue('A module upgrade halved the pool.');
  await expectPage(bo.page.getByText('The pool was set back by hand.')).toBeVisible();
  const theirs = await seen.download();
  const numberless = theirs.replace(/^number: .*$/m, 'number: null').replace(/^# INC-\d+: /m, '# ');
  expect(numberless).toBe(markdown);
  expect([...ana.errors, ...bo.errors]).toEqual([]);
});

test('[G18] two who promote and write offline at once end with the same draft, nothing twice, nothing lost', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind');
  const bo = await newPhone(server.url, 'Bo Ek');
  await ana.start();
  await bo.start();
  await ana.declare('Card payments failing, EU');
  await burn(ana);
  await resolve(ana);
  await bo.page.goto(ana.page.url());
  await expectPage(bo.line('Resolved')).toBeVisible();
  const [mine, theirs] = [await promote(ana), await promote(bo)];
  await ana.airplane(true);
  await bo.airplane(true);
  for (const [phone, draft, word] of [
    [ana, mine, 'ANA'],
    [bo, theirs, 'BO'],
  ] as const) {
    await draft.prose('Summary').pressSequentially(`${word} wrote this. `);
    const sheet = await draft.openStatement('Pool back to 40 on eu-1');
    await sheet.getByLabel('This statement, in your words').fill(`${word} put it so.`);
    await sheet.getByRole('button', { name: 'Close' }).click();
    await draft.saved('On this phone');
    await expectPage(phone.page.getByText(`${word} put it so.`)).toBeVisible();
  }
  await ana.airplane(false);
  await bo.airplane(false);
  for (const [draft, phone] of [
    [mine, ana],
    [theirs, bo],
  ] as const) {
    await draft.saved('Saved');
    await expectPage(phone.page.getByText('ANA put it so.')).toBeVisible();
    await expectPage(phone.page.getByText('BO put it so.')).toBeVisible();
    await expectPage(draft.prose('Summary')).toHaveValue(/ANA wrote this\./);
    await expectPage(draft.prose('Summary')).toHaveValue(/BO wrote this\./);
  }
  const [a, b] = [await mine.download(), await theirs.download()];
  expect(a).toBe(b);
  for (const words of ['ANA wrote this.', 'BO wrote this.', 'ANA put it so.', 'BO put it so.']) {
    expect(a.split(words)).toHaveLength(2);
  }
  expect([...ana.errors, ...bo.errors]).toEqual([]);
});

test('[G19] “Next gap” goes from gap to gap, and each can be closed from there', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind');
  await ana.start();
  await ana.declare('Card payments failing, EU');
  await burn(ana);
  await resolve(ana);
  const draft = await promote(ana);
  const next = ana.page.getByRole('button', { name: /^Next gap/ });
  await expectPage(ana.page.getByText('2 gaps left')).toBeVisible();
  await expectPage(next).toHaveText('Next gap: Impact started');
  await next.click();
  await expectPage(
    draft.section('Metrics').getByRole('button', { name: /“Impact started”/ }),
  ).toBeFocused();
  await expectPage(next).toHaveText('Next gap: Impact ended');
  await ana.page.keyboard.press('Enter');
  await ana.page.locator('.picks').getByRole('button', { name: 'Impact started' }).click();
  await expectPage(ana.line('Impact started')).toBeVisible();
  await promote(ana);
  await expectPage(ana.page.getByText('1 gap left')).toBeVisible();
  await draft
    .section('Metrics')
    .getByRole('button', { name: /“Impact ended”/ })
    .click();
  await ana.page.locator('.picks').getByRole('button', { name: 'Impact ended' }).click();
  await expectPage(ana.line('Impact ended')).toBeVisible();
  await promote(ana);
  await expectPage(ana.page.getByText('No gap is open')).toBeVisible();
  await ana.page.getByRole('button', { name: 'Write: Summary' }).click();
  await expectPage(draft.prose('Summary')).toBeFocused();
});

test('[G20] a source opens its line: on a phone its sheet, beside the log its place', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind');
  const bo = await newPhone(server.url, 'Bo Ek', { screen: LAPTOP });
  await ana.start();
  await bo.start();
  await ana.declare('Card payments failing, EU');
  await burn(ana);
  await ana.sent();
  await bo.page.goto(ana.page.url());
  const draft = await openDraft(ana);
  await draft
    .section('Impact')
    .getByRole('link', { name: /^Source: .*Impact/ })
    .click();
  await expectPage(ana.page.getByRole('dialog', { name: 'Line: Impact' })).toBeVisible();
  const wide = await openDraft(bo);
  await wide
    .section('Impact')
    .getByRole('link', { name: /^Source: .*Impact/ })
    .click();
  await expectPage(bo.page.locator('.row.shown')).toContainText('One in nine card payments fails');
  await expectPage(bo.line('One in nine card payments fails')).toBeInViewport();
  expect([...ana.errors, ...bo.errors]).toEqual([]);
});

test('[G21] a statement says that its line changed since it was rewritten; it is confirmed, taken back, brought back', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind');
  const bo = await newPhone(server.url, 'Bo Ek');
  await ana.start();
  await bo.start();
  await ana.declare('Card payments failing, EU');
  await ana.log('Pool back to 40 on eu-1', 'action');
  await ana.mark('Mitigated');
  await ana.sent();
  await bo.page.goto(ana.page.url());
  const draft = await openDraft(ana);
  const sheet = await draft.openStatement('Pool back to 40 on eu-1');
  await sheet.getByLabel('This statement, in your words').fill('The pool was set back by hand.');
  await sheet.getByRole('button', { name: 'Close' }).click();
  const stale = ana.page.getByText('The timeline changed since this was written');
  await expectPage(stale).toHaveCount(0);
  const line = await bo.openLine('Pool back to 40');
  await line.getByLabel('Text of the line').press('End');
  await line.getByLabel('Text of the line').pressSequentially(', then eu-2');
  await expectPage(stale).toBeVisible();
  await expectPage(ana.page.getByText('The pool was set back by hand.')).toBeVisible();
  expect(await draft.download()).toContain('(the timeline changed since this was written)');

  const again = await draft.openStatement('The pool was set back by hand.');
  await expectPage(again.getByText(/Pool back to 40 on eu-1, then eu-2/).first()).toBeVisible();
  await again.getByRole('button', { name: 'Still right' }).click();
  await expectPage(again.getByText('The timeline changed')).toHaveCount(0);
  await again.getByRole('button', { name: 'Take back' }).click();
  await expectPage(again.getByLabel('This statement, in your words')).toHaveValue(
    /Pool back to 40/,
  );
  await again.getByRole('button', { name: 'Bring back' }).click();
  await again.getByRole('button', { name: 'Close' }).click();
  await expectPage(
    ana.page.getByRole('button', { name: 'The pool was set back by hand.' }),
  ).toBeVisible();
  await expectPage(stale).toHaveCount(0);
  expect([...ana.errors, ...bo.errors]).toEqual([]);
});

test('[G28] words about a line that was struck out stay, and say so, until they are taken back', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind');
  await ana.start();
  await ana.declare('Card payments failing, EU');
  await ana.mark('Mitigated');
  await ana.log('Pool back to 40 on eu-1', 'action');
  await ana.kept();
  const draft = await openDraft(ana);
  const sheet = await draft.openStatement('Pool back to 40 on eu-1');
  await sheet.getByLabel('This statement, in your words').fill('The pool was set back by hand.');
  await sheet.getByRole('button', { name: 'Close' }).click();
  await draft
    .section('Mitigation and recovery')
    .getByRole('link', { name: /Action taken/ })
    .click();
  await ana.page.getByRole('dialog').getByRole('button', { name: 'Strike out' }).click();
  await expectPage(ana.page.getByText('The lines this was about have changed')).toBeVisible();
  expect(await draft.download()).toContain(
    '- “The pool was set back by hand.” (Ana Lind; the lines this was about have changed)',
  );
  const gone = await draft.openStatement('The pool was set back by hand.');
  await gone.getByRole('button', { name: 'Take back' }).click();
  await expectPage(gone.getByRole('button', { name: 'Bring back' })).toBeVisible();
  await gone.getByRole('button', { name: 'Close' }).click();
  await expectPage(ana.page.getByText('The lines this was about have changed')).toHaveCount(0);
  expect(ana.errors).toEqual([]);
});

test('[G22] the Markdown is copied and shared too, with the zone that is chosen', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind', { zone: 'Asia/Tokyo' });
  await ana.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await ana.context.addInitScript(() => {
    Object.assign(navigator, {
      canShare: () => true,
      share: async (data: unknown) => Object.assign(window, { shared: data }),
    });
  });
  await ana.start();
  await ana.declare('Card payments failing, EU');
  await ana.kept();
  const draft = await openDraft(ana);
  const sheet = await draft.openExport();
  await sheet.getByRole('button', { name: 'Copy' }).click();
  await expectPage(sheet.getByText('Copied.')).toBeVisible();
  const copied = await ana.page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('| T+ | UTC | Asia/Tokyo |');
  await sheet.getByText('UTC', { exact: true }).click();
  await sheet.getByRole('button', { name: 'Share' }).click();
  await expectPage(sheet.getByText('Shared.')).toBeVisible();
  const shared = await ana.page.evaluate(async () => {
    const [file]: File[] = Reflect.get(window, 'shared').files;
    return file?.text();
  });
  expect(shared).toContain('| T+ | UTC | Kind |');
});

test('[G24] a changed line changes its own statements in the open draft, and nothing else is drawn anew', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind');
  const bo = await newPhone(server.url, 'Bo Ek');
  await ana.start();
  await bo.start();
  await ana.declare('Card payments failing, EU');
  await burn(ana);
  await ana.sent();
  await bo.page.goto(ana.page.url());
  const draft = await openDraft(ana);
  await draft.prose('Summary').focus();
  await ana.page.evaluate(watchStatements);
  const line = await bo.openLine('One in nine');
  await line.getByLabel('Text of the line').press('End');
  await line.getByLabel('Text of the line').pressSequentially('!');
  await expectPage(draft.statements('Impact').filter({ hasText: 'fails!' })).toBeVisible();
  const changed = await ana.page.evaluate(() => Reflect.get(window, 'changed'));
  expect(changed).toEqual(['One in nine card payments fails!']);
  await expectPage(draft.prose('Summary')).toBeFocused();
});

/** Runs in the page: notes the statements in which anything is added, removed or written. */
function watchStatements(): void {
  const changed: string[] = [];
  Reflect.set(window, 'changed', changed);
  const observer = new MutationObserver((records) => {
    for (const { target } of records) {
      const element = target instanceof Element ? target : target.parentElement;
      const statement = element?.closest('.statements, .tiles, .participants, .gap-lines');
      const words = element?.closest('.statement')?.querySelector('bdi')?.textContent;
      if (statement && !changed.includes(words ?? 'a list')) changed.push(words ?? 'a list');
    }
  });
  for (const part of document.querySelectorAll('.pm-lanes')) {
    observer.observe(part, { childList: true, characterData: true, subtree: true });
  }
}

test('[G27] where no line has come yet there is no draft, and it appears with the first', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind');
  await ana.start();
  await ana.declare('Card payments failing, EU');
  await ana.sent();
  const bo = await newPhone(server.url, 'Bo Ek', { keepsApp: true });
  await bo.start();
  await bo.installed();
  await bo.airplane(true);
  await bo.page.goto(`${new URL(ana.page.url()).pathname}/postmortem`);
  await expectPage(bo.page.getByText('Not on this phone yet')).toBeVisible();
  await expectPage(bo.page.getByRole('region', { name: 'Summary' })).toHaveCount(0);
  const way = bo.page.getByRole('button', { name: 'Export', exact: true });
  await expectPage(way).toBeDisabled();
  await bo.airplane(false);
  await expectPage(bo.page.getByRole('region', { name: 'Summary' })).toBeVisible({
    timeout: 40_000,
  });
  await expectPage(way).toBeEnabled();
});
