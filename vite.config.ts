import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { CHROMIUM_ARGS, findChromium } from './tests/support/chromium.ts';

const chromium = findChromium();

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'unit', include: ['tests/*.test.ts', 'tests/{shared,server}/**/*.test.ts'] },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/client/**/*.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                args: [...CHROMIUM_ARGS],
                ...(chromium && { executablePath: chromium }),
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
