import { expect, it } from 'vitest';
import { comparisonReport } from '../../unit/reporting/other-fixtures.js';
import { until } from './browser.js';
import { describeInChromium } from './dashboard-in-chromium.js';

/** Spans of the chart's width that a line is drawn in: columns with a coloured pixel, blank ones of under 2 % joined. */
const STROKES = `(() => {
  const canvas = document.querySelector('.chart canvas');
  const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const isDrawn = (x) => {
    for (let y = 0; y < height; y += 1) {
      const [r, g, b] = data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3);
      if (data[4 * (y * width + x) + 3] > 200 && Math.max(r, g, b) - Math.min(r, g, b) > 70) return true;
    }
    return false;
  };
  let strokes = 0;
  let blank = Infinity;
  for (let x = 0; x < width; x += 1) {
    if (!isDrawn(x)) blank += 1;
    else {
      if (blank > 0.02 * width) strokes += 1;
      blank = 0;
    }
  }
  return strokes;
})()`;

describeInChromium('the reports in Chromium over the real service', 240_000, ({ withPage, open }) => {
  it('compare two periods, on the page and as files of the same periods', async () => {
    await withPage({}, async (page) => {
      await open(page, 'reports/compare');
      const [first, second] = [page.getByLabel('Период А'), page.getByLabel('Период Б')];
      await first.selectOption('today');
      await second.selectOption({ label: 'последний час' });
      await page.locator('[data-report="compare"] tbody tr').first().waitFor();
      for (const [format, start] of [
        ['pdf', '%PDF'],
        ['csv', 'figure,a,a_low'],
        ['html', '<!doctype html>'],
        ['xlsx', 'PK'],
      ] as const) {
        const address = await page.locator(`[data-download="${format}"]`).getAttribute('href');
        const answer = await page.request.get(new URL(address ?? '', page.url()).href);
        expect(answer.status(), format).toBe(200);
        expect((await answer.body()).toString('latin1').slice(0, start.length).toLowerCase()).toBe(start.toLowerCase());
        expect(answer.headers()['content-disposition']).toContain('comparison_');
      }
    });
  });

  it('draw no line over closed nights', async () => {
    await withPage({}, async (page) => {
      await page.route('**/api/v1/reports/comparison?*', (route) => route.fulfill({ json: comparisonReport() }));
      await open(page, 'reports/compare');
      await page.locator('.chart canvas').waitFor();
      await until(page, `${STROKES} > 0`);
      // Two and three days of open hours, one over the other.
      expect(await page.evaluate(STROKES)).toBe(3);
    });
  });

  it.each(['reports/visitors', 'reports/me1', 'reports/compare'])(
    '%s says that there are no data where there are none, and not that something is hidden',
    async (hash) => {
      await withPage({}, async (page) => {
        await open(page, hash);
        await page.locator('.params select').first().waitFor();
        for (const select of await page.locator('.params select').all()) {
          const names = await select.locator('option').allInnerTexts();
          if (names.includes('вчера')) await select.selectOption({ label: 'вчера' });
        }
        const build = page.getByRole('button', { name: 'Построить' });
        if ((await build.count()) > 0) await build.click();
        await page.locator('[data-empty]').waitFor();
        expect(await page.locator('[data-withheld]').count()).toBe(0);
        expect(await page.getByRole('main').innerText()).not.toContain('скрыт');
      });
    },
  );
});
