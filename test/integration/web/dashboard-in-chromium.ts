import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { findChromium, launchChromium, openPage, type PageOptions, type WatchedPage } from './browser.js';
import { startDashboard, type Dashboard } from './dashboard-service.js';

const executable = findChromium();
if (executable === null) console.warn('skipped: no Chromium (set EMOSCOPE_CHROMIUM or install the package chromium)');

/** The dashboard of the real service, and pages of it in one Chromium. */
export interface DashboardInChromium {
  readonly service: Dashboard;
  /** Lets `look` at a new page, 1440 px wide unless told; what errors it may have is the test's affair. */
  withWatchedPage(options: Partial<PageOptions>, look: (watched: WatchedPage) => Promise<void>): Promise<void>;
  /** The same, and expects that the page had no errors. */
  withPage(options: Partial<PageOptions>, look: (page: Page, watched: WatchedPage) => Promise<void>): Promise<void>;
  /** Opens a page of the dashboard by what stands behind its `#/`. */
  open(page: Page, hash: string): Promise<void>;
}

/** Tests that look at the dashboard; skipped visibly where there is no Chromium. */
export const describeInChromium = (
  name: string,
  timeout: number,
  tests: (dashboard: DashboardInChromium) => void,
): void => {
  describe.skipIf(executable === null)(name, { timeout }, () => {
    let started: Dashboard | null = null;
    let browser: Browser | null = null;
    beforeAll(async () => {
      started = await startDashboard();
      browser = await launchChromium(executable ?? '');
    }, timeout);
    afterAll(async () => {
      await browser?.close();
      await started?.stop();
    }, 60_000);

    const service = (): Dashboard => {
      if (started === null) throw new Error('The dashboard has not started.');
      return started;
    };
    const withWatchedPage: DashboardInChromium['withWatchedPage'] = async (options, look) => {
      if (browser === null) throw new Error('Chromium has not started.');
      const watched = await openPage(browser, { origin: service().url, width: 1440, ...options });
      try {
        await look(watched);
      } finally {
        await watched.context.close();
      }
    };
    tests({
      get service() {
        return service();
      },
      withWatchedPage,
      withPage: (options, look) =>
        withWatchedPage(options, async (watched) => {
          await look(watched.page, watched);
          expect(watched.errors).toEqual([]);
        }),
      open: async (page, hash) => {
        await page.goto(`${service().url}#/${hash}`);
      },
    });
  });
};
