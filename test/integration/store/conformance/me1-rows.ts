import { expect } from 'vitest';
import type { Me1Aggregate, Me1Params } from '../../../../src/contracts/me1.js';
import type { FrameCount, Sample } from '../../../../src/contracts/sample.js';
import type { Me1Source } from '../../../../src/store/ports/portrait-reader.js';
import type { Store } from '../../../../src/store/ports/store.js';
import type { crowd } from '../../../fixtures/store-rows.js';
import { DAY } from '../stores.js';

/** Ms. */
export const MINUTE = 60_000;
/** A question of МЭ-1 over the first ten minutes. */
export const params = (fields: Partial<Me1Params> = {}): Me1Params => ({
  fromTs: DAY,
  toTs: DAY + 10 * MINUTE,
  threshold: 20,
  smileIndex: 'face',
  ...fields,
});

/** The sums of an answer. */
export const me1 = async (store: Store, query: Me1Params, source?: Me1Source): Promise<readonly Me1Aggregate[]> =>
  (await store.me1(query, source)).aggregates;

/** The definition, row by row. */
export const expected = (samples: readonly Sample[], frames: readonly FrameCount[], query: Me1Params) => {
  const inside = ({ ts }: { ts: number }) => ts >= query.fromTs && ts < query.toTs;
  const keys = new Set([...samples, ...frames].filter(inside).map((row) => `${row.role} ${row.streamId}`));
  return [...keys].sort().map((key) => {
    const rows = samples.filter((row) => inside(row) && `${row.role} ${row.streamId}` === key);
    const counts = frames.filter((row) => inside(row) && `${row.role} ${row.streamId}` === key);
    return {
      key,
      samples: rows.length,
      absolute: rows.filter(({ emotions }) => emotions.happiness >= query.threshold).length,
      male: rows.filter(({ gender }) => gender !== null && gender >= 0.5).length,
      adults: rows.filter(({ age }) => age !== null && age >= 20 && age < 30).length,
      happiness: rows.reduce((sum, { emotions }) => sum + emotions.happiness, 0),
      mood: rows.reduce((sum, { mood }) => sum + mood, 0),
      analysed: counts.reduce((sum, { analysed }) => sum + analysed, 0),
      withFaces: counts.reduce((sum, { withFaces }) => sum + withFaces, 0),
      tracks: new Set(rows.map(({ trackId }) => trackId)).size,
    };
  });
};

/** Expects an answer to be what the definition gives. */
export const check = (answer: readonly Me1Aggregate[], wanted: ReturnType<typeof expected>): void => {
  expect(answer.map(({ role, streamId }) => `${role} ${streamId}`)).toEqual(wanted.map(({ key }) => key));
  answer.forEach((row, n) => {
    const want = wanted[n];
    if (want === undefined) throw new Error('no such row');
    const { samples, absolute, male, analysed, withFaces, tracks } = want;
    expect(row).toMatchObject({ samples, absolute, male, analysedFrames: analysed, framesWithFaces: withFaces });
    expect(row.ages['20-30']).toBe(want.adults);
    expect(row.emotionSums.happiness).toBeCloseTo(want.happiness, 4);
    expect(row.moodSum).toBeCloseTo(want.mood, 1);
    expect(row.clusters.tracks).toBe(tracks);
  });
};

/** Appends in portions with commits and roll-ups in between, as a day would. */
export const live = async (store: Store, rows: ReturnType<typeof crowd>, random: () => number): Promise<void> => {
  const step = Math.ceil(rows.samples.length / (1 + Math.floor(random() * 5)));
  for (let at = 0; at < rows.samples.length; at += step) {
    store.append({ samples: rows.samples.slice(at, at + step) });
    if (random() < 0.5) await store.flush();
    if (random() < 0.5) await store.maintain();
  }
  const half = Math.floor(rows.frames.length / 2);
  store.append({ frames: rows.frames.slice(half) });
  await store.flush();
  store.append({ frames: rows.frames.slice(0, half), tracks: rows.tracks });
  await store.flush();
};
