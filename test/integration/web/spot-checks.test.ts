import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { seriousFindings, until } from './browser.js';
import { describeInChromium } from './dashboard-in-chromium.js';

/** Lets the check that is going on have begun earlier, as if the person had counted for so long. */
const passed = async (page: Page, ms: number): Promise<void> => {
  await page.evaluate(`{
    const kept = JSON.parse(localStorage.getItem('emoscope.checks'));
    kept.counting.fromTs -= ${ms};
    for (const tap of kept.counting.taps) tap.ts -= ${ms};
    localStorage.setItem('emoscope.checks', JSON.stringify(kept));
  }`);
  await page.reload();
};

const tap = (page: Page, name: string): Promise<void> => page.locator(`[data-tap="${name}"]`).click();
const totals = (page: Page): Promise<string> => page.locator('[data-check="totals"]').innerText();
const unsent = '[data-check="unsent"]';
const rows = '[data-spot-check]';

describeInChromium('a check on the spot in Chromium over the real service', 240_000, (dashboard) => {
  const { withPage, withWatchedPage, open } = dashboard;
  it.each([
    { width: 390, theme: 'light', language: 'ru' },
    { width: 390, theme: 'dark', language: 'en' },
    { width: 1440, theme: 'dark', language: 'ru' },
    { width: 1440, theme: 'light', language: 'en' },
  ] as const)('is counted with the thumb at $width px, $theme, in $language', async ({ width, theme, language }) => {
    await withPage({ width, theme, language }, async (page) => {
      await open(page, 'check');
      await page.locator('.check-start button').waitFor();
      await page.locator('.check-start select').first().selectOption('entrance');
      expect(await page.locator('option', { hasText: 'продавец' }).count()).toBe(0);
      const before = await page.locator(rows).count();
      await page.locator('.check-start button').click();
      await tap(page, 'men');
      await tap(page, 'women-smiled');
      await tap(page, 'women-smiled');
      await tap(page, 'unsure');
      expect(await totals(page)).toMatch(/4.*2.*1.*2/s);
      await page.getByRole('button', { name: language === 'ru' ? 'Отменить последнего' : 'Undo the last' }).click();
      expect(await totals(page)).toMatch(/3.*2.*1.*2/s);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(await seriousFindings(page)).toEqual([]);
      // Every button is a thumb wide, and all six are seen at once beside the clock.
      for (const box of await page.locator('.check-tap').all()) {
        const { y = 0, width: wide = 0, height = 0 } = (await box.boundingBox()) ?? {};
        expect(Math.min(wide, height)).toBeGreaterThanOrEqual(72);
        expect(y + height).toBeLessThanOrEqual(900);
      }
      await passed(page, 130_000);
      expect(await totals(page)).toMatch(/3.*2.*1.*2/s);
      await page.locator('.check-large.primary').click();
      await until(page, `document.querySelectorAll('${rows}').length === ${before + 1}`);
      expect(await page.locator(rows).first().innerText()).toMatch(/3\s+2\s+1\s+2/);
      expect(await page.locator('[data-check="note"]').innerText()).toContain(
        language === 'ru' ? 'Проверка на месте' : 'Spot check',
      );
      expect(await page.evaluate(`localStorage.getItem('emoscope.checks')`)).toBeNull();
      expect(await seriousFindings(page)).toEqual([]);
      await page.reload();
      await until(page, `document.querySelectorAll('${rows}').length === ${before + 1}`);
    });
  });

  it('is counted by keys, ends by itself when its time is up, and can be abandoned and deleted', async () => {
    await withPage({}, async (page) => {
      await open(page, 'check');
      await page.locator('.check-start select').first().selectOption('till-customer');
      await until(page, `!document.body.innerText.includes('Загрузка')`);
      await page.locator('.check-start button').click();
      for (const key of ['1', '2', '5', '6', 'Backspace', '3', '9']) await page.keyboard.press(key);
      expect(await totals(page)).toMatch(/4.*1.*1.*2/s);
      expect(await page.getByRole('button', { name: 'Закончить сейчас' }).isDisabled()).toBe(true);
      await passed(page, 298_000);
      await page.locator(rows).waitFor();
      expect(await page.locator(rows).innerText()).toMatch(/4\s+1\s+1\s+2/);
      page.on('dialog', (dialog) => void dialog.accept());
      await page.locator('.check-start button').click();
      await page.keyboard.press('1');
      await page.getByRole('button', { name: 'Прервать' }).click();
      await page.locator('.check-start').waitFor();
      expect(await page.locator(rows).count()).toBe(1);
      await page.locator(rows).getByRole('button').click();
      await page.getByText('Перед этой камерой ещё не считали.').waitFor();
    });
  });

  it('survives a reload in the middle and a network that is gone, and is kept once', async () => {
    await withWatchedPage({ width: 390 }, async ({ page, context }) => {
      const sent: string[] = [];
      page.on('request', (request) => {
        if (request.method() === 'POST' && request.url().endsWith('/spot-checks')) sent.push(request.postData() ?? '');
      });
      await open(page, 'check');
      await page.locator('.check-start select').first().selectOption('till-customer');
      await page.locator('.check-start button').click();
      await tap(page, 'men-smiled');
      await page.reload();
      await tap(page, 'women');
      expect(await totals(page)).toMatch(/2.*1.*1.*1/s);
      await passed(page, 90_000);
      await page.locator('[data-check="totals"]').waitFor();
      await context.setOffline(true);
      await tap(page, 'women');
      await page.locator('.check-large.primary').click();
      await page.locator(unsent).waitFor();
      await until(page, `JSON.parse(localStorage.getItem('emoscope.checks')).unsent.length === 1`);
      await context.setOffline(false);
      await page.locator(unsent).waitFor({ state: 'detached' });
      await page.locator(rows).waitFor();
      expect(await page.locator(rows).innerText()).toMatch(/3\s+1\s+1\s+2/);
      // The same once more, as after an answer that was lost on its way.
      const [body = ''] = sent;
      expect(new Set(sent.map((one) => (JSON.parse(one) as { id: string }).id)).size).toBe(1);
      const again = await fetch(`${dashboard.service.url}api/v1/spot-checks`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect(again.status).toBe(201);
      await page.reload();
      await page.locator(rows).waitFor();
      expect(await page.locator(rows).count()).toBe(1);
    });
  });
});
