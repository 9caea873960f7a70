import { accessSync, constants, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect } from 'vitest';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const runnable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Chromium by EMOSCOPE_CHROMIUM or on the PATH; null where there is none, so that browser tests skip visibly. */
export const findChromium = (): string | null => {
  const named = process.env['EMOSCOPE_CHROMIUM'];
  if (named !== undefined) return runnable(named) ? named : null;
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))).find(runnable) ?? null;
};

export const launchChromium = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** A page that remembers every error its console showed and every request beyond the service. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly errors: string[];
}

export interface PageOptions {
  readonly origin: string;
  readonly width: number;
  readonly language?: 'ru' | 'en';
  readonly theme?: 'light' | 'dark';
  /** The machine's own when left out. */
  readonly timeZone?: string;
  /** Takes any certificate. */
  readonly insecure?: boolean;
}

export const openPage = async (browser: Browser, options: PageOptions): Promise<WatchedPage> => {
  const { origin, width, language = 'ru', theme = 'light' } = options;
  const context = await browser.newContext({
    viewport: { width, height: width > 1000 ? 900 : 844 },
    ignoreHTTPSErrors: options.insecure === true,
    ...(options.timeZone === undefined ? {} : { timezoneId: options.timeZone }),
  });
  await context.addInitScript(
    `localStorage.setItem('emoscope.language','${language}');localStorage.setItem('emoscope.theme','${theme}')`,
  );
  context.setDefaultTimeout(45_000);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => {
    const { protocol } = new URL(request.url());
    const own = request.url().startsWith(origin) || protocol === 'data:' || protocol === 'blob:';
    if (!own) errors.push(`fetched from elsewhere: ${request.url()}`);
  });
  return { page, context, errors };
};

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeViolation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** Serious and critical accessibility findings of the page as it stands, in words. */
export const seriousFindings = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(`if (!('axe' in window)) { ${axeSource} }`);
  const violations = await page.evaluate<readonly AxeViolation[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations.map(
      ({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) })))`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
    );
};

/** Looks again and again from outside: the page's own policy forbids evaluating strings inside. */
export const until = async (page: Page, expression: string): Promise<void> => {
  await expect.poll(() => page.evaluate(`Boolean(${expression})`), { timeout: 45_000, interval: 100 }).toBe(true);
};
