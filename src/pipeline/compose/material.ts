import { resolveTimeZone } from '../../config/environment.js';
import type { Config, StreamConfig } from '../../config/schema.js';
import { systemClock } from '../../runtime/clock.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { LocalTime } from '../../time/local-time.js';
import type { Recording } from '../offline/analysis.js';
import { expandInputs, type Skipped } from '../offline/inputs.js';
import { recordingsOf } from '../offline/material.js';
import type { RecordedMaterial } from './recorded-figures.js';

const MAX_WIDTH_PX = 1920;

/** How given files are read. */
export interface ReadingOptions {
  /** Analysed frames per second of video. */
  readonly fps: number;
  readonly stillFaces: StreamConfig['stillFaces'];
}

/** Paths, folders and URLs as recordings that begin at `startTs`, and what of them is none. */
export const givenRecordings = async (
  given: readonly string[],
  options: ReadingOptions,
  startTs = 0,
): Promise<{ readonly recordings: readonly Recording[]; readonly skipped: readonly Skipped[] }> => {
  const { inputs, skipped } = await expandInputs(given);
  const { fps, stillFaces } = options;
  return { recordings: recordingsOf(inputs, { fps, maxWidth: MAX_WIDTH_PX, startTs, stillFaces }), skipped };
};

/** The configured streams as recordings on one common clock; all of them must be files. */
const configuredRecordings = (config: Config, startTs: number): Recording[] => {
  const streams = config.streams.filter(({ enabled }) => enabled);
  if (streams.length === 0) throw new EmoscopeError('USAGE', 'The configuration has no stream to analyse.');
  return streams.map((stream) => ({
    stream,
    source: {
      streamId: stream.id,
      input: { kind: 'video', source: stream.url, label: stream.id, named: true },
      fps: stream.fps,
      maxWidth: stream.maxWidth,
      startTs: startTs + stream.clockOffsetMs,
    },
  }));
};

/**
 * What a report of recordings is made from: configured streams run together, as live; given files one after another, each from
 * the same first instant. That is today's midnight, so that times in the report are positions in the material. Throws USAGE
 * where nothing is configured.
 */
export const materialOf = async (
  config: Config,
  given: readonly string[],
  options: ReadingOptions,
): Promise<RecordedMaterial & { readonly skipped: readonly Skipped[] }> => {
  const startTs = new LocalTime(resolveTimeZone(config.site.timeZone)).startOfDay(systemClock.now());
  if (given.length === 0) return { batches: [configuredRecordings(config, startTs)], startTs, skipped: [] };
  const { recordings, skipped } = await givenRecordings(given, options, startTs);
  return { batches: recordings.map((recording) => [recording]), startTs, skipped };
};
