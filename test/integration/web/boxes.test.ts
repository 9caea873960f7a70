import { expect, it } from 'vitest';
import { describeInChromium } from './dashboard-in-chromium.js';

/** Capture times of the frame on show and of the frame whose faces are drawn over it. */
const SHOWN_AND_DRAWN = `(() => {
  const shown = document.querySelector('[data-view="till-customer"] img')?.dataset.ts;
  const drawn = document.querySelector('canvas[data-faces="till-customer"]')?.dataset.ts;
  return { shown, drawn };
})()`;

/** Greatest distance of a pixel of the picture on show from the bluish greys of drawn pictures, levels; null before it is there. */
const FOREIGN_COLOURS = `(() => {
  const image = document.querySelector('[data-view="till-customer"] img');
  if (!(image?.naturalWidth > 0)) return null;
  const canvas = Object.assign(document.createElement('canvas'), { width: image.naturalWidth, height: image.naturalHeight });
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  let most = 0;
  for (let at = 0; at < data.length; at += 4) most = Math.max(most, data[at] - data[at + 2], data[at + 2] - data[at] - 25);
  return most;
})()`;

describeInChromium('silhouettes', 240_000, (dashboard) => {
  it('are drawn in their own colours, under words that say so while the empty view is not known', async () => {
    await dashboard.withPage({}, async (page) => {
      await dashboard.open(page, 'live');
      const view = page.locator('[data-view="till-customer"]');
      await view.scrollIntoViewIfNeeded();
      await view.locator('.corner', { hasText: /Пустой вид ещё не известен/ }).waitFor({ timeout: 60_000 });
      await page.getByRole('button', { name: 'Силуэты', pressed: true }).waitFor();
      await expect.poll(() => page.evaluate<number | null>(FOREIGN_COLOURS), { timeout: 30_000 }).toBeLessThan(30);
      await page.getByRole('button', { name: 'С лицами' }).click();
      await view.scrollIntoViewIfNeeded();
      await expect.poll(() => page.evaluate<number | null>(FOREIGN_COLOURS), { timeout: 30_000 }).toBeGreaterThan(60);
      expect(await view.locator('.corner').count()).toBe(0);
    });
  });
});

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
