import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { contrastFindings } from './contrast.js';
import { describeInChromium } from './dashboard-in-chromium.js';
import { PAGES } from './dashboard-pages.js';

describeInChromium('words and focus rings stand out in every state', 480_000, (dashboard) => {
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

  it('on every page', async () => {
    await dashboard.withPage({}, async (page) => {
      for (const [hash, ru] of PAGES) {
        await dashboard.open(page, hash);
        await page.getByRole('heading', { level: 1, name: ru, exact: true }).waitFor();
        await check(page, hash);
      }
      await dashboard.open(page, 'terminal/till-customer');
      await page.locator('[data-kiosk]').waitFor();
      await check(page, 'kiosk');
    });
  });

  it('on the page that asks for a name', async () => {
    await dashboard.withPage({}, async (page) => {
      const anonymous = { open: false, actor: null, role: null, permissions: [], csrfToken: null };
      await page.route('**/api/v1/session', (route) => route.fulfill({ json: anonymous }));
      await dashboard.open(page, 'live');
      await page.getByRole('form', { name: 'Вход' }).waitFor();
      await check(page, 'login');
    });
  });
});
