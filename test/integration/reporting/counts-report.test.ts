import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFiguresPort } from '../../../src/pipeline/adapters/figures-port.js';
import { createReportsPort } from '../../../src/pipeline/adapters/reports-port.js';
import { counts } from '../../../src/reporting/counts/counts.js';
import { REPORTS } from '../../../src/reporting/registry.js';
import { renderReport } from '../../../src/reporting/rendering/render-report.js';
import { ReportRenderer } from '../../../src/reporting/rendering/report-renderer.js';
import { systemClock } from '../../../src/runtime/clock.js';
import type { Store } from '../../../src/store/ports/store.js';
import { LocalTime } from '../../../src/time/local-time.js';
import { testApp, type TestApp } from '../../fixtures/api-ports.js';
import { count, uuidAt } from '../../fixtures/observations.js';
import { parseCsv } from '../../unit/report/tools.js';
import { DAY, Stores } from '../store/stores.js';

const HOUR = 3_600_000;

describe('a count that somebody tells, on its way to a row of a report', () => {
  const stores = new Stores();
  let store: Store;
  let renderer: ReportRenderer;
  let service: TestApp;

  beforeAll(async () => {
    store = await stores.memory();
    renderer = new ReportRenderer(1, 60_000);
    service = await testApp({ streams: [] }, undefined, '0', (config) => {
      const localTime = new LocalTime('UTC');
      const sources = { store, config: () => config, localTime, clock: systemClock };
      return {
        reports: createReportsPort(REPORTS, sources, renderer),
        figures: createFiguresPort(sources),
      };
    });
  });
  afterAll(async () => {
    await service.app.close();
    await renderer.close();
    await stores.closeAll();
  });

  const ask = async (fromTs: number, toTs: number, more = '') => {
    const answer = await service.app.fastify.inject(`/api/v1/reports/counts?from=${fromTs}&to=${toTs}${more}`);
    expect(answer.statusCode).toBe(200);
    return answer.json<Awaited<ReturnType<typeof counts.build>>>();
  };
  const rowsOf = async (fromTs: number, toTs: number, more = '') =>
    (await ask(fromTs, toTs, more)).rows.map((row) => [row.placeId, row.counter, row.count.value, row.facts]);

  it('is counted once, in its hour and place, by its highest revision, also days later', async () => {
    const nine = DAY + 9 * HOUR;
    const told = [
      count({ ts: nine, id: uuidAt(nine, 1), n: 4 }),
      count({ ts: nine + 60_000, id: uuidAt(nine, 2), n: 6 }),
      count({ ts: nine + HOUR, id: uuidAt(nine, 3), n: 2, placeId: 'hall', counter: 'receipt' }),
    ];
    store.append({ observations: told });
    store.append({ observations: told });
    await store.flush();
    expect(await rowsOf(DAY, DAY + 24 * HOUR)).toEqual([
      ['hall', 'receipt', 2, 1],
      ['till', 'consultation', 10, 2],
    ]);
    expect(await rowsOf(DAY, DAY + 24 * HOUR, '&counter=receipt')).toEqual([['hall', 'receipt', 2, 1]]);

    const late = { receivedTs: DAY + 80 * HOUR };
    store.append({
      observations: [
        count({ ts: nine + 120_000, id: uuidAt(nine, 4), n: 5, ...late }),
        count({ ts: nine, id: uuidAt(nine, 1), rev: 1, n: 1, ...late }),
      ],
    });
    await store.flush();
    expect(await rowsOf(nine, nine + HOUR)).toEqual([['till', 'consultation', 12, 3]]);
    expect(await rowsOf(DAY + 79 * HOUR, DAY + 81 * HOUR)).toEqual([]);
  });

  it('has the exact interval of a count, as a figure and in the file', async () => {
    const model = await ask(DAY, DAY + 24 * HOUR);
    const [, consultations] = model.rows;
    expect(consultations?.count.low).toBeCloseTo(6.2, 1);
    expect(consultations?.count.high).toBeCloseTo(20.96, 1);
    const { body } = await renderReport(counts, model, 'csv', 'ru');
    const [head, ...lines] = parseCsv(body.toString());
    expect(head?.slice(0, 5)).toEqual(['place', 'place_id', 'counter', 'direction', 'count']);
    expect(lines.map(([place, , counter, , n]) => [place, counter, Number(n)])).toEqual([
      ['hall', 'receipt', 2],
      ['till', 'consultation', 12],
    ]);
  });
});
