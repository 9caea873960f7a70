/**
 * Takes the README's picture of the dashboard from a running service (`emoscope demo` will do), with every camera's
 * picture hidden: drawn faces stand where the real ones were found.
 *
 *   npx tsx scripts/dashboard-picture.ts [url] [file] [ru|en]
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { findChromium, launchChromium } from '../test/integration/web/browser.js';

const CURVE_MS = 70_000;

const [url = 'http://localhost:8080/', file = 'docs/images/dashboard.png', language = 'en'] = process.argv.slice(2);
const executable = findChromium();
if (executable === null) throw new Error('no Chromium: install the package chromium or set EMOSCOPE_CHROMIUM');

const browser = await launchChromium(executable);
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1180 }, colorScheme: 'light' });
  await page.addInitScript(
    `localStorage.setItem('emoscope.language','${language}');localStorage.setItem('emoscope.pictures','drawn')`,
  );
  await page.goto(`${url}#/live`);
  await page.locator('[data-face-count]:not([data-face-count="0"])').first().waitFor();
  console.log('waiting a minute for the curve to fill');
  await page.waitForTimeout(CURVE_MS);
  await page.locator('[data-face-count]:not([data-face-count="0"])').nth(1).waitFor();
  await page.evaluate(`document.querySelector('[data-banner="open"]')?.remove()`);
  if ((await page.locator('.view img').count()) > 0) throw new Error('a picture is shown; nothing was saved');
  await mkdir(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file });
  console.log(file);
} finally {
  await browser.close();
}
