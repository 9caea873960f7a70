import { readFile } from 'node:fs/promises';
import readXlsx from 'read-excel-file/node';
import { anotherDayThanMoscow } from '../dashboard-service.js';
import { until } from '../browser.js';
import { describe, expect, it } from 'vitest';
import type { DashboardInChromium } from '../dashboard-in-chromium.js';

/** Tests of the contact point and the reports. */
export const figuresPages = (dashboard: DashboardInChromium): void => {
  const { withPage, open } = dashboard;

  describe('the contact point and the reports', () => {
    it('replays a contact as curves', async () => {
      await withPage({}, async (page) => {
        await open(page, 'contact/till');
        await page.locator('[data-kpi="happy-index"]').waitFor();
        await page
          .getByRole('link', { name: /Показать кривые/ })
          .first()
          .click();
        const replay = page.locator('[data-replay]');
        await replay.locator('.chart canvas').waitFor();
        await replay.getByRole('button', { name: 'Проиграть' }).click();
        const slider = replay.getByRole('slider');
        await until(
          page,
          `(() => { const at = Number(document.querySelector('[data-replay] input').value); return at > 300 && at < 9000; })()`,
        );
        await replay.getByRole('button', { name: 'Пауза' }).click();
        await slider.focus();
        await page.keyboard.press('End');
        const lengthMs = Number(await slider.getAttribute('max'));
        expect(lengthMs - Number(await slider.inputValue())).toBeLessThan(100);
        expect(await page.locator('video').count()).toBe(0);
      });
    });

    it('counts days where the site is, though its facts come late and the browser is on another day', async () => {
      await withPage({ timeZone: anotherDayThanMoscow() }, async (page) => {
        const loading = page.getByText('Загрузка…').first();
        await page.route('**/api/v1/info', (route) => loading.waitFor().then(() => route.continue()));
        await open(page, 'reports/me1');
        await page.locator('[data-report="me1"]').waitFor();
      });
    });

    it('shows МЭ-1 and downloads it in every format, and the files open', async () => {
      await withPage({}, async (page) => {
        await open(page, 'reports/me1');
        const table = page.locator('[data-report="me1"]');
        await table.waitFor();
        expect(await table.locator('thead').innerText()).toContain('Smile-Index [20]');
        for (const total of ['Итого, посетители:', 'Итого, продавцы:'])
          expect((await table.locator('tfoot').innerText()).replace(/\s+/g, ' ')).toContain(total);
        expect(await page.locator('[data-chart] .chart canvas').count()).toBe(4);
        const beyond = `(() => { const box = document.querySelector('.table-scroll'); return box.scrollWidth - box.clientWidth; })()`;
        expect(await page.evaluate(beyond)).toBe(0);
        const heads = await table.locator('thead').innerText();
        await page.getByLabel('Показать 95-процентные интервалы').check();
        expect(await table.locator('thead').innerText()).toBe(heads);
        expect(await page.evaluate(beyond), 'with intervals').toBe(0);
        await page.getByLabel('Порог Happiness (T)').fill('35');
        await page.getByRole('button', { name: 'Построить' }).click();
        await page.getByText('Smile-Index [35]').waitFor();
        const download = async (format: string): Promise<Buffer> => {
          const [file] = await Promise.all([
            page.waitForEvent('download'),
            page.locator(`[data-download="${format}"]`).click(),
          ]);
          return readFile(await file.path());
        };
        const sheet = await readXlsx(await download('xlsx'));
        expect(JSON.stringify(sheet)).toContain('Smile-Index [35]');
        expect((await download('pdf')).subarray(0, 5).toString()).toBe('%PDF-');
        expect((await download('csv')).toString()).toMatch(/Smile/i);
        expect(
          (JSON.parse((await download('json')).toString()) as { params: { threshold: number } }).params.threshold,
        ).toBe(35);
        const html = (await download('html')).toString();
        const opened = await page.context().newPage();
        await opened.setContent(html);
        expect(await opened.locator('body').innerText()).toContain('Итого');
        expect(await opened.locator('svg').count()).toBeGreaterThanOrEqual(3);
        await opened.close();
      });
    });
  });
};
