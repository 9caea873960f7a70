import type { Browser, BrowserContext, Page } from 'playwright-core';

export interface Tablet {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly errors: string[];
}

export interface TabletOptions {
  readonly width?: number;
  readonly height?: number;
  readonly locale?: string;
  /** What its clock is wrong by, ms. */
  readonly clockMs?: number;
}

/** A tablet with a touch screen that shows the kiosk. */
export const openTablet = async (browser: Browser, url: string, options: TabletOptions = {}): Promise<Tablet> => {
  const { width = 768, height = 1024, locale = 'ru-RU', clockMs = 0 } = options;
  const context = await browser.newContext({ viewport: { width, height }, hasTouch: true, locale });
  context.setDefaultTimeout(45_000);
  if (clockMs !== 0) await context.addInitScript(`{ const now = Date.now; Date.now = () => now() + ${clockMs}; }`);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${url}kiosk`);
  return { page, context, errors };
};

/** Types a PIN on the pad. */
export const enterPin = async (page: Page, pin: string): Promise<void> => {
  for (const digit of pin) await page.locator('.pad').getByText(digit, { exact: true }).tap();
};

/** Pairs the tablet and waits for its faces. */
export const pairTablet = async (page: Page, pin: string): Promise<void> => {
  await page.locator('[data-screen="pairing"]').waitFor();
  await enterPin(page, pin);
  await page.locator('[data-screen="faces"]').waitFor();
};

/** Touches a face, and is back at the faces: whatever is asked is skipped, thanks are sent away. */
export const pressAndReturn = async (page: Page, grade: string): Promise<void> => {
  await page.locator(`[data-grade="${grade}"]`).tap();
  await page.locator('[data-screen="thanks"], [data-skip]').first().waitFor();
  while ((await page.locator('[data-skip]').count()) > 0) await page.locator('[data-skip]').tap();
  await page.locator('[data-screen="faces"]').waitFor();
};

/** Resolves once nothing waits on the tablet. */
export const allSent = async (page: Page): Promise<void> => {
  await page.locator('.foot[data-waiting="0"]').waitFor({ state: 'attached' });
};

/** Resolves once the page opens without a network. */
export const canOpenAlone = async (page: Page): Promise<void> => {
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
};
