import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium, openPage } from './browser.js';
import { startDashboard, type Dashboard } from './dashboard-service.js';

const executable = findChromium();
if (executable === null) console.warn('skipped: no Chromium (set EMOSCOPE_CHROMIUM or install the package chromium)');

describe.skipIf(executable === null)('the live page in Chromium over the real service', { timeout: 120_000 }, () => {
  let dashboard: Dashboard;
  let browser: Browser;

  beforeAll(async () => {
    dashboard = await startDashboard();
    browser = await launchChromium(executable ?? '');
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await dashboard.stop();
  }, 60_000);

  it('says who is left out, and that visitors of several cameras are added', async () => {
    const { page, context, errors } = await openPage(browser, { origin: dashboard.url, width: 1440 });
    try {
      await page.goto(`${dashboard.url}#/live`);
      await page.getByText('один человек у двух камер считается дважды').waitFor();
      const poster = { id: 'poster', name: 'Плакат', url: dashboard.clip, loop: true, fps: 4, role: 'entrance' };
      await page.request.post(`${dashboard.url}api/v1/streams`, { data: poster });
      const line = page.locator('[data-tile="poster"] [data-left-out]');
      await line.waitFor();
      expect(await line.innerText()).toMatch(/^\d+ нежив\S+ лиц\S* \(плакат, упаковка, экран\) не вход/);
      expect(errors).toEqual([]);
    } finally {
      await context.close();
    }
  });
});
