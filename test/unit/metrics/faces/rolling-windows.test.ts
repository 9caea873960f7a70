import { describe, expect, it } from 'vitest';
import { LocalTime } from '../../../../src/time/local-time.js';
import { RollingWindows } from '../../../../src/metrics/faces/live/rolling-windows.js';
import { face, frame, scores } from '../faces.js';

const MOSCOW = new LocalTime('Europe/Moscow');
const NOON = Date.parse('2026-11-22T12:00:00+03:00');
const smiling = scores({ happiness: 60 });
const calm = scores({ happiness: 5 });
const windows = (over = {}): RollingWindows => new RollingWindows({ threshold: 20, localTime: MOSCOW, ...over });

describe('RollingWindows', () => {
  it('counts frames, faces, smiles, means and visitors of each window', () => {
    const rolling = windows();
    rolling.add(frame(NOON - 600_000, [face({ trackId: 'old', emotions: smiling, gender: 0.9, age: 30 })]));
    rolling.add(frame(NOON - 5_000, [face({ trackId: 'a', emotions: calm, gender: 0.2, age: 40 })]));
    rolling.add(frame(NOON - 4_800, []));
    rolling.add(frame(NOON, [face({ trackId: 'a', emotions: smiling }), face({ trackId: 'b', emotions: calm })]));
    const now = rolling.snapshot(NOON);
    expect(now['10s']).toMatchObject({ frames: 3, framesWithFaces: 2, samples: 3, absolute: 1, visitors: 2 });
    expect(now['10s'].smileIndex).toBeCloseTo(1 / 3, 12);
    expect(now['10s'].smilingPersons).toBe(1 / 2);
    expect(now['10s'].utilizationPercent).toBeCloseTo(200 / 3, 12);
    expect(now['10s'].emotions?.happiness).toBeCloseTo(70 / 3, 12);
    expect(now['10s'].malePercent).toBe(0);
    expect(now['1m']).toEqual(now['10s']);
    expect(now['15m']).toMatchObject({
      frames: 4,
      samples: 4,
      absolute: 2,
      visitors: 3,
      malePercent: 50,
      meanAgeYears: 35,
    });
    expect(now.today).toEqual(now['15m']);
  });

  it('says nothing rather than zero where nothing was measured', () => {
    const rolling = windows();
    rolling.add(frame(NOON, [face({ rejected: 'size' })]));
    expect(rolling.snapshot(NOON)['10s']).toEqual({
      smileIndex: null,
      smilingPersons: null,
      absolute: 0,
      frames: 1,
      framesWithFaces: 0,
      utilizationPercent: 0,
      samples: 0,
      emotions: null,
      mood: null,
      visitors: 0,
      malePercent: null,
      meanAgeYears: null,
    });
    expect(windows().snapshot(NOON).today.utilizationPercent).toBeNull();
  });

  it('lets a window slide out', () => {
    const rolling = windows();
    rolling.add(frame(NOON, [face()]));
    expect(rolling.snapshot(NOON + 9_000)['10s'].samples).toBe(1);
    expect(rolling.snapshot(NOON + 10_000)['10s'].samples).toBe(0);
    expect(rolling.snapshot(NOON + 59_000)['1m'].samples).toBe(1);
    expect(rolling.snapshot(NOON + 60_000)['1m'].samples).toBe(0);
    expect(rolling.snapshot(NOON + 900_000)['15m'].samples).toBe(0);
    expect(rolling.snapshot(NOON + 900_000).today.samples).toBe(1);
  });

  it("starts the day anew at the site's midnight, and a visitor who stays counts in both days", () => {
    const midnight = Date.parse('2026-11-23T00:00:00+03:00');
    const rolling = windows();
    rolling.add(frame(midnight - 1, [face({ trackId: 'a' })]));
    expect(rolling.snapshot(midnight - 1).today).toMatchObject({ samples: 1, visitors: 1 });
    expect(rolling.snapshot(midnight).today).toMatchObject({ frames: 0, visitors: 0 });
    rolling.add(frame(midnight, [face({ trackId: 'a' })]));
    rolling.add(frame(midnight + 200, [face({ trackId: 'a' })]));
    expect(rolling.snapshot(midnight + 200).today).toMatchObject({ samples: 2, visitors: 1 });
    expect(rolling.snapshot(midnight + 200)['10s']).toMatchObject({ samples: 3, visitors: 1 });
  });

  it('goes on at once after a clock set back by an hour', () => {
    const rolling = windows();
    rolling.add(frame(NOON, [face({ trackId: 'a' })]));
    rolling.add(frame(NOON - 3_600_000, [face({ trackId: 'b' })]));
    expect(rolling.snapshot(NOON - 3_600_000)['10s']).toMatchObject({ samples: 1, visitors: 1 });
  });

  it('never mixes roles or zones when told which to count', () => {
    const seller = face({ trackId: 's', role: 'seller', zoneId: 'till' });
    const customer = face({ trackId: 'c', role: 'customer', emotions: smiling });
    const customers = windows({ role: 'customer' });
    const till = windows({ zoneId: 'till' });
    for (const rolling of [customers, till]) rolling.add(frame(NOON, [seller, customer]));
    expect(customers.snapshot(NOON)['10s']).toMatchObject({ samples: 1, absolute: 1 });
    expect(till.snapshot(NOON)['10s']).toMatchObject({ samples: 1, absolute: 0 });
  });

  it('holds no more than the tracks of a quarter of an hour', () => {
    const rolling = windows();
    for (let second = 0; second < 4 * 3600; second += 1)
      rolling.add(frame(NOON + second * 1000, [face({ trackId: `t${second}` })]));
    const { visits } = (rolling as unknown as { visits: { visits: Map<string, unknown> } }).visits;
    expect(visits.size).toBeLessThan(1000);
    expect(rolling.snapshot(NOON + 4 * 3_600_000 - 1).today.visitors).toBe(4 * 3600);
  });
});

it('frames that wait are counted in every window as if they had been added, and only while they wait', () => {
  const seen = [0, 200, 400, 1200].map((ms, n) =>
    frame(NOON + ms, [face({ trackId: n < 2 ? 'a' : 'b', emotions: scores({ happiness: 10 * n }) })]),
  );
  const all = windows();
  for (const one of seen) all.add(one);
  const some = windows();
  for (const one of seen.slice(0, 2)) some.add(one);
  const nowTs = NOON + 1500;
  const before = some.snapshot(nowTs);
  expect(some.snapshot(nowTs, seen.slice(2))).toEqual(all.snapshot(nowTs));
  expect(some.snapshot(nowTs)).toEqual(before);
});
