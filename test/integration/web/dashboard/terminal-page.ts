import { seriousFindings } from '../browser.js';
import { describe, expect, it } from 'vitest';
import type { DashboardInChromium } from '../dashboard-in-chromium.js';

/** Tests of the terminal. */
export const terminalPage = (dashboard: DashboardInChromium): void => {
  const { withPage, open } = dashboard;

  describe('the terminal', () => {
    it('answers a visitor on the terminal, and stores no picture', async () => {
      await withPage({}, async (page) => {
        await open(page, 'terminal/till-customer');
        await page.locator('[data-kiosk="hello"], [data-kiosk="thanks"]').waitFor();
        expect(await page.getByRole('meter').getAttribute('aria-valuenow')).toMatch(/^\d+$/);
        expect(await page.locator('img').count()).toBe(0);
        expect(await seriousFindings(page)).toEqual([]);
        const kept = await page.evaluate<string>('JSON.stringify(localStorage)');
        expect(kept.length).toBeLessThan(500);
      });
    });
  });
};
