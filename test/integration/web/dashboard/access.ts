import { addAccount, signInAs } from '../access-forms.js';
import { seriousFindings } from '../browser.js';
import { describe, expect, it } from 'vitest';
import type { DashboardInChromium } from '../dashboard-in-chromium.js';

/** Tests of access. */
export const access = (dashboard: DashboardInChromium): void => {
  const { withWatchedPage, open } = dashboard;

  describe('access', () => {
    it('asks for a name once there is an account, says why a login failed, and shows each role its part', async () => {
      await withWatchedPage({}, async ({ page, errors }) => {
        const password = 'correct horse battery';
        const signIn = (name: string, secret: string): Promise<void> => signInAs(page, name, secret);
        const addUser = (name: string, role: string): Promise<void> => addAccount(page, { name, password, role });
        await open(page, 'system/access');
        await addUser('anna', 'admin');
        await page.getByRole('heading', { level: 1, name: 'Вход' }).waitFor();
        expect(await seriousFindings(page)).toEqual([]);
        await signIn('anna', 'not the password');
        await page.getByText('Имя или пароль не подходят.').waitFor();
        await signIn('anna', password);
        await page.getByRole('heading', { level: 1, name: 'Система' }).waitFor();
        expect(await page.locator('[data-banner="open"]').count()).toBe(0);

        await addUser('viewer', 'viewer');
        await page.getByRole('rowheader', { name: 'viewer' }).waitFor();
        // A name that exists is refused, and the account stays what it was.
        await addUser('viewer', 'admin');
        await page.getByText('Учётная запись «viewer» уже есть').waitFor();
        const keys = page.getByRole('form', { name: 'Создать ключ' });
        await keys.getByLabel('Для чего').fill('till-display');
        await keys.getByRole('button').click();
        expect((await page.locator('[data-token]').innerText()).length).toBeGreaterThan(20);

        await page.getByRole('button', { name: 'Выйти' }).click();
        await signIn('viewer', password);
        await open(page, 'live');
        await page.locator('[data-tile="till-customer"]').waitFor();
        expect(await page.locator('canvas[data-faces]').count()).toBe(0);
        expect(await page.locator('[data-face-count]').count()).toBe(0);
        await open(page, 'reports');
        await page.getByText('Нужна роль: аналитик или администратор. Ваша роль: наблюдатель.').waitFor();
        await open(page, 'cameras');
        await page.locator('[data-camera="till-seller"]').waitFor();
        expect(await page.getByRole('link', { name: 'Добавить камеру' }).count()).toBe(0);
        expect(errors.filter((error) => !/status of (401 .*\/auth\/login|409 .*\/users)/.test(error))).toEqual([]);
      });
    });
  });
};
