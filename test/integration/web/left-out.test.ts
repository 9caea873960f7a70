import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ffmpegSync, temporaryFolder } from '../../fixtures/clips.js';
import { samplePhoto } from '../../fixtures/run-cli.js';
import { describeInChromium } from './dashboard-in-chromium.js';

describeInChromium('the live page in Chromium over the real service', 120_000, (dashboard) => {
  const folder = temporaryFolder('left-out');
  const clip = join(folder.path, 'poster.mp4');
  beforeAll(() => {
    const filter = ['-vf', 'scale=960:-2,noise=alls=4:allf=t', '-c:v', 'libx264', '-preset', 'veryfast'];
    ffmpegSync(
      ...['-loop', '1', '-framerate', '10', '-t', '8', '-i', samplePhoto(6)],
      ...filter,
      ...['-pix_fmt', 'yuv420p', clip],
    );
  });
  afterAll(() => folder.remove());

  it('says who is left out, and that visitors of several cameras are added', async () => {
    await dashboard.withPage({}, async (page) => {
      await dashboard.open(page, 'live');
      await page.getByText('один человек у двух камер считается дважды').waitFor();
      const poster = { id: 'poster', name: 'Плакат', url: clip, loop: true, fps: 4, role: 'entrance' };
      await page.request.post(`${dashboard.service.url}api/v1/streams`, { data: poster });
      const line = page.locator('[data-tile="poster"] [data-left-out]');
      await line.waitFor();
      expect(await line.innerText()).toMatch(/^\d+ нежив\S+ лиц\S* \(плакат, упаковка, экран\) не вход/);
    });
  });

  it.each([
    [
      'ru',
      'последний час',
      [
        'Постоянно в кадре (дольше 30 минут), к посетителям не отнесены. «Вход»: 1.',
        'Кадров было слишком мало, чтобы следить за людьми',
        '«Вход»: 1 из ',
      ],
    ],
    [
      'en',
      'last hour',
      [
        'Always in view (longer than 30 minutes), not counted as visitors. “Вход”: 1.',
        'Frames were too few to follow people',
        '“Вход”: 1 of ',
      ],
    ],
  ] as const)(
    'the report on visitors says who stays and where nobody could be followed, in %s',
    async (language, hour, words) => {
      await dashboard.withPage({ language }, async (page) => {
        await dashboard.open(page, 'reports/visitors');
        await page.getByLabel(language === 'ru' ? 'Период' : 'Period').selectOption({ label: hour });
        for (const one of words) await page.getByText(one).waitFor();
      });
    },
  );
});
