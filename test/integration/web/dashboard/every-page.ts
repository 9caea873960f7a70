import { PAGES } from '../dashboard-pages.js';
import { walkByTab } from '../keyboard-walk.js';
import { seriousFindings, until } from '../browser.js';
import { describe, expect, it } from 'vitest';
import type { DashboardInChromium } from '../dashboard-in-chromium.js';

/** Tests of every page. */
export const everyPage = (dashboard: DashboardInChromium): void => {
  const { withPage, open } = dashboard;

  describe('every page', () => {
    it.each([
      { width: 1440, theme: 'light' as const },
      { width: 390, theme: 'dark' as const },
    ])('opens every page at $width px, Russian in $theme, English in the other theme', async ({ width, theme }) => {
      const themes = { light: 'Светлая тема', dark: 'Тёмная тема' };
      const other = theme === 'light' ? 'Dark theme' : 'Light theme';
      await withPage({ width, theme }, async (page) => {
        const look = async (hash: string, audited = true): Promise<void> => {
          expect(await page.locator('[role="alert"]').allInnerTexts(), hash).toEqual([]);
          expect(await page.locator('.bar-site').innerText(), hash).toBe('Проверка');
          expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), hash).toBeLessThanOrEqual(0);
          if (audited) expect(await seriousFindings(page), hash).toEqual([]);
        };
        for (const [hash, ru, en] of PAGES) {
          await open(page, hash);
          await page.getByRole('heading', { level: 1, name: ru, exact: true }).waitFor();
          await until(page, `!document.body.innerText.includes('Загрузка')`);
          await look(hash);
          await page.getByRole('button', { name: 'Switch to English' }).click();
          await page.getByRole('heading', { level: 1, name: en, exact: true }).waitFor();
          await page.getByRole('button', { name: other }).click();
          expect(await page.evaluate('document.documentElement.lang')).toBe('en');
          await look(hash, width > 1000);
          await page.getByRole('button', { name: 'Переключить на русский' }).click();
          await page.getByRole('button', { name: themes[theme] }).click();
        }
      });
    });

    it('leads through every page by the keyboard alone: each control once, with a mark where one is, and out again', async () => {
      await withPage({}, async (page) => {
        for (const [hash, ru] of PAGES) {
          await open(page, hash);
          await page.getByRole('heading', { level: 1, name: ru, exact: true }).waitFor();
          await until(page, `!document.body.innerText.includes('Загрузка')`);
          const walk = await walkByTab(page);
          expect(walk.unmarked, hash).toEqual([]);
          expect(walk.missed, hash).toEqual([]);
          expect(walk.left, hash).toBe(true);
        }
      });
    });
  });
};
