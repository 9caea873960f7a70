import { configSchema } from '../../../src/config/schema.js';
import type { FrameResult } from '../../../src/contracts/face.js';
import { FrameCounter } from '../../../src/metrics/faces/frame-counter.js';
import { sampled } from '../../../src/metrics/faces/sample.js';
import { StoringSink } from '../../../src/pipeline/numbers/storing-sink.js';
import { StreamNumbers } from '../../../src/pipeline/numbers/stream-numbers.js';
import { LocalTime } from '../../../src/time/local-time.js';
import type { Store } from '../../../src/store/ports/store.js';
import { face, frame, scores } from '../../unit/metrics/faces.js';
import { DAY } from './stores.js';

export const STREAM = { id: 'cam', role: 'customer' as const, zones: [] };
const STEP_MS = 200;

/** Somebody, or a poster, in view from frame `from` to before frame `to`; unsure until it is judged. */
export interface Visit {
  readonly trackId: string;
  readonly from: number;
  readonly to: number;
  /** Frame in which it is judged, and how. */
  readonly judgedAt: number;
  readonly still: boolean;
}

/** A poster that is judged at frame 30, while the frames from 12 on still wait for a quiet sitter; cut after 40 frames. */
export const POSTER_AND_SITTER: readonly Visit[] = [
  { trackId: 'poster', from: 0, to: 100, judgedAt: 30, still: true },
  { trackId: 'sitter', from: 12, to: 100, judgedAt: 60, still: false },
];
export const POSTER_AND_SITTER_CUT = 40;

export const framesOf = (visits: readonly Visit[], count: number): FrameResult[] =>
  Array.from({ length: count }, (_, n) => {
    const faces = visits
      .filter(({ from, to }) => n >= from && n < to)
      .map(({ trackId, judgedAt, still }) => {
        const unsure = n < judgedAt;
        return face({
          trackId,
          unsure,
          rejected: !unsure && still ? 'still' : null,
          emotions: scores({ happiness: n % 90 }),
        });
      });
    const ended = visits.filter(({ to }) => to === n).map(({ trackId }) => trackId);
    return frame(DAY + n * STEP_MS, faces, STREAM.id, ended);
  });

export const sinkOf = (store: Store, sellerAnalytics: 'on' | 'off' = 'on'): StoringSink => {
  const { privacy } = configSchema.parse({ privacy: { jurisdiction: 'other', sellerAnalytics } });
  return new StoringSink(store, { push: () => undefined } as never, privacy);
};

/** Numbers that go into the store as in a running service. */
export const storedNumbers = (store: Store, role: 'customer' | 'seller' = 'customer', sink = sinkOf(store)) => {
  const numbers = new StreamNumbers({ ...STREAM, role }, 20, new LocalTime('UTC'), (rows, insteadOf) =>
    sink.hold(rows, insteadOf),
  );
  return {
    add: (result: FrameResult): void => {
      for (const settled of numbers.add(sampled(result))) sink.numbers(settled);
    },
  };
};

/** What reports make of the day. */
export const sumsOf = async (store: Store) => {
  const query = { fromTs: DAY, toTs: DAY + 3_600_000, threshold: 20, smileIndex: 'face' } as const;
  const { aggregates } = await store.me1(query, 'raw');
  return aggregates.map(({ samples, absolute, analysedFrames, framesWithFaces, emotionSums }) => ({
    ...{ samples, absolute, analysedFrames, framesWithFaces },
    happiness: Math.round(emotionSums.happiness),
  }));
};

/**
 * Puts into an empty store what a process that dies after these frames must have left: what was settled as it was
 * judged, and every frame that waited, without the faces that were known by then to be pictures.
 */
export const expectAfterKill = async (
  store: Store,
  visits: readonly Visit[],
  results: readonly FrameResult[],
): Promise<void> => {
  const reference = new StreamNumbers(STREAM, 20, new LocalTime('UTC'));
  const settled = results.flatMap((result) => reference.add(sampled(result)));
  for (const { samples, frames } of settled) store.append({ samples, frames });
  const known = new Set(
    visits
      .filter(({ from, to, judgedAt, still }) => still && Math.max(from, judgedAt) < Math.min(to, results.length))
      .map(({ trackId }) => trackId),
  );
  const counter = new FrameCounter(STREAM);
  for (const result of results.slice(settled.length)) {
    const faces = result.faces.map((one) => (known.has(one.trackId) ? { ...one, rejected: 'still' as const } : one));
    const judged = sampled({ ...result, faces });
    store.append({ samples: judged.samples, frames: counter.countsOf(judged) });
  }
  await store.flush();
};
