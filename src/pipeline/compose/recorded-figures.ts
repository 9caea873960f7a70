import { resolveTimeZone } from '../../config/environment.js';
import type { Config } from '../../config/schema.js';
import type { Period } from '../../contracts/period.js';
import { InferenceService } from '../../inference/engine/service.js';
import type { ReportSources } from '../../reporting/report-sources.js';
import { systemClock } from '../../runtime/clock.js';
import type { Logger } from '../../runtime/logger.js';
import { openStore } from '../../store/open-store.js';
import { LocalTime } from '../../time/local-time.js';
import { MINUTE_MS } from '../../time/units.js';
import { CellMaker } from '../cells/cell-maker.js';
import { ContactWatch } from '../numbers/contact-watch.js';
import { StoringSink } from '../numbers/storing-sink.js';
import { analyzeRecordings, type Recording } from '../offline/analysis.js';
import type { OnFault } from '../offline/picture-stream.js';

/** What is told of the work on recordings while it goes on. */
export interface RecordingWatch {
  readonly signal: AbortSignal;
  readonly onFault: OnFault;
  /** How far the batch at `index` has come, capture time; null: to its end. */
  readonly onProgress: (index: number, ts: number | null) => void;
}

/** Recordings that run together on one clock, batch after batch, from `startTs` on. */
export interface RecordedMaterial {
  readonly batches: readonly (readonly Recording[])[];
  readonly startTs: number;
}

/**
 * What reports are made from, and the period it covers: the recordings through the same stages, store and figures as live, in
 * a store of its own that is gone afterwards. `config.contacts` are the points that are watched.
 */
export const withRecordedFigures = async <T>(
  config: Config,
  logger: Logger,
  { batches, startTs }: RecordedMaterial,
  watch: RecordingWatch,
  work: (sources: ReportSources, period: Period) => Promise<T>,
): Promise<T> => {
  const localTime = new LocalTime(resolveTimeZone(config.site.timeZone));
  const store = await openStore({ ...config.store, kind: 'memory' }, logger);
  let inference: InferenceService | null = null;
  try {
    inference = await InferenceService.start({ inference: config.inference, streams: config.streams, logger });
    const contacts = new ContactWatch(config.contacts, {
      metrics: config.metrics,
      maxLagMs: Infinity,
      onChange: (change) => {
        if (change.kind === 'end') store.append({ contacts: [change.contact] });
      },
    });
    const sink = new StoringSink(store, contacts, config.privacy);
    const { signal, onFault } = watch;
    let lastTs = startTs;
    for (const [index, batch] of batches.entries()) {
      const onFrame = ({ ts }: { readonly ts: number }): Promise<void> => {
        lastTs = Math.max(lastTs, ts);
        watch.onProgress(index, ts);
        return Promise.resolve();
      };
      await analyzeRecordings(batch, { config, inference, localTime, sink, signal, onFault, onFrame });
      watch.onProgress(index, null);
    }
    const toTs = Math.ceil((lastTs + 1) / MINUTE_MS) * MINUTE_MS;
    contacts.flush();
    await store.flush();
    await new CellMaker({ store, localTime, clock: systemClock, privacy: () => config.privacy }).finish(toTs);
    const streams = [...new Map(batches.flat().map(({ stream }) => [stream.id, stream])).values()];
    const sources = { store, config: () => ({ ...config, streams }), localTime, clock: systemClock };
    return await work(sources, { fromTs: startTs, toTs });
  } finally {
    await inference?.close();
    await store.close();
  }
};
