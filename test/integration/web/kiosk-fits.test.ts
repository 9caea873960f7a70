import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FeedbackSettings, FeedbackSettingsInput } from '../../../src/contracts/service/device.js';
import { findChromium, launchChromium, seriousFindings } from './browser.js';
import { openKioskShop, type KioskShop } from './kiosk-shop.js';
import { openTablet, pairTablet } from './kiosk-tablet.js';

const executable = findChromium();
const SIZES = [
  [390, 844],
  [768, 1024],
  [1024, 768],
  [1080, 1920],
] as const;
const SCALES: readonly FeedbackSettings['scale'][] = [2, 3, 4, 5];

/** The most that a shop may ask, in long words. */
const FULL: FeedbackSettingsInput = {
  question: {
    ru: 'Насколько вам понравилось сегодня обслуживание в нашем магазине на Ленинградском проспекте?',
    en: 'How did you like the service in our shop on Leningradsky Avenue today?',
  },
  reasonQuestion: { ru: 'Что именно вам сегодня у нас не понравилось?', en: 'What exactly did you not like today?' },
  reasons: Array.from({ length: 8 }, (_, at) => ({
    id: `reason-${at}`,
    name: { ru: 'Консультант не подошёл или не помог', en: 'The assistant did not come, or did not help' },
  })),
  message: true,
  idleSeconds: 300,
};

/** What does not fit: the page scrolls, a target is too small, lies outside, or hides words of its own. */
const misfits = (page: Page): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(`(() => {
    const found = [];
    const { scrollHeight, scrollWidth } = document.scrollingElement;
    if (scrollHeight > innerHeight || scrollWidth > innerWidth) found.push('scrolls: ' + scrollWidth + '×' + scrollHeight);
    const targets = [...document.querySelectorAll('button, textarea')];
    for (const [at, target] of targets.entries()) {
      const box = target.getBoundingClientRect();
      const name = target.getAttribute('aria-label') ?? target.textContent;
      if (box.width < 95.5 || box.height < 95.5) found.push('small: ' + name + ' ' + box.width + '×' + box.height);
      if (box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight) found.push('outside: ' + name);
      if (target.scrollHeight > target.clientHeight + 1 && target.tagName === 'BUTTON') found.push('cut: ' + name);
      for (const other of targets.slice(at + 1)) {
        const b = other.getBoundingClientRect();
        if (box.left < b.right - 1 && b.left < box.right - 1 && box.top < b.bottom - 1 && b.top < box.bottom - 1)
          found.push('overlap: ' + name);
      }
    }
    return found;
  })()`);

describe.skipIf(executable === null)('the feedback terminal fits', { timeout: 120_000 }, () => {
  let shop: KioskShop;
  let browser: Browser;
  beforeAll(async () => {
    shop = await openKioskShop();
    browser = await launchChromium(executable ?? '');
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await shop.stop();
  }, 60_000);

  it.each(SIZES)(
    '%d × %d: nothing scrolls, every target is 96 px or more, names are read out',
    async (width, height) => {
      for (const scale of SCALES) {
        const { pin } = await shop.add({ ...FULL, scale });
        const { page, context, errors } = await openTablet(browser, shop.url, { width, height });
        const fits = async (what: string): Promise<void> => {
          await page.locator(`[data-screen="${what}"]`).waitFor();
          expect([scale, what, await misfits(page)]).toEqual([scale, what, []]);
          if (scale === 5) expect([what, await seriousFindings(page)]).toEqual([what, []]);
        };
        await fits('pairing');
        await pairTablet(page, pin);
        expect(await page.locator('[data-grade]').count()).toBe(scale);
        await fits('faces');
        // What follows a low grade is the same on every scale.
        for (const language of scale === 5 ? ['English', 'Русский'] : []) {
          await fits('faces');
          await page.locator('[data-grade]').last().tap();
          await fits('reasons');
          await page.locator('[data-reason]').first().tap();
          await fits('message');
          await page.locator('[data-skip]').tap();
          await fits('thanks');
          await page.locator('[data-screen="faces"]').waitFor();
          if (language === 'English') {
            await page.getByText('English', { exact: true }).tap();
            await page.getByText('Русский', { exact: true }).waitFor();
          }
        }
        expect(errors).toEqual([]);
        await context.close();
      }
    },
  );
});
