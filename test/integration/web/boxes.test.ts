import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium, openPage } from './browser.js';
import { startDashboard, type Dashboard } from './dashboard-service.js';

const executable = findChromium();
if (executable === null) console.warn('skipped: no Chromium (set EMOSCOPE_CHROMIUM or install the package chromium)');

/** Capture times of the frame on show and of the frame whose faces are drawn over it. */
const SHOWN_AND_DRAWN = `(() => {
  const shown = document.querySelector('[data-view="till-customer"] img')?.dataset.ts;
  const drawn = document.querySelector('canvas[data-faces="till-customer"]')?.dataset.ts;
  return { shown, drawn };
})()`;

describe.skipIf(executable === null)('boxes over a live picture', { timeout: 240_000 }, () => {
  let dashboard: Dashboard;
  let browser: Browser;
  beforeAll(async () => {
    dashboard = await startDashboard();
    browser = await launchChromium(executable ?? '');
  }, 240_000);
  afterAll(async () => {
    await browser.close();
    await dashboard.stop();
  }, 60_000);

  it('are those of the very frame on show, which comes later than its faces', async () => {
    const { page, errors, context } = await openPage(browser, { origin: dashboard.url, width: 1440 });
    await page.goto(`${dashboard.url}#/live`);
    await page.locator('[data-tile="till-customer"]').scrollIntoViewIfNeeded();
    const seen = new Set<string>();
    await expect
      .poll(
        async () => {
          const { shown, drawn } = await page.evaluate<{ shown?: string; drawn?: string }>(SHOWN_AND_DRAWN);
          if (shown !== undefined && drawn !== undefined && drawn !== '' && drawn === shown) seen.add(shown);
          return seen.size;
        },
        { timeout: 60_000, interval: 50 },
      )
      .toBeGreaterThan(3);
    expect(errors).toEqual([]);
    await context.close();
  });
});
