import { expect, it } from 'vitest';
import { describeInChromium } from './dashboard-in-chromium.js';

/** Capture times of the frame on show and of the frame whose faces are drawn over it. */
const SHOWN_AND_DRAWN = `(() => {
  const shown = document.querySelector('[data-view="till-customer"] img')?.dataset.ts;
  const drawn = document.querySelector('canvas[data-faces="till-customer"]')?.dataset.ts;
  return { shown, drawn };
})()`;

describeInChromium('boxes over a live picture', 240_000, (dashboard) => {
  it('are those of the very frame on show, which comes later than its faces', async () => {
    await dashboard.withPage({}, async (page) => {
      await dashboard.open(page, 'live');
      await page.locator('[data-tile="till-customer"]').scrollIntoViewIfNeeded();
      const seen = new Set<string>();
      await expect
        .poll(
          async () => {
            const { shown, drawn } = await page.evaluate<{ shown?: string; drawn?: string }>(SHOWN_AND_DRAWN);
            if (shown !== undefined && drawn !== undefined && drawn !== '' && drawn === shown) seen.add(shown);
            return seen.size;
          },
          { timeout: 60_000, interval: 50 },
        )
        .toBeGreaterThan(3);
    });
  });
});
