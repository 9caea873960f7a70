import { until } from '../browser.js';
import { describe, expect, it } from 'vitest';
import type { DashboardInChromium } from '../dashboard-in-chromium.js';

/** Tests of the live page. */
export const livePage = (dashboard: DashboardInChromium): void => {
  const { withPage, open } = dashboard;

  describe('the live page', () => {
    it('shows cameras in words, boxes over the picture and a number that moves', async () => {
      await withPage({}, async (page) => {
        await open(page, 'live');
        await page.locator('[data-banner="open"]').waitFor();
        const tile = page.locator('[data-tile="till-customer"]');
        await tile.locator('[data-state="online"]').waitFor();
        await tile.locator('[data-face-count]:not([data-face-count="0"])').waitFor();
        await tile.scrollIntoViewIfNeeded();
        await until(
          page,
          `(() => { const canvas = document.querySelector('canvas[data-faces="till-customer"]');
          const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          return pixels.some((value) => value > 0); })()`,
        );
        await until(
          page,
          `(() => { const image = document.querySelector('[data-view="till-customer"] img'); return image?.naturalWidth > 0; })()`,
        );
        const number = page.locator('[data-kpi="smile-index"] .value');
        await until(
          page,
          `/^\\d+,\\d\\d$/.test(document.querySelector('[data-kpi="smile-index"] .value').textContent.trim())`,
        );
        expect(await number.innerText()).toMatch(/^\d+,\d\d/);
        const samples = `Number(document.querySelector('[data-kpi="visitors"] .value').textContent.replace(/\\D/g, ''))`;
        await until(page, `${samples} > 0`);
        expect(await page.locator('.bars .num').first().innerText()).toMatch(/^\d+$/);
      });
    });
  });
};
