import { expect, test } from 'vitest';
import { findColourViolations, findViolations, type Violation } from '../support/axe.ts';
import {
  CLIENT_DIR,
  expectPage,
  LAPTOP,
  newPhone,
  PHONE,
  type Phone,
  useBrowser,
} from '../support/phones.ts';
import { openDraft } from '../support/postmortem.ts';
import { startServer } from '../support/server.ts';

useBrowser();

type Visit = { readonly name: string; readonly go: (ana: Phone) => Promise<void> };

/** Every screen there is, each from where the one before left off. */
const TOUR: readonly Visit[] = [
  { name: 'welcome', go: async (ana) => void (await ana.page.goto('/')) },
  { name: 'empty home', go: (ana) => ana.start() },
  {
    name: 'you',
    go: async (ana) => {
      await ana.page.getByRole('button', { name: 'You and settings' }).first().click();
      await expectPage(ana.page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'declare',
    go: async (ana) => {
      await close(ana);
      await ana.page.getByRole('button', { name: 'Declare incident' }).click();
      await ana.page.getByRole('button', { name: /^Declared at/ }).click();
      await ana.page.getByRole('button', { name: 'Exact', exact: true }).click();
    },
  },
  {
    name: 'timeline',
    go: async (ana) => {
      await ana.page
        .getByLabel('Title')
        .fill('Card payments failing at checkout in the whole EU region');
      await ana.page.getByRole('button', { name: /^Declare SEV/ }).click();
      await ana.log('Every error is `pool timeout`, see https://grafana.example/d/payments');
      await ana.log('unbroken'.repeat(40), 'impact');
      await ana.mark('Detected');
      await ana.log('Pool back to 40 on eu-1, then eu-2.', 'action');
      await ana.mark('Mitigated');
      await (await ana.openLine('Pool back')).getByRole('button', { name: 'Strike out' }).click();
      await expectPage(ana.page.getByRole('button', { name: 'Undo' })).toBeVisible();
    },
  },
  {
    name: 'composer with time',
    go: async (ana) => {
      await ana.page.getByLabel('What do you see?').fill('Retry queue drained');
      await ana.page.getByRole('button', { name: /^Time of this line/ }).click();
      await ana.page.getByRole('button', { name: 'Exact', exact: true }).click();
      await expectPage(ana.page.getByText('Your line lands here')).toBeVisible();
    },
  },
  {
    name: 'milestones',
    go: async (ana) => {
      await ana.page.getByRole('button', { name: /^Time of this line/ }).click();
      await ana.page.getByRole('radio', { name: 'Milestone' }).click();
      await ana.page.getByRole('button', { name: 'More milestones' }).click();
    },
  },
  {
    name: 'kinds',
    go: async (ana) => {
      await close(ana);
      await ana.page.getByRole('button', { name: 'More kinds' }).click();
    },
  },
  {
    name: 'line',
    go: async (ana) => {
      await close(ana);
      await ana.log('Pool wait is 4 ms on both');
      const sheet = await ana.openLine('Pool wait is 4 ms');
      await sheet.getByRole('button', { name: /Change time/ }).click();
      await sheet.getByRole('button', { name: 'Exact', exact: true }).click();
    },
  },
  {
    name: 'status',
    go: async (ana) => {
      await close(ana);
      await ana.page.getByRole('button', { name: /Change status/ }).click();
    },
  },
  {
    name: 'severity',
    go: async (ana) => {
      await close(ana);
      await ana.page.getByRole('button', { name: /Change severity/ }).click();
    },
  },
  {
    name: 'people',
    go: async (ana) => {
      await close(ana);
      await ana.page.getByRole('button', { name: 'Invite', exact: true }).click();
    },
  },
  {
    name: 'incident details',
    go: async (ana) => {
      await close(ana);
      await ana.page.getByRole('button', { name: /Incident details/ }).click();
    },
  },
  {
    name: 'postmortem',
    go: async (ana) => {
      await close(ana);
      await openDraft(ana);
    },
  },
  {
    name: 'statement',
    go: async (ana) => {
      await ana.page
        .getByRole('button', { name: /Pool wait|unbroken|Detected/ })
        .first()
        .click();
      const words = ana.page.getByLabel('This statement, in your words');
      await words.fill('In our own words, unbroken'.repeat(9));
      await expectPage(ana.page.getByRole('button', { name: 'Take back' })).toBeVisible();
    },
  },
  {
    name: 'export',
    go: async (ana) => {
      await close(ana);
      await ana.page.getByRole('button', { name: 'Export', exact: true }).first().click();
      await expectPage(ana.page.getByRole('region', { name: 'Preview' })).toBeVisible();
    },
  },
  {
    name: 'resolved',
    go: async (ana) => {
      await close(ana);
      await ana.page.getByRole('link', { name: 'Back to the log' }).click();
      await ana.page.getByRole('button', { name: /Change status/ }).click();
      await ana.page
        .getByRole('dialog')
        .getByRole('button', { name: /^Resolved/ })
        .click();
      await expectPage(ana.page.getByRole('link', { name: 'Write the postmortem' })).toBeVisible();
    },
  },
  {
    name: 'offline',
    go: async (ana) => {
      await ana.installed();
      await ana.airplane(true);
      await ana.log('Warehouse keeps the retry queue on.', 'action');
      await expectPage(ana.page.getByText(/^Offline since/)).toBeVisible();
    },
  },
  { name: 'home', go: async (ana) => void (await ana.page.goto('/')) },
];

async function close(ana: Phone): Promise<void> {
  await ana.page.getByRole('dialog').last().getByRole('button', { name: 'Close' }).click();
  await expectPage(ana.page.getByRole('dialog')).toHaveCount(0);
}

/** In both themes. */
async function findSerious(ana: Phone, where: string): Promise<readonly string[]> {
  const found = await findViolations(ana.page);
  await ana.page.emulateMedia({ colorScheme: 'light' });
  const inLight = await findColourViolations(ana.page);
  await ana.page.emulateMedia({ colorScheme: 'dark' });
  const tell = (theme: string, violations: readonly Violation[]): readonly string[] =>
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) => `${where}, ${theme}: ${id} ${nodes.map(({ html }) => html).join(' ')}`,
      );
  return [...tell('dark', found), ...tell('light', inLight)];
}

