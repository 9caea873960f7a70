import type { MetricsEvent } from '../../../src/contracts/events.js';
import type { Emotion } from '../../../src/contracts/emotion.js';
import { COUNTER_ROLE, type Role } from '../../../src/contracts/role.js';
import type { StreamStatus } from '../../../src/contracts/stream.js';
import type { WindowMetrics, WindowName } from '../../../src/contracts/window.js';
import { EMOTIONS } from './emotions.js';
import type { CurveMoment } from '../data/live-feed.js';

/** The figures of several streams pooled over their frames and samples, never averaged over streams. */
export interface PooledWindow {
  readonly smileIndex: number | null;
  /** Visitors who smiled ÷ visitors. */
  readonly smilingPersons: number | null;
  readonly mood: number | null;
  readonly visitors: number;
  readonly utilizationPercent: number | null;
  readonly emotions: Readonly<Record<Emotion, number>> | null;
  readonly samples: number;
  readonly absolute: number;
  readonly framesWithFaces: number;
  readonly frames: number;
}

/** What the big numbers are about: `visitors` (everyone but sellers), one role, or one stream (`stream:<id>`). */
export type Group = 'visitors' | Role | `stream:${string}`;

/** The cameras of a group; counters have no faces and belong to none. */
export const streamsOf = (group: Group, streams: readonly StreamStatus[]): readonly string[] =>
  streams
    .filter(({ role }) => role !== COUNTER_ROLE)
    .filter((stream) =>
      group === 'visitors'
        ? stream.role !== 'seller'
        : group.startsWith('stream:')
          ? stream.id === group.slice('stream:'.length)
          : stream.role === group,
    )
    .map((stream) => stream.id);

export const pool = (event: MetricsEvent, ids: readonly string[], name: WindowName): PooledWindow => {
  const windows: WindowMetrics[] = [];
  for (const id of ids) {
    const found = event.streams[id];
    if (found !== undefined) windows.push(found[name]);
  }
  const sum = (pick: (window: WindowMetrics) => number): number =>
    windows.reduce((total, window) => total + pick(window), 0);
  const frames = sum((window) => window.frames);
  const framesWithFaces = sum((window) => window.framesWithFaces);
  const absolute = sum((window) => window.absolute);
  const samples = sum((window) => window.samples);
  const visitors = sum((window) => window.visitors);
  const mean = (pick: (window: WindowMetrics) => number | null): number | null =>
    samples === 0 ? null : sum((window) => (pick(window) ?? 0) * window.samples) / samples;
  return {
    smileIndex: samples === 0 ? null : absolute / samples,
    smilingPersons: visitors === 0 ? null : sum((window) => (window.smilingPersons ?? 0) * window.visitors) / visitors,
    mood: mean((window) => window.mood),
    visitors,
    utilizationPercent: frames === 0 ? null : (100 * framesWithFaces) / frames,
    emotions:
      samples === 0
        ? null
        : (Object.fromEntries(
            EMOTIONS.map((emotion) => [emotion, mean((window) => window.emotions?.[emotion] ?? null) ?? 0]),
          ) as Record<Emotion, number>),
    samples,
    absolute,
    framesWithFaces,
    frames,
  };
};

/** Smile-Index of several streams, pooled over the samples of the 10 s before a moment; null without any. */
export const smileIndexAt = ({ streams }: CurveMoment, ids: readonly string[]): number | null => {
  const sum = (key: 'samples' | 'absolute'): number => ids.reduce((total, id) => total + (streams[id]?.[key] ?? 0), 0);
  const samples = sum('samples');
  return samples === 0 ? null : sum('absolute') / samples;
};
