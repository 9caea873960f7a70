import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../fixtures/clips.js';
import type { FeedbackSettingsInput } from '../../../src/contracts/service/device.js';
import { findChromium, launchChromium } from './browser.js';
import { builtWeb } from './build-web.js';
import { openKioskShop, type KioskShop } from './kiosk-shop.js';
import { allSent, canOpenAlone, openTablet, pairTablet, pressAndReturn } from './kiosk-tablet.js';

const executable = findChromium();
const LOW = {
  scale: 3,
  reasons: [
    { id: 'queue', name: { ru: 'Очередь', en: 'The queue' } },
    { id: 'price', name: { ru: 'Цены', en: 'Prices' } },
  ],
  message: true,
} satisfies FeedbackSettingsInput;

describe.skipIf(executable === null)(
  'the feedback terminal in Chromium over the real service',
  { timeout: 120_000 },
  () => {
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

    it('a touch, a reason and a message reach the store as one press', async () => {
      const { pin, id } = await shop.add(LOW);
      const { page, context, errors } = await openTablet(browser, shop.url);
      await pairTablet(page, pin);
      await page.locator('[data-grade="red"]').tap();
      await page.locator('[data-reason="queue"]').tap();
      await page.getByLabel('Ваше сообщение').fill('Долго ждали');
      await page.locator('[data-send]').tap();
      await page.locator('[data-screen="thanks"]').waitFor();
      await allSent(page);
      const kept = { grade: 'red', reason: 'queue', text: 'Долго ждали', rev: 2, placeId: 'exit', source: 'kiosk' };
      expect(await shop.presses(id)).toMatchObject([kept]);
      expect((await shop.presses(id))[0]?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
      await page.locator('[data-screen="faces"]').waitFor();
      expect(errors).toEqual([]);
      await context.close();
    });

    it('presses in a row are kept and marked; who leaves in the middle is forgotten by the screen alone', async () => {
      const { pin, id } = await shop.add({ ...LOW, misuseSeconds: 60, idleSeconds: 5 });
      const { page, context, errors } = await openTablet(browser, shop.url);
      await pairTablet(page, pin);
      await pressAndReturn(page, 'green');
      await page.locator('[data-grade="red"]').tap();
      await page.locator('[data-screen="reasons"]').waitFor();
      await page.locator('[data-screen="faces"]').waitFor();
      await allSent(page);
      expect((await shop.presses(id)).map(({ grade, misuse = false }) => [grade, misuse])).toEqual([
        ['green', false],
        ['red', true],
      ]);
      expect(errors).toEqual([]);
      await context.close();
    });

    it('is told the time by the service, whatever the clock of the tablet says', async () => {
      const { pin, id } = await shop.add();
      const began = Date.now();
      const { page, context } = await openTablet(browser, shop.url, { clockMs: -40 * 86_400_000 });
      await pairTablet(page, pin);
      await pressAndReturn(page, 'green');
      await allSent(page);
      const [press] = await shop.presses(id);
      expect(press?.ts).toBeGreaterThanOrEqual(began);
      expect(press?.ts).toBeLessThanOrEqual(Date.now());
      await context.close();
    });

    it('works without a network, opens anew without one, and then sends every press once', async () => {
      const { pin, id } = await shop.add({ scale: 5 });
      const { page, context } = await openTablet(browser, shop.url);
      await pairTablet(page, pin);
      await canOpenAlone(page);
      await context.setOffline(true);
      const grades = ['5', '4', '3', '5', '4'];
      for (const grade of grades) await pressAndReturn(page, grade);
      await page.reload();
      await page.locator('[data-screen="faces"]').waitFor();
      await page.getByText('Ждут отправки: 5').waitFor();
      await pressAndReturn(page, '1');
      expect(await shop.presses(id)).toEqual([]);
      await context.setOffline(false);
      await allSent(page);
      expect((await shop.presses(id)).map(({ grade }) => String(grade))).toEqual([...grades, '1']);
      await context.close();
    });

    it('waits while the service is away, and then sends every press once', async () => {
      const { pin, id } = await shop.add();
      const { page, context } = await openTablet(browser, shop.url);
      await pairTablet(page, pin);
      await pressAndReturn(page, 'green');
      await allSent(page);
      await shop.leave();
      for (const grade of ['red', 'green', 'red']) await pressAndReturn(page, grade);
      await page.reload();
      await pressAndReturn(page, 'green');
      await page.getByText('Ждут отправки: 4').waitFor();
      await shop.comeBack();
      await allSent(page);
      expect((await shop.presses(id)).map(({ grade }) => grade)).toEqual(['green', 'red', 'green', 'red', 'green']);
      await context.close();
    });

    it('says so when it is revoked, and sends nothing; paired for another place it keeps old presses aside', async () => {
      const first = await shop.add();
      const { page, context } = await openTablet(browser, shop.url);
      await pairTablet(page, first.pin);
      await shop.revoke(first.id);
      await page.locator('[data-grade="green"]').tap();
      await page.locator('[data-screen="revoked"]').waitFor();
      expect(await shop.presses(first.id)).toEqual([]);
      const second = await shop.add({}, 'till');
      await page.getByText('Подключить снова').tap();
      await pairTablet(page, second.pin);
      await page.getByText('Не приняты: 1').waitFor();
      await pressAndReturn(page, 'red');
      await allSent(page);
      expect((await shop.presses(second.id)).map(({ grade, placeId }) => [grade, placeId])).toEqual([['red', 'till']]);
      expect(await shop.presses(first.id)).toEqual([]);
      await context.close();
    });

    it('a press is kept when the browser is killed in the middle of the questions', async () => {
      const { pin, id } = await shop.add(LOW);
      const folder = temporaryFolder('kiosk-browser');
      const opened = async (): Promise<{ process: ChildProcess; browser: Browser }> => {
        const own = spawn(
          executable ?? '',
          [
            ...['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--remote-debugging-port=0'],
            ...[`--user-data-dir=${folder.path}`, '--disable-background-networking', 'about:blank'],
          ],
          { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
        );
        const address = await new Promise<string>((resolve) => {
          createInterface({ input: own.stderr }).on('line', (line) => {
            const [, found] = /DevTools listening on (ws:\S+)/.exec(line) ?? [];
            if (found !== undefined) resolve(found);
          });
        });
        return { process: own, browser: await chromium.connectOverCDP(address) };
      };
      const killed = ({ process: own }: { process: ChildProcess }): Promise<void> =>
        new Promise((resolve) => {
          own.once('exit', () => resolve());
          process.kill(-(own.pid ?? 0), 'SIGKILL');
        });
      const before = await opened();
      const page = await (before.browser.contexts()[0] ?? (await before.browser.newContext())).newPage();
      await page.goto(`${shop.url}kiosk`);
      await page.locator('[data-screen="pairing"]').waitFor();
      for (const digit of pin) await page.locator('.pad').getByText(digit, { exact: true }).click();
      await page.locator('[data-screen="faces"]').waitFor();
      await canOpenAlone(page);
      await shop.leave();
      await page.locator('[data-grade="red"]').click();
      await page.locator('[data-screen="reasons"]').waitFor();
      await killed(before);
      const after = await opened();
      const again = await (after.browser.contexts()[0] ?? (await after.browser.newContext())).newPage();
      await again.goto(`${shop.url}kiosk`);
      await again.locator('[data-screen="faces"]').waitFor();
      await shop.comeBack();
      await allSent(again);
      expect((await shop.presses(id)).map(({ grade, rev }) => [grade, rev])).toEqual([['red', 0]]);
      await killed(after);
      folder.remove();
    });

    it('all that the page needs is at most 120 kB, compressed', async () => {
      const root = await builtWeb();
      const page = readFileSync(path.join(root, 'kiosk.html'), 'utf8');
      const parts = [...page.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, name = '']) => name);
      const bytes = ['kiosk.html', 'kiosk-worker.js', ...parts]
        .map((name) => gzipSync(readFileSync(path.join(root, name))).length)
        .reduce((sum, size) => sum + size, 0);
      expect(parts.filter((name) => name.endsWith('.js')).length).toBeGreaterThan(0);
      console.warn(`the kiosk: ${(bytes / 1000).toFixed(1)} kB compressed`);
      expect(bytes).toBeLessThan(120_000);
    });
  },
);
