import { expect, it } from 'vitest';
import { seriousFindings, until } from './browser.js';
import { describeInChromium } from './dashboard-in-chromium.js';

describeInChromium('the shop in Chromium over the real service', 240_000, ({ withPage, withWatchedPage, open }) => {
  it.each([
    { width: 390, theme: 'dark', language: 'ru', words: ['Добавить место', 'Сохранить', 'Прилавок'] },
    { width: 1440, theme: 'light', language: 'en', words: ['Add a place', 'Save', 'Counter'] },
  ] as const)('takes, changes and lets go of a place at $width px, in $language', async (look) => {
    const { words, ...settings } = look;
    const [add, save, name] = words;
    await withPage(settings, async (page) => {
      page.on('dialog', (dialog) => void dialog.accept());
      await open(page, 'shop');
      const card = page.locator('[data-register="places"]');
      await card.locator('input[name="places-name"]').fill(name);
      await card.locator('.entry-views .check').first().click();
      await card.locator('select[name="served"]').last().selectOption('receipts');
      await card.getByRole('button', { name: add }).click();
      const line = card.locator('[data-entry]', { hasText: name });
      await line.waitFor();
      expect(await line.innerText()).toMatch(look.language === 'ru' ? /чеки/ : /receipts/);
      await line.locator('.entry-actions button').first().click();
      await card.locator('[data-entry] input[name="places-name"]').fill(`${name} 2`);
      expect(await seriousFindings(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      await card.getByRole('button', { name: save }).click();
      await card.getByText(`${name} 2`).waitFor();
      await page.reload();
      await card.getByText(`${name} 2`).waitFor();
      await card
        .locator('[data-entry]', { hasText: `${name} 2` })
        .locator('.danger')
        .click();
      await until(page, `document.querySelectorAll('[data-register="places"] [data-entry]').length === 0`);
    });
  });

  it('gives a tablet its PIN, and lets it go again', async () => {
    await withPage({ width: 390 }, async (page) => {
      page.on('dialog', (dialog) => void dialog.accept());
      await open(page, 'shop');
      const [places, devices] = ['places', 'devices'].map((name) => page.locator(`[data-register="${name}"]`));
      if (places === undefined || devices === undefined) throw new Error('two cards');
      await devices.getByText('Сначала добавьте место').waitFor();
      await places.locator('input[name="places-name"]').fill('Выход');
      await places.locator('form button[type="submit"]').click();
      await devices.locator('input[name="device-name"]').fill('Планшет');
      await devices.locator('form button[type="submit"]').click();
      const pin = await devices.locator('[data-pin]').innerText();
      expect(pin).toMatch(/^\d{6}$/);
      expect(await devices.locator('.device-pin').innerText()).toContain('/kiosk');
      expect(await seriousFindings(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      const state = devices.locator('[data-device-state]');
      expect(await state.getAttribute('data-device-state')).toBe('waiting');
      const token = await page.evaluate<string>(`(async () => {
        const headers = { 'content-type': 'application/json' };
        const paired = await fetch('api/v1/devices/pair', { method: 'POST', headers, body: '{"pin":"${pin}"}' });
        return (await paired.json()).token;
      })()`);
      expect(token).toMatch(/^emd_/);
      await page.reload();
      await devices.locator('[data-device-state="paired"]').waitFor();
      await devices.locator('.danger').click();
      await devices.locator('[data-device-state="revoked"]').waitFor();
      await devices.locator('.danger').click();
      await devices.getByText('Терминалов пока нет').waitFor();
      await places.locator('[data-entry] .danger').click();
      await devices.getByText('Сначала добавьте место').waitFor();
    });
  });

  it('says in the reader’s words why a camera that a place names cannot go', async () => {
    await withWatchedPage({}, async ({ page }) => {
      page.on('dialog', (dialog) => void dialog.accept());
      await open(page, 'shop');
      const card = page.locator('[data-register="places"]');
      await card.locator('input[name="places-name"]').fill('Дверь');
      await card.locator('.entry-views .check', { hasText: 'Вход' }).first().click();
      await card.locator('form button[type="submit"]').click();
      await card.locator('[data-entry]').waitFor();
      const refused = await page.evaluate(`(async () => {
        const session = await (await fetch('api/v1/session')).json();
        const headers = { 'accept-language': 'ru' };
        if (session.csrfToken) headers['x-csrf-token'] = session.csrfToken;
        return (await fetch('api/v1/streams/entrance', { method: 'DELETE', headers })).json();
      })()`);
      expect(refused).toMatchObject({ code: 'CONFIG_INVALID' });
      expect((refused as { message: string }).message).toContain('«Дверь»');
      await card.locator('[data-entry] .danger').click();
      await until(page, `document.querySelectorAll('[data-register="places"] [data-entry]').length === 0`);
    });
  });
});
