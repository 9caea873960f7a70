import { afterEach, describe, expect, it } from 'vitest';
import { ReportRenderer } from '../../../src/reporting/rendering/report-renderer.js';
import { REPORTS } from '../../../src/reporting/registry.js';
import { renderReport } from '../../../src/reporting/rendering/render-report.js';
import type { ReportRequest } from '../../../src/reporting/rendering/report-request.js';
import { reportOf } from '../../../src/reporting/report-of.js';
import { REPORT_FORMATS } from '../../../src/contracts/documents/report-format.js';
import { waitUntil } from '../../fixtures/wait-until.js';
import { leafletReport } from './me1-fixture.js';
import { comparisonReport, contactsReport, questionsReport, visitorsReport } from './other-fixtures.js';

const renderers: ReportRenderer[] = [];
const renderer = (maxWaiting?: number, idleMs?: number): ReportRenderer => {
  const made = new ReportRenderer(maxWaiting, idleMs);
  renderers.push(made);
  return made;
};
afterEach(async () => {
  await Promise.all(renderers.splice(0).map((made) => made.close()));
});

const me1 = (format: ReportRequest['format']): ReportRequest => ({
  kind: 'me1',
  model: leafletReport(),
  format,
  language: 'ru',
});

describe('rendering in a worker', () => {
  it('gives the same files as on the calling thread, in the order asked', async () => {
    const made = renderer();
    const order: string[] = [];
    const files = await Promise.all(
      (['csv', 'pdf', 'html'] as const).map(async (format) => {
        const file = await made.render(me1(format));
        order.push(format);
        return file;
      }),
    );
    expect(order).toEqual(['csv', 'pdf', 'html']);
    for (const [index, format] of (['csv', 'pdf', 'html'] as const).entries()) {
      const here = await renderReport(reportOf(REPORTS, 'me1'), leafletReport(), format, 'ru');
      expect(Buffer.from(files[index]?.body ?? '').equals(Buffer.from(here.body))).toBe(true);
      expect(files[index]?.contentType).toBe(here.contentType);
    }
  });

  it('refuses what does not fit the queue, and gives up what is aborted, waiting or running', async () => {
    const made = renderer(1);
    const running = new AbortController();
    const waiting = new AbortController();
    const first = made.render(me1('pdf'), running.signal);
    const second = made.render(me1('csv'), waiting.signal);
    await expect(made.render(me1('csv'))).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    waiting.abort();
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    running.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    expect((await made.render(me1('csv'))).extension).toBe('csv');
  });

  it('passes on a failure, and goes on', async () => {
    const made = renderer();
    const broken = { ...leafletReport(), timeZone: 'Mars/Olympus' };
    await expect(made.render({ ...me1('csv'), model: broken })).rejects.toThrow(/Mars/);
    expect((await made.render(me1('csv'))).extension).toBe('csv');
  });

  it('keeps its thread for the next report, and lets it go when nobody asks', async () => {
    const kept = renderer();
    expect(kept.warm).toBe(false);
    await kept.render(me1('csv'));
    expect(kept.warm).toBe(true);
    const hasty = renderer(8, 0);
    await hasty.render(me1('csv'));
    await waitUntil('a thread that was let go', () => !hasty.warm);
    expect((await hasty.render(me1('csv'))).extension).toBe('csv');
  });

  it('finishes what waits behind a report that was given up in the middle', async () => {
    const made = renderer();
    const givenUp = new AbortController();
    const first = made.render(me1('pdf'), givenUp.signal);
    const second = made.render(me1('csv'));
    givenUp.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    expect((await second).extension).toBe('csv');
  });

  it('refuses after closing', async () => {
    const made = renderer();
    const pending = made.render(me1('pdf'));
    const refused = expect(pending).rejects.toThrow();
    await made.close();
    await made.close();
    await refused;
    await expect(made.render(me1('csv'))).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

it.each([
  { kind: 'comparison', model: comparisonReport() },
  { kind: 'questions', model: questionsReport() },
  { kind: 'contacts', model: contactsReport(3) },
  { kind: 'visitors', model: visitorsReport() },
])('every kind of report is dispatched', async ({ kind, model }) => {
  for (const format of REPORT_FORMATS) {
    const file = await renderReport(reportOf(REPORTS, kind), model, format, 'en');
    expect(file.extension).toBe(format === 'table' ? 'txt' : format);
    expect(file.body.length).toBeGreaterThan(100);
  }
});
