import { startTcpProxy } from '../../../fixtures/tcp-proxy.js';
import { describe, expect, it } from 'vitest';
import type { DashboardInChromium } from '../dashboard-in-chromium.js';

/** Tests of the connection to the service. */
export const connection = (dashboard: DashboardInChromium): void => {
  const { withPage, withWatchedPage, open } = dashboard;

  describe('the connection to the service', () => {
    it('raises the alarm when a camera dies, and lets go when it is back', async ({ skip }) => {
      const { camera } = dashboard.service;
      if (camera === null) skip('GStreamer’s RTSP server is not installed');
      await withPage({}, async (page) => {
        await open(page, 'live');
        const tile = page.locator('[data-tile="entrance"]');
        await tile.locator('[data-state="online"]').waitFor();
        await camera?.kill();
        await page.locator('[data-alarm="entrance"]').waitFor();
        expect(await tile.locator('[data-state]').getAttribute('data-state')).not.toBe('online');
        expect(await tile.locator('.veil').innerText()).not.toBe('');
        await camera?.restart();
        await tile.locator('[data-state="online"]').waitFor({ timeout: 60_000 });
        await page.locator('[data-alarm="entrance"]').waitFor({ state: 'detached' });
      });
    });

    it('says when the service is gone, shows no faces of before, and comes back by itself', async () => {
      const proxy = await startTcpProxy(Number(new URL(dashboard.service.url).port));
      const origin = `http://localhost:${proxy.port}`;
      try {
        await withWatchedPage({ origin }, async ({ page, errors }) => {
          await page.goto(`${origin}/#/live`);
          const tile = page.locator('[data-tile="till-customer"]');
          const someFaces = tile.locator('[data-face-count]:not([data-face-count="0"])');
          await someFaces.waitFor();
          expect(errors).toEqual([]);
          proxy.hangUp();
          await page.locator('[data-link="offline"]').waitFor();
          await page.getByText('Нет связи с сервером.').waitFor();
          await tile.locator('[data-face-count="0"]').waitFor();
          proxy.mend();
          await page.locator('[data-link="online"]').waitFor();
          await someFaces.waitFor();
        });
      } finally {
        proxy.close();
      }
    });

    it('leaves a live connection that is closing without an error', async () => {
      const proxy = await startTcpProxy(Number(new URL(dashboard.service.url).port));
      const origin = `http://localhost:${proxy.port}`;
      try {
        await withWatchedPage({ origin }, async ({ page, errors }) => {
          await page.addInitScript(`globalThis.sockets = [];
          globalThis.WebSocket = class extends WebSocket { constructor(...args) { super(...args); sockets.push(this); } };`);
          await page.goto(`${origin}/#/live`);
          await page.locator('[data-link="online"]').waitFor();
          proxy.cut();
          // Closing needs the other side, which says no more.
          expect(await page.evaluate(`sockets.at(-1).close(), sockets.at(-1).readyState === WebSocket.CLOSING`)).toBe(
            true,
          );
          await page.route('**/api/v1/**', (route) => route.fulfill({ status: 401, json: {} }));
          await page.route('**/api/v1/session', (route) => route.abort());
          await page.evaluate(`location.hash = '#/reports'`);
          await page.getByRole('button', { name: 'Повторить' }).waitFor();
          expect(errors.filter((error) => error.includes('WebSocket'))).toEqual([]);
        });
      } finally {
        proxy.close();
      }
    });
  });
};
