import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderNotice } from '../../../src/reporting/privacy/render-notice.js';
import { renderReport } from '../../../src/reporting/rendering/render-report.js';
import { comparison } from '../../../src/reporting/comparison/comparison.js';
import { contacts } from '../../../src/reporting/contacts/contacts.js';
import { me1 } from '../../../src/reporting/me1/me1.js';
import { questions } from '../../../src/reporting/questions/questions.js';
import { visitors } from '../../../src/reporting/visitors/visitors.js';
import type { Rendered } from '../../../src/report/render/rendered.js';
import { syntheticReport } from '../../unit/reporting/me1-fixture.js';
import {
  comparisonReport,
  contactsReport,
  questionsReport,
  visitorsReport,
} from '../../unit/reporting/other-fixtures.js';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const NAMES = [
  'Вход',
  'Касса 1',
  'Витрина «Новая коллекция осень-зима 2026» у эскалатора',
  'Неразрывноедлинноеназваниекамеры'.repeat(2),
];

/** Smile-Index by faces and by persons, the absolute number, frames with faces. */
const CHARTS = 4;

const PAGES: readonly [string, () => Promise<Rendered>][] = [
  ['МЭ-1', () => renderReport(me1, syntheticReport({ names: NAMES, days: 7, bucketMs: 3_600_000 }), 'html', 'ru')],
  [
    'an empty МЭ-1',
    () => renderReport(me1, syntheticReport({ names: [], days: 1, bucketMs: 3_600_000 }), 'html', 'en'),
  ],
  ['the questions', () => renderReport(questions, questionsReport(), 'html', 'ru')],
  ['the comparison', () => renderReport(comparison, comparisonReport(), 'html', 'ru')],
  ['contacts', () => renderReport(contacts, contactsReport(30), 'html', 'en')],
  ['visitors', () => renderReport(visitors, visitorsReport(), 'html', 'ru')],
  [
    'the notice',
    () =>
      renderNotice(
        {
          siteName: 'Магазин',
          operator: 'ООО «Ромашка»',
          contact: 'a@b.example',
          jurisdiction: 'eu',
          sellerAnalytics: 'off',
          retention: { samples: '30d', rollups: '5y' },
          kAnonymity: 5,
          generatedTs: 0,
        },
        'html',
        'ru',
      ),
  ],
];

describe.skipIf(CHROMIUM === undefined)('report pages in Chromium', () => {
  let browser: Browser;
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'emoscope-report-'));
    browser = await chromium.launch({
      executablePath: CHROMIUM ?? '',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(PAGES)(
    '%s: styled under its own policy, no sideways scrolling, accessible in light and dark',
    async (name, render) => {
      const file = join(folder, `${PAGES.findIndex(([other]) => other === name)}.html`);
      writeFileSync(file, (await render()).body);
      for (const [colorScheme, width] of [
        ['light', 1440],
        ['dark', 390],
      ] as const) {
        const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
        const complaints: string[] = [];
        page.on('console', (message) => complaints.push(message.text()));
        page.on('pageerror', (error) => complaints.push(error.message));
        await page.goto(pathToFileURL(file).href);
        const seen = await page.evaluate<{ sideways: number; styled: boolean; lines: number }>(`({
        sideways: document.documentElement.scrollWidth - window.innerWidth,
        styled: getComputedStyle(document.body).fontFamily.includes('system-ui'),
        lines: document.querySelectorAll('figure svg path.line').length,
      })`);
        expect(seen.sideways).toBeLessThanOrEqual(0);
        expect(seen.styled).toBe(true);
        if (name === 'МЭ-1') expect(seen.lines).toBe(NAMES.length * CHARTS);
        expect(complaints).toEqual([]);
        await page.evaluate(AXE);
        const found = await page.evaluate<string[]>(`axe.run(document, { resultTypes: ['violations'] }).then((r) =>
        r.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => v.id + ': ' + v.nodes[0].html))`);
        expect(found).toEqual([]);
        await page.close();
      }
    },
  );
});