const isThere = (ana: Phone) =>
  expectPage(ana.page.getByText(/Logline|Timeline|Nothing|Card/).first()).toBeVisible();

test('[U3] no screen has a serious or critical axe finding, in either theme, on a laptop', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind', { screen: LAPTOP, keepsApp: true });
  const findings: string[] = [];
  for (const { name, go } of TOUR) {
    await go(ana);
    await isThere(ana);
    findings.push(...(await findSerious(ana, name)));
  }
  expect(findings).toEqual([]);
  expect(ana.errors).toEqual([]);
});

/** The narrowest is where a thumb has it hardest: the way goes there, and each screen is shown to the others. */
const NARROW = [320, 360, PHONE.width, 430] as const;

test(`[U3] [U4] [U8] on phones of ${NARROW.join(', ')} px nothing is wider than the screen, what a thumb needs is 48 px, nothing moves by itself with less motion asked for, and axe finds nothing serious in either theme`, async () => {
  const server = await startServer({}, CLIENT_DIR);
  const [narrowest, ...wider] = NARROW;
  const ana = await newPhone(server.url, 'Ana Lind', {
    screen: { width: narrowest, height: 740 },
    keepsApp: true,
  });
  const findings: string[] = [];
  const look = async (name: string, width: number): Promise<void> => {
    for (const wide of await ana.page.evaluate(findTooWide, width))
      findings.push(`${name}, ${width} px: ${wide}`);
    for (const small of await ana.page.evaluate(findSmallTargets))
      findings.push(`${name}, ${width} px: ${small}`);
  };
  for (const { name, go } of TOUR) {
    await go(ana);
    await isThere(ana);
    const moving = await ana.page.evaluate(countMoving);
    if (moving > 0) findings.push(`${name}: ${moving} move by themselves`);
    await look(name, narrowest);
    for (const width of wider) {
      await ana.page.setViewportSize({ width, height: 740 });
      await look(name, width);
    }
    await ana.page.setViewportSize(PHONE);
    findings.push(...(await findSerious(ana, name)));
    await ana.page.setViewportSize({ width: narrowest, height: 740 });
  }
  expect(findings).toEqual([]);
  expect(ana.errors).toEqual([]);
});

test('[U7] at 200 % text nothing is wider than the screen', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind', { keepsApp: true });
  await ana.context.addInitScript(() =>
    document.addEventListener('DOMContentLoaded', () => {
      document.documentElement.style.fontSize = '200%';
    }),
  );
  const findings: string[] = [];
  for (const { name, go } of TOUR) {
    await go(ana);
    for (const wide of await ana.page.evaluate(findTooWide, PHONE.width)) {
      findings.push(`${name}: ${wide}`);
    }
  }
  expect(findings).toEqual([]);
});
/** What reaches past the edge, where nothing is meant to be scrolled or cut off sideways. */
function findTooWide(width: number): readonly string[] {
  const isCut = (element: Element): boolean => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      if (at.matches('body, #app, .log, .scroll')) continue;
      if (getComputedStyle(at).overflowX !== 'visible') return true;
    }
    return false;
  };
  const page = document.documentElement.scrollWidth;
  const wide = [...document.querySelectorAll('body *')].filter((element) => {
    const { left, right, width: own } = element.getBoundingClientRect();
    return own > 1 && (right > width + 0.5 || left < -0.5) && !isCut(element);
  });
  return [
    ...(page > width ? [`the page is ${page} px wide`] : []),
    ...wide.map((element) => `${element.tagName} ${element.className} is too wide`),
  ];
}

function countMoving(): number {
  return document.getAnimations().filter(({ playState }) => playState === 'running').length;
}

/** The capture path: what is pressed while an incident is on. */
function findSmallTargets(): readonly string[] {
  const pressed = document.querySelectorAll<HTMLElement>(
    '.composer button, .composer-field, .home-dock button, dialog .button, dialog .chip, dialog .step, .rubric label, .choice label',
  );
  return [...pressed].flatMap((element) => {
    const { width, height } = element.getBoundingClientRect();
    if (width === 0) return [];
    const isSmall = width < 47.5 || height < 47.5;
    const name = element.getAttribute('aria-label') ?? element.textContent;
    return isSmall ? [`${name} is ${Math.round(width)} × ${Math.round(height)}`] : [];
  });
}
