import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium, openPage } from './browser.js';
import { startContactScene } from './contact-scene.js';

const executable = findChromium();
if (executable === null) console.warn('skipped: no Chromium (set EMOSCOPE_CHROMIUM or install the package chromium)');

/**
 * The displeased customer brings the share of smiles down to 2 of 8 seconds, the one after up to 10 of 16; however the
 * clip goes on, it does not fall below 12 of 24 again.
 */
const SMILE_ALARM = 0.45;

describe.skipIf(executable === null)('a till with two customers, seen live in Chromium', { timeout: 120_000 }, () => {
  let scene: Awaited<ReturnType<typeof startContactScene>>;
  let browser: Browser;

  beforeAll(async () => {
    scene = await startContactScene(SMILE_ALARM);
    browser = await launchChromium(executable ?? '');
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await scene.stop();
  }, 60_000);

  it('shows each verdict as it falls, and the Smile-Index alarm comes and goes', async () => {
    const { page, context, errors } = await openPage(browser, { origin: scene.url, width: 1440 });
    try {
      await page.goto(`${scene.url}#/contact/till`);
      const verdict = page.locator('[data-contact="ended"]');
      const alarm = page.locator('[data-alarm="smile-index"]');
      await alarm.waitFor();
      expect(await alarm.innerText()).toMatch(/Smile-Index за 15 минут 0,[0-4]\d — ниже порога 0,45/);
      await page.locator('[data-contact="running"] .now-line').waitFor();
      await verdict.getByText('Не ответил', { exact: true }).waitFor();
      expect(await verdict.innerText()).toMatch(/Контакт закончен в \d\d:\d\d:\d\d/);

      await alarm.waitFor({ state: 'detached' });
      await verdict.getByText('Уже улыбался', { exact: true }).waitFor();
      const list = page.getByRole('region', { name: 'Контакты смены' });
      await list.locator('[data-verdict="already"]').first().waitFor();
      await list.locator('[data-verdict="indifferent"]').first().waitFor();
      expect(await page.locator('[data-kpi="contacts"] .value').innerText()).toMatch(/^[2-9]$/);
      expect(await alarm.count()).toBe(0);
      expect(errors).toEqual([]);
    } finally {
      await context.close();
    }
  });
});
