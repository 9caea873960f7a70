import { expect, it } from 'vitest';
import { EMPTY_WINDOW, type Span } from '../../../src/contracts/window.js';
import { testApp } from '../../fixtures/api-ports.js';
import { findChromium, launchChromium, openPage } from './browser.js';
import { builtWeb } from './build-web.js';

const executable = findChromium();
if (executable === null) console.warn('skipped: no Chromium (set EMOSCOPE_CHROMIUM or install the package chromium)');

it.skipIf(executable === null)(
  'the live page says which period its figures are of, that there are none yet, and that earlier ones are being read',
  async ({ onTestFinished }) => {
    const webRoot = await builtWeb();
    const test = await testApp({ site: { timeZone: 'Europe/Moscow' }, streams: [{ id: 'a', url: '/a.mp4' }] }, webRoot);
    onTestFinished(() => test.app.close());
    const { url } = await test.app.listen();
    const live = test.ports.live.emit();
    const tell = (covered: Span | null | undefined, catchingUp?: readonly string[]): void => {
      const window = { ...EMPTY_WINDOW, samples: 60, visitors: 9, ...(covered === undefined ? {} : { covered }) };
      const streams = { a: { '10s': window, '1m': window, '15m': window, today: window } };
      const more = catchingUp === undefined ? {} : { catchingUp };
      live.metrics({ ts: Date.now(), threshold: 20, streams, smiles: {}, ...more });
    };
    tell(null);
    const browser = await launchChromium(executable ?? '');
    onTestFinished(() => browser.close());
    const note = '[data-covered]';
    const texts = {
      ru: ['первый за сегодня промежуток', 'По целым промежуткам: 02.11.2026', 'ещё считываются'],
      en: ['today’s first interval', 'Whole intervals: ', 'still being read'],
    } as const;
    for (const language of ['ru', 'en'] as const) {
      tell(null);
      const { page, context, errors } = await openPage(browser, { origin: url, width: 1440, language });
      await page.goto(`${url}#/live`);
      const [none, whole, reading] = texts[language];
      await page.locator(note, { hasText: none }).waitFor();
      tell({ fromTs: Date.UTC(2026, 10, 2, 7, 15), toTs: Date.UTC(2026, 10, 2, 8, 45) });
      await page.locator(note, { hasText: whole }).waitFor();
      expect(await page.locator(note).innerText()).toMatch(/10:15.*11:45/);
      tell(undefined);
      await page.locator(note).waitFor({ state: 'detached' });
      tell(undefined, ['a']);
      expect(await page.locator(note).count()).toBe(0);
      await page.getByRole('button', { name: language === 'ru' ? 'Сегодня' : 'Today' }).click();
      await page.locator(note, { hasText: reading }).waitFor();
      expect(errors).toEqual([]);
      await context.close();
    }
  },
  180_000,
);
