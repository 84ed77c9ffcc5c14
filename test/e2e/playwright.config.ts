import { defineConfig } from '@playwright/test';
import { CHROMIUM_FLAGS, findBrowserOnce } from '../support/browser.js';
import { FONTS_CSS, SAME_LETTERS } from './support/screenshots/same-letters.js';

const executablePath = await findBrowserOnce('chromium');

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  reporter: [['list'], ['json', { outputFile: '../../test-results/e2e.json' }]],
  forbidOnly: process.env['CI'] !== undefined,
  // Playback waits more than it computes: three browsers on two cores do not starve each other.
  workers: 3,
  // On a shared machine a test may starve; one that needs its second chance is listed as flaky.
  retries: process.env['CI'] === undefined ? 0 : 1,
  timeout: 120_000,
  globalTimeout: 60 * 60_000,
  snapshotPathTemplate: '{testDir}/screenshots/{arg}{ext}',
  // A picture that is missing fails, and is made only by who asks for it with --update-snapshots.
  updateSnapshots: 'none',
  expect: { toHaveScreenshot: { stylePath: FONTS_CSS, threshold: 0.1, maxDiffPixelRatio: 0.002 } },
  use: {
    browserName: 'chromium',
    launchOptions: {
      executablePath,
      args: [...CHROMIUM_FLAGS, ...SAME_LETTERS.args],
      env: { ...process.env, ...SAME_LETTERS.env },
    },
    // Pictures of the page at each step would cost as much as the playback that is looked at.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
  },
  projects: [{ name: 'chromium' }],
});
