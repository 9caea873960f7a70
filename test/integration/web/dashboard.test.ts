import { readFile } from 'node:fs/promises';
import readXlsx from 'read-excel-file/node';
import { expect, it } from 'vitest';
import { startTcpProxy } from '../../fixtures/tcp-proxy.js';
import { addAccount, signInAs } from './access-forms.js';
import { seriousFindings, until } from './browser.js';
import { describeInChromium } from './dashboard-in-chromium.js';
import { PAGES } from './dashboard-pages.js';
import { anotherDayThanMoscow } from './dashboard-service.js';
import { walkByTab } from './keyboard-walk.js';

describeInChromium('the dashboard in Chromium over the real service', 240_000, (dashboard) => {
  const { withPage, withWatchedPage, open } = dashboard;

  it('shows cameras in words, boxes over the picture and a number that moves', async () => {
    await withPage({}, async (page) => {
      await open(page, 'live');
      await page.locator('[data-banner="open"]').waitFor();
      const tile = page.locator('[data-tile="till-customer"]');
      await tile.locator('[data-state="online"]').waitFor();
      await tile.locator('[data-face-count]:not([data-face-count="0"])').waitFor();
      await tile.scrollIntoViewIfNeeded();
      await until(
        page,
        `(() => { const canvas = document.querySelector('canvas[data-faces="till-customer"]');
          const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          return pixels.some((value) => value > 0); })()`,
      );
      await until(
        page,
        `(() => { const image = document.querySelector('[data-view="till-customer"] img'); return image?.naturalWidth > 0; })()`,
      );
      const number = page.locator('[data-kpi="smile-index"] .value');
      await until(
        page,
        `/^\\d+,\\d\\d$/.test(document.querySelector('[data-kpi="smile-index"] .value').textContent.trim())`,
      );
      expect(await number.innerText()).toMatch(/^\d+,\d\d/);
      const samples = `Number(document.querySelector('[data-kpi="visitors"] .value').textContent.replace(/\\D/g, ''))`;
      await until(page, `${samples} > 0`);
      expect(await page.locator('.bars .num').first().innerText()).toMatch(/^\d+$/);
    });
  });

  it.each([
    { width: 1440, theme: 'light' as const },
    { width: 390, theme: 'dark' as const },
  ])('opens every page at $width px, Russian in $theme, English in the other theme', async ({ width, theme }) => {
    const themes = { light: 'Светлая тема', dark: 'Тёмная тема' };
    const other = theme === 'light' ? 'Dark theme' : 'Light theme';
    await withPage({ width, theme }, async (page) => {
      const look = async (hash: string, audited = true): Promise<void> => {
        expect(await page.locator('[role="alert"]').allInnerTexts(), hash).toEqual([]);
        expect(await page.locator('.bar-site').innerText(), hash).toBe('Проверка');
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), hash).toBeLessThanOrEqual(0);
        if (audited) expect(await seriousFindings(page), hash).toEqual([]);
      };
      for (const [hash, ru, en] of PAGES) {
        await open(page, hash);
        await page.getByRole('heading', { level: 1, name: ru, exact: true }).waitFor();
        await until(page, `!document.body.innerText.includes('Загрузка')`);
        await look(hash);
        await page.getByRole('button', { name: 'Switch to English' }).click();
        await page.getByRole('heading', { level: 1, name: en, exact: true }).waitFor();
        await page.getByRole('button', { name: other }).click();
        expect(await page.evaluate('document.documentElement.lang')).toBe('en');
        await look(hash, width > 1000);
        await page.getByRole('button', { name: 'Переключить на русский' }).click();
        await page.getByRole('button', { name: themes[theme] }).click();
      }
    });
  });

  it('leads through every page by the keyboard alone: each control once, with a mark where one is, and out again', async () => {
    await withPage({}, async (page) => {
      for (const [hash, ru] of PAGES) {
        await open(page, hash);
        await page.getByRole('heading', { level: 1, name: ru, exact: true }).waitFor();
        await until(page, `!document.body.innerText.includes('Загрузка')`);
        const walk = await walkByTab(page);
        expect(walk.unmarked, hash).toEqual([]);
        expect(walk.missed, hash).toEqual([]);
        expect(walk.left, hash).toBe(true);
      }
    });
  });

  it('replays a contact as curves', async () => {
    await withPage({}, async (page) => {
      await open(page, 'contact/till');
      await page.locator('[data-kpi="happy-index"]').waitFor();
      await page
        .getByRole('link', { name: /Показать кривые/ })
        .first()
        .click();
      const replay = page.locator('[data-replay]');
      await replay.locator('.chart canvas').waitFor();
      await replay.getByRole('button', { name: 'Проиграть' }).click();
      const slider = replay.getByRole('slider');
      await until(
        page,
        `(() => { const at = Number(document.querySelector('[data-replay] input').value); return at > 300 && at < 9000; })()`,
      );
      await replay.getByRole('button', { name: 'Пауза' }).click();
      await slider.focus();
      await page.keyboard.press('End');
      const lengthMs = Number(await slider.getAttribute('max'));
      expect(lengthMs - Number(await slider.inputValue())).toBeLessThan(100);
      expect(await page.locator('video').count()).toBe(0);
    });
  });

  it('counts days where the site is, though its facts come late and the browser is on another day', async () => {
    await withPage({ timeZone: anotherDayThanMoscow() }, async (page) => {
      const loading = page.getByText('Загрузка…').first();
      await page.route('**/api/v1/info', (route) => loading.waitFor().then(() => route.continue()));
      await open(page, 'reports/me1');
      await page.locator('[data-report="me1"]').waitFor();
    });
  });

  it('shows МЭ-1 and downloads it in every format, and the files open', async () => {
    await withPage({}, async (page) => {
      await open(page, 'reports/me1');
      const table = page.locator('[data-report="me1"]');
      await table.waitFor();
      expect(await table.locator('thead').innerText()).toContain('Smile-Index [20]');
      for (const total of ['Итого, посетители:', 'Итого, продавцы:'])
        expect((await table.locator('tfoot').innerText()).replace(/\s+/g, ' ')).toContain(total);
      expect(await page.locator('[data-chart] .chart canvas').count()).toBe(4);
      const beyond = `(() => { const box = document.querySelector('.table-scroll'); return box.scrollWidth - box.clientWidth; })()`;
      expect(await page.evaluate(beyond)).toBe(0);
      const heads = await table.locator('thead').innerText();
      await page.getByLabel('Показать 95-процентные интервалы').check();
      expect(await table.locator('thead').innerText()).toBe(heads);
      expect(await page.evaluate(beyond), 'with intervals').toBe(0);
      await page.getByLabel('Порог Happiness (T)').fill('35');
      await page.getByRole('button', { name: 'Построить' }).click();
      await page.getByText('Smile-Index [35]').waitFor();
      const download = async (format: string): Promise<Buffer> => {
        const [file] = await Promise.all([
          page.waitForEvent('download'),
          page.locator(`[data-download="${format}"]`).click(),
        ]);
        return readFile(await file.path());
      };
      const sheet = await readXlsx(await download('xlsx'));
      expect(JSON.stringify(sheet)).toContain('Smile-Index [35]');
      expect((await download('pdf')).subarray(0, 5).toString()).toBe('%PDF-');
      expect((await download('csv')).toString()).toMatch(/Smile/i);
      expect(
        (JSON.parse((await download('json')).toString()) as { params: { threshold: number } }).params.threshold,
      ).toBe(35);
      const html = (await download('html')).toString();
      const opened = await page.context().newPage();
      await opened.setContent(html);
      expect(await opened.locator('body').innerText()).toContain('Итого');
      expect(await opened.locator('svg').count()).toBeGreaterThanOrEqual(3);
      await opened.close();
    });
  });

  it('tests a source before it is saved', async () => {
    await withPage({}, async (page) => {
      await open(page, 'cameras/new');
      await page.getByLabel('Адрес').fill(dashboard.service.clip);
      await page.getByRole('button', { name: 'Проверить' }).click();
      const found = page.locator('[data-probe="ok"], [data-probe="failed"]');
      await found.waitFor();
      expect(await found.innerText()).toContain('640×360');
      await page.locator('.zone-canvas image').waitFor();
      expect(await page.getByRole('button', { name: 'Сохранить', exact: true }).isEnabled()).toBe(true);
    });
  });

  it('does not take the answer about one address for an answer about the next', async () => {
    await withPage({}, async (page) => {
      let letGo = (): void => undefined;
      const held = new Promise<void>((resolve) => (letGo = resolve));
      await page.route('**/probe', async (route) => {
        const response = await route.fetch();
        await held;
        await route.fulfill({ response });
      });
      await open(page, 'cameras/new');
      await page.getByLabel('Адрес').fill(dashboard.service.clip);
      const answered = page.waitForResponse('**/probe');
      await page.getByRole('button', { name: 'Проверить' }).click();
      await page.getByLabel('Адрес').fill(`${dashboard.service.clip}.other`);
      letGo();
      await (await answered).finished();
      await page.getByRole('button', { name: 'Проверить' }).and(page.locator(':enabled')).waitFor();
      expect(await page.locator('[data-probe]').count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Сохранить', exact: true }).isDisabled()).toBe(true);
    });
  });

  it('says what is wrong with a source, draws a zone by mouse and keyboard, saves, and the camera is live', async () => {
    await withPage({}, async (page) => {
      await open(page, 'cameras/new');
      await page.getByLabel('Адрес').fill('/nowhere/at/all.mp4');
      await page.getByRole('button', { name: 'Проверить' }).click();
      await page.locator('[data-probe="failed"]').waitFor();
      expect(await page.getByRole('button', { name: 'Сохранить', exact: true }).isDisabled()).toBe(true);

      await page.getByLabel('Адрес').fill(dashboard.service.clip);
      await page.getByLabel('Название', { exact: true }).fill('Новая витрина');
      await page.getByLabel('Файл по кругу').check();
      await page.getByLabel('Кто перед камерой').selectOption('display');
      await page.getByLabel('Повернуть по часовой стрелке').selectOption('180');
      await page.getByRole('button', { name: 'Проверить' }).click();
      await page.locator('[data-probe="ok"], [data-probe="failed"]').waitFor();

      await page.getByRole('button', { name: 'Нарисовать' }).click();
      const canvas = page.locator('.zone-canvas');
      const box = await canvas.boundingBox();
      if (box === null) throw new Error('the zone canvas is not shown');
      for (const [x, y] of [
        [0.2, 0.2],
        [0.8, 0.2],
        [0.5, 0.8],
        [0.2, 0.2],
      ] as const) {
        await canvas.click({ position: { x: x * box.width, y: y * box.height } });
      }
      await page.locator('[data-zone-line]').waitFor();
      const corner = page.locator('[data-corner="0"]');
      await corner.focus();
      await page.keyboard.press('Shift+ArrowRight');
      await expect.poll(() => corner.getAttribute('aria-label')).toMatch(/25 %/);
      await page.getByLabel('Роль зоны').selectOption('seller');
      // Hovering waits until the page stands still and the pointer really is on the corner.
      await page.locator('[data-corner="1"]').hover();
      await page.mouse.down();
      const now = (await canvas.boundingBox()) ?? box;
      await page.mouse.move(now.x + 0.9 * now.width, now.y + 0.3 * now.height, { steps: 2 });
      await page.mouse.up();
      await page.mouse.move(now.x + 0.5 * now.width, now.y + 0.5 * now.height);
      await expect.poll(() => page.locator('[data-corner="1"]').getAttribute('aria-label')).toMatch(/90 %.*30 %/);

      const anyway = page.getByRole('button', { name: 'Сохранить без проверки' });
      const save = page.getByRole('button', { name: 'Сохранить', exact: true });
      await ((await anyway.isVisible()) ? anyway : save).click();
      await page.waitForURL(/#\/cameras\/novaya-vitrina/);
      const answer = await page.request.get(new URL('/api/v1/streams/novaya-vitrina', dashboard.service.url).href);
      const { config } = (await answer.json()) as {
        config: { rotate: number; zones: { polygon: [number, number][] }[] };
      };
      expect(config.rotate).toBe(180);
      const wanted = [0.25, 0.2, 0.9, 0.3, 0.5, 0.8];
      const saved = config.zones[0]?.polygon.flat() ?? [];
      expect(saved).toHaveLength(wanted.length);
      wanted.forEach((value, index) => expect(saved[index]).toBeCloseTo(value, 1));
      await open(page, 'cameras/entrance');
      await expect.poll(() => page.getByLabel('Идентификатор').inputValue()).toBe('entrance');
      await open(page, 'cameras');
      await page.locator('[data-camera="novaya-vitrina"] [data-state="online"]').waitFor();

      await page.getByLabel('Название точки').fill('Две зоны');
      await page.getByLabel('Вид на продавца').selectOption('novaya-vitrina/zone');
      await page.getByLabel('Вид на покупателя').selectOption('novaya-vitrina');
      await page.getByRole('button', { name: 'Связать' }).click();
      const point = page.locator('[data-point="dve-zony"]');
      await point.waitFor();
      page.on('dialog', (dialog) => void dialog.accept());
      await point.getByRole('button', { name: /Удалить/ }).click();
      await point.waitFor({ state: 'detached' });

      await open(page, 'cameras/novaya-vitrina');
      await page.getByRole('button', { name: 'Удалить камеру' }).click();
      await page.locator('[data-camera="till-seller"]').waitFor();
      expect(await page.locator('[data-camera="novaya-vitrina"]').count()).toBe(0);
    });
  });

  it('answers a visitor on the terminal, and stores no picture', async () => {
    await withPage({}, async (page) => {
      await open(page, 'terminal/till-customer');
      await page.locator('[data-kiosk="hello"], [data-kiosk="thanks"]').waitFor();
      expect(await page.getByRole('meter').getAttribute('aria-valuenow')).toMatch(/^\d+$/);
      expect(await page.locator('img').count()).toBe(0);
      expect(await seriousFindings(page)).toEqual([]);
      const kept = await page.evaluate<string>('JSON.stringify(localStorage)');
      expect(kept.length).toBeLessThan(500);
    });
  });

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
