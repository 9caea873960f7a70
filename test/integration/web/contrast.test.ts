import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium, openPage } from './browser.js';
import { contrastFindings } from './contrast.js';
import { PAGES } from './dashboard-pages.js';
import { startDashboard, type Dashboard } from './dashboard-service.js';

const executable = findChromium();
if (executable === null) console.warn('skipped: no Chromium (set EMOSCOPE_CHROMIUM or install the package chromium)');

describe.skipIf(executable === null)('words and focus rings stand out in every state', { timeout: 240_000 }, () => {
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

  /** In both themes: only the attribute changes, as by the button. */
  const check = async (page: Page, name: string): Promise<void> => {
    await expect.poll(() => page.evaluate(`!document.body.innerText.includes('Загрузка')`)).toBe(true);
    for (const theme of ['light', 'dark']) {
      await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
      const { controls, findings } = await contrastFindings(page);
      expect(controls, name).toBeGreaterThan(1);
      expect(findings, `${name}, ${theme}`).toEqual([]);
    }
  };

  const withPage = async (look: (page: Page) => Promise<void>): Promise<void> => {
    const { page, context } = await openPage(browser, { origin: dashboard.url, width: 1440 });
    try {
      await look(page);
    } finally {
      await context.close();
    }
  };

  it('on every page', async () => {
    await withPage(async (page) => {
      for (const [hash, ru] of PAGES) {
        await page.goto(`${dashboard.url}#/${hash}`);
        await page.getByRole('heading', { level: 1, name: ru, exact: true }).waitFor();
        await check(page, hash);
      }
      await page.goto(`${dashboard.url}#/terminal/till-customer`);
      await page.locator('[data-kiosk]').waitFor();
      await check(page, 'kiosk');
    });
  });

  it('on the page that asks for a name', async () => {
    await withPage(async (page) => {
      const anonymous = { open: false, actor: null, role: null, permissions: [], csrfToken: null };
      await page.route('**/api/v1/session', (route) => route.fulfill({ json: anonymous }));
      await page.goto(`${dashboard.url}#/live`);
      await page.getByRole('form', { name: 'Вход' }).waitFor();
      await check(page, 'login');
    });
  });
});
