import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { testApp, type TestApp } from '../../fixtures/api-ports.js';
import { findChromium, launchChromium, openPage } from '../web/browser.js';

const executable = findChromium();

describe.skipIf(executable === null)('/docs in Chromium', () => {
  let browser: Browser;
  let test: TestApp;
  let url: string;
  beforeAll(async () => {
    browser = await launchChromium(executable ?? '');
    test = await testApp();
    ({ url } = await test.app.listen());
  });
  afterAll(async () => {
    await browser.close();
    await test.app.close();
  });

  it('shows the operations and tries one, fetching nothing from elsewhere and breaking no policy', async () => {
    const { page, errors } = await openPage(browser, { origin: url, width: 1440 });
    await page.goto(`${url}docs/`);
    const operation = page.locator('#operations-streams-getStreams');
    await operation.waitFor();
    expect(await page.locator('.opblock').count()).toBeGreaterThan(30);
    await operation.locator('.opblock-summary-control').click();
    const execute = operation.locator('button.execute');
    if ((await execute.count()) === 0) await operation.locator('button.try-out__btn').click();
    await execute.click();
    const answer = operation.locator('.live-responses-table .response-col_status').last();
    await answer.waitFor();
    expect(await answer.innerText()).toContain('200');
    expect(errors).toEqual([]);
  });
});
