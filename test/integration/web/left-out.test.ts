import { expect, it } from 'vitest';
import { describeInChromium } from './dashboard-in-chromium.js';

describeInChromium('the live page in Chromium over the real service', 120_000, (dashboard) => {
  it('says who is left out, and that visitors of several cameras are added', async () => {
    await dashboard.withPage({}, async (page) => {
      await dashboard.open(page, 'live');
      await page.getByText('один человек у двух камер считается дважды').waitFor();
      const poster = {
        id: 'poster',
        name: 'Плакат',
        url: dashboard.service.clip,
        loop: true,
        fps: 4,
        role: 'entrance',
      };
      await page.request.post(`${dashboard.service.url}api/v1/streams`, { data: poster });
      const line = page.locator('[data-tile="poster"] [data-left-out]');
      await line.waitFor();
      expect(await line.innerText()).toMatch(/^\d+ нежив\S+ лиц\S* \(плакат, упаковка, экран\) не вход/);
    });
  });
});
