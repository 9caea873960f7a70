import { afterAll, expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.js';
import { CellMaker } from '../../../src/pipeline/cells/cell-maker.js';
import { ReleasedWindows } from '../../../src/pipeline/cells/released-windows.js';
import { LocalTime } from '../../../src/time/local-time.js';
import { sample, summaryOf } from '../../fixtures/store-rows.js';
import { DAY, Stores, TestClock } from '../store/stores.js';

const MINUTE = 60_000;
const stores = new Stores();
afterAll(() => stores.closeAll());

it('the curve of those who may not see faces goes on after a restart from cells given out, and from nothing else', async () => {
  const clock = new TestClock(DAY + 9 * 60 * MINUTE);
  const store = await stores.memory({}, clock);
  const localTime = new LocalTime('UTC');
  const config = configSchema.parse({ streams: [{ id: 'a', url: 'x', role: 'customer' }] });
  /** As a process that has just started makes them. */
  const fresh = () => new ReleasedWindows({ store, localTime, clock, config: () => config, heldSmiles: () => [] }, 20);
  let visit = 0;
  const visitor = (happiness: number) => {
    visit += 1;
    const rows = [0, 1, 2].map((n) => sample({ ts: clock.now() + n * 200, trackId: `v${visit}`, happiness }));
    store.append({ samples: rows, tracks: [summaryOf(rows)] });
  };
  const given: { readonly ts: number; readonly samples: number; readonly absolute: number }[] = [];
  const pass = (minute: number): void => {
    visitor(minute < 45 && minute % 3 === 0 ? 80 : 5);
    clock.move(MINUTE);
  };
  for (let minute = 0; minute < 60; minute += 1) pass(minute);
  const maker = new CellMaker({ store, localTime, clock, privacy: () => config.privacy });
  const running = fresh();
  for (let minute = 60; minute < 88; minute += 2) {
    pass(minute);
    pass(minute + 1);
    await store.flush();
    await maker.run();
    await running.refresh();
    const { samples = 0, absolute = 0 } = running.current()?.streams['a']?.['10s'] ?? {};
    given.push({ ts: clock.now(), samples, absolute });
  }
  const now = clock.now();
  const history = await fresh().history(now);
  const at = (ts: number) => {
    const index = history?.ts.indexOf(ts) ?? -1;
    const { samples = [], absolute = [] } = history?.streams['a'] ?? {};
    return { ts, samples: samples[index] ?? 0, absolute: absolute[index] ?? 0 };
  };
  const told = given.filter(({ ts }) => ts > now - 15 * MINUTE && ts <= now);
  for (const point of told) expect(at(point.ts)).toEqual(point);
  expect(new Set(told.map(({ absolute }) => absolute)).size).toBeGreaterThan(1);
  // Whoever came since the last cell changes nothing.
  for (let n = 0; n < 4; n += 1) visitor(80);
  await store.flush();
  expect(await fresh().history(now)).toEqual(history);
  const open = configSchema.parse({ privacy: { kAnonymity: 1 }, streams: [{ id: 'a', url: 'x' }] });
  const unguarded = { store, localTime, clock, config: () => open, heldSmiles: () => [] };
  expect(await new ReleasedWindows(unguarded, 20).history(now)).toBeNull();
});
