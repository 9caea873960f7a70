import { resolveTimeZone } from '../../config/environment.js';
import type { Config } from '../../config/schema.js';
import type { FrameResult } from '../../contracts/face.js';
import type { FrameCount } from '../../contracts/sample.js';
import { sampled } from '../../metrics/faces/sample.js';
import { seededRandom } from '../../metrics/statistics/random.js';
import { LocalTime } from '../../time/local-time.js';
import type { RowSink } from '../../store/ports/row-sink.js';
import { ContactWatch } from '../numbers/contact-watch.js';
import { StoringSink } from '../numbers/storing-sink.js';
import { StreamNumbers } from '../numbers/stream-numbers.js';
import { DEMO_ANALYSED_FPS, framesOf, type InventedVisit } from './invented-visit.js';
import { inventedWeek, type DemoStreams } from './invented-week.js';
import { MINUTE_MS } from '../../time/units.js';

const SEED = 20_240_601;
/** Frames written before everything else has its turn, and before they are committed. */
const PIECE = 20;
const FLUSH_EVERY = 5000;

/** All frames of all visits in order of time, as several cameras give them. */
const framesInOrder = (visits: readonly InventedVisit[]): FrameResult[] => {
  const random = seededRandom(SEED);
  return visits.flatMap((visit) => [...framesOf(visit, random)]).sort((a, b) => a.ts - b.ts);
};

/** Analysed frames without anybody, one row per minute in which a camera saw somebody or nobody. */
const emptyFrames = (visits: readonly InventedVisit[]): FrameCount[] => {
  const busy = new Map<string, { readonly row: FrameCount; frames: number }>();
  for (const { streamId, role, fromTs, seconds } of visits) {
    const ts = Math.floor(fromTs / MINUTE_MS) * MINUTE_MS;
    const key = `${streamId} ${String(ts)}`;
    const row = { ts, streamId, role, zoneId: null, analysed: 0, withFaces: 0, faces: 0 };
    const entry = busy.get(key) ?? { row, frames: 0 };
    entry.frames += Math.round(seconds * DEMO_ANALYSED_FPS);
    busy.set(key, entry);
  }
  return [...busy.values()].map(({ row, frames }) => ({
    ...row,
    analysed: Math.max(0, 60 * DEMO_ANALYSED_FPS - frames),
  }));
};

const turnOfOthers = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Fills the demo's own store with a week of invented visitors through the same steps as live figures take, so that every
 * report has something to show; in small pieces, while the service already runs. The same day of the week always shows
 * the same people. Ends early when `signal` aborts.
 */
export const fillDemoStore = async (
  store: RowSink,
  config: Config,
  streams: DemoStreams,
  nowTs: number,
  signal: AbortSignal,
): Promise<void> => {
  const localTime = new LocalTime(resolveTimeZone(config.site.timeZone));
  const visits = inventedWeek(nowTs, localTime, streams, (weekday) => seededRandom(SEED + weekday));
  const contacts = new ContactWatch(config.contacts, {
    metrics: config.metrics,
    maxLagMs: Number.POSITIVE_INFINITY,
    onChange: (change) => {
      if (change.kind === 'end') store.append({ contacts: [change.contact] });
    },
  });
  const sink = new StoringSink(store, contacts, config.privacy);
  const numbers = new Map(
    config.streams.map((stream) => [stream.id, new StreamNumbers(stream, config.metrics.threshold, localTime)]),
  );
  store.append({ frames: emptyFrames(visits) });
  let written = 0;
  for (const result of framesInOrder(visits)) {
    const stream = numbers.get(result.streamId);
    if (stream === undefined) continue;
    for (const settled of stream.add(sampled(result))) sink.numbers(settled);
    written += 1;
    if (written % PIECE === 0) await turnOfOthers();
    if (written % FLUSH_EVERY === 0) await store.flush();
    if (signal.aborted) return;
  }
  for (const stream of numbers.values()) {
    for (const settled of stream.settle()) sink.numbers(settled);
    sink.ended(stream.finish());
  }
  contacts.flush();
  await store.flush();
};
