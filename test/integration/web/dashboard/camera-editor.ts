import { describe, expect, it } from 'vitest';
import type { DashboardInChromium } from '../dashboard-in-chromium.js';

/** Tests of the editor of a camera. */
export const cameraEditor = (dashboard: DashboardInChromium): void => {
  const { withPage, open } = dashboard;

  describe('the editor of a camera', () => {
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

    it('draws the line of a counter by mouse and keyboard, swaps its direction, and its tile counts', async () => {
      await withPage({}, async (page) => {
        const stored = async (): Promise<{ role: string; fps: number; line: number[][] | null }> => {
          const answer = await page.request.get(new URL('/api/v1/streams/dver', dashboard.service.url).href);
          return ((await answer.json()) as { config: { role: string; fps: number; line: number[][] | null } }).config;
        };
        await open(page, 'cameras/new');
        await page.getByLabel('Адрес').fill(dashboard.service.clip);
        await page.getByLabel('Название', { exact: true }).fill('Дверь');
        await page.getByLabel('Файл по кругу').check();
        await page.getByLabel('Кто перед камерой').selectOption('counter');
        expect(await page.getByLabel('Кадров анализа в секунду').inputValue()).toBe('10');
        expect(await page.getByRole('button', { name: 'Нарисовать' }).count()).toBe(0);
        await page.getByRole('button', { name: 'Проверить' }).click();
        await page.locator('.zone-canvas image').waitFor();

        const [first, second] = [page.locator('[data-line-end="0"]'), page.locator('[data-line-end="1"]')];
        await first.focus();
        await page.keyboard.press('Shift+ArrowUp');
        await expect.poll(() => first.getAttribute('aria-label')).toMatch(/10 %.*45 %/);
        await second.hover();
        await page.mouse.down();
        const box = await page.locator('.zone-canvas').boundingBox();
        if (box === null) throw new Error('the canvas is not shown');
        await page.mouse.move(box.x + 0.8 * box.width, box.y + 0.6 * box.height, { steps: 2 });
        await page.mouse.up();
        await expect.poll(() => second.getAttribute('aria-label')).toMatch(/80 %.*60 %/);
        const arrow = page.locator('[data-arrow]');
        const before = await arrow.getAttribute('points');
        const swap = page.getByRole('button', { name: 'Поменять направление' });
        await swap.focus();
        await page.keyboard.press('Enter');
        await expect.poll(() => first.getAttribute('aria-label')).toMatch(/80 %.*60 %/);
        expect(await arrow.getAttribute('points')).not.toBe(before);

        const anyway = page.getByRole('button', { name: 'Сохранить без проверки' });
        const save = page.getByRole('button', { name: 'Сохранить', exact: true });
        await ((await anyway.isVisible()) ? anyway : save).click();
        await page.waitForURL(/#\/cameras\/dver/);
        const { role, fps, line } = await stored();
        expect([role, fps]).toEqual(['counter', 10]);
        [0.8, 0.6, 0.1, 0.45].forEach((value, at) => expect(line?.flat()[at]).toBeCloseTo(value, 1));

        await open(page, 'live');
        const door = page.locator('[data-tile="dver"] [data-door="dver"]');
        await expect.poll(() => door.locator('[data-door-in]').innerText(), { timeout: 30_000 }).toMatch(/^\d+$/);
        expect(await door.locator('[data-door-inside]').innerText()).toMatch(/^≈ \d+$/);
        expect(await page.locator('[data-tile="dver"] [data-face-count]').count()).toBe(0);

        await open(page, 'cameras/dver');
        await page.getByLabel('Кто перед камерой').selectOption('entrance');
        await save.click();
        await page.locator('[data-saved]').waitFor();
        expect(await stored()).toMatchObject({ role: 'entrance', line: null });
        page.on('dialog', (dialog) => void dialog.accept());
        await page.getByRole('button', { name: 'Удалить камеру' }).click();
        await page.locator('[data-camera="dver"]').waitFor({ state: 'detached' });
      });
    });
  });
};
