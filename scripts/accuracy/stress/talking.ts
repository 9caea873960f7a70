import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { TrackedFace } from '../../../src/contracts/face.js';
import type { InferenceService } from '../../../src/inference/engine/service.js';
import { readFrames } from '../../../src/ingest/recordings/read-frames.js';
import { areaUnderCurve, bootstrapped, type Estimate } from '../intervals.js';
import { PEAK, THRESHOLD } from './figures.js';
import { cameraOf } from './shown-pictures.js';

const TALK_FPS = 5;
const WINDOW_MS = 4000;
const MEDIAN_MS = 2000;
const FILM = /\.(mp4|mov|mkv|webm)$/i;

/** What a frame of a clip says of Happiness: of this frame alone, and smoothed as everywhere in the service. */
export interface TalkFrame {
  readonly ts: number;
  readonly raw: number | null;
  readonly smoothed: number | null;
}

export interface TalkClip {
  readonly kind: string;
  readonly clip: string;
  readonly frames: readonly TalkFrame[];
}

export interface TalkFigures {
  readonly kind: string;
  readonly clips: number;
  readonly frames: number;
  readonly told: Estimate;
  readonly happy: Estimate;
  readonly peak: Estimate;
  readonly smoothedHappy: Estimate;
  readonly smoothedPeak: Estimate;
  readonly windows: number;
  /** Of the windows of four seconds, those in which some frame reaches the peak, and those in which a median of two seconds does. */
  readonly windowPeak: Estimate;
  readonly windowMedian: Estimate;
}

/** Clips below `talking/<kind>/`. */
export const talkingClips = async (media: string): Promise<{ kind: string; file: string }[]> => {
  const root = path.join(media, 'talking');
  if (!existsSync(root)) return [];
  const kinds = (await readdir(root, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const clips = await Promise.all(
    kinds.map(async ({ name: kind }) =>
      (await readdir(path.join(root, kind)))
        .filter((name) => FILM.test(name))
        .sort()
        .map((name) => ({ kind, file: path.join(root, kind, name) })),
    ),
  );
  return clips.flat();
};

/** A clip as the service sees it: the largest face of each frame. */
export const watchTalk = async (service: InferenceService, kind: string, file: string): Promise<TalkClip> => {
  const id = path.basename(file);
  service.openStream(cameraOf(id, TALK_FPS));
  const frames: TalkFrame[] = [];
  try {
    for await (const frame of readFrames({ streamId: id, url: file, fps: TALK_FPS, maxWidth: 1920, startTs: 0 })) {
      const { faces, ts } = await service.analyze({ ...frame, arrivedMs: performance.now() });
      const [largest] = [...faces].sort((a, b) => b.sizePx - a.sizePx);
      if (largest !== undefined) frames.push({ ts, ...happinessOf(largest) });
    }
  } finally {
    service.closeStream(id);
  }
  return { kind, clip: id, frames };
};

const happinessOf = ({ emotions, smoothed }: TrackedFace): Omit<TalkFrame, 'ts'> => ({
  raw: emotions.happiness,
  smoothed: smoothed.happiness,
});

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.floor(sorted.length / 2)] ?? 0)) / 2;
};

/** The raw values of each whole window of four seconds, and the greatest median of two seconds in it. */
export const windowsOf = (frames: readonly TalkFrame[]): { peak: number; median: number }[] => {
  const known = frames.flatMap(({ ts, raw }) => (raw === null ? [] : [{ ts, raw }]));
  const last = frames.at(-1)?.ts ?? 0;
  const windows: { peak: number; median: number }[] = [];
  for (let from = frames[0]?.ts ?? 0; from + WINDOW_MS <= last + 1000 / TALK_FPS + 1; from += WINDOW_MS) {
    const own = known.filter(({ ts }) => ts >= from && ts < from + WINDOW_MS);
    if (own.length === 0) continue;
    const medians = own
      .filter(({ ts }) => ts + MEDIAN_MS <= from + WINDOW_MS)
      .map(({ ts: start }) =>
        median(own.filter(({ ts }) => ts >= start && ts < start + MEDIAN_MS).map(({ raw }) => raw)),
      );
    windows.push({ peak: Math.max(...own.map(({ raw }) => raw)), median: Math.max(0, ...medians) });
  }
  return windows;
};

/** A share of what the clips hold, with an interval from a bootstrap over clips, whose frames hang together. */
const shareOf = <Item>(
  clips: readonly TalkClip[],
  items: (clip: TalkClip) => readonly Item[],
  hit: (item: Item) => boolean,
): Estimate =>
  bootstrapped(
    clips,
    ({ clip }) => clip,
    (some) => {
      const all = some.flatMap((clip) => [...items(clip)]);
      return all.filter(hit).length / all.length;
    },
  );

const rawOf = ({ frames }: TalkClip): number[] => frames.flatMap(({ raw }) => raw ?? []);
const smoothedOf = ({ frames }: TalkClip): number[] => frames.flatMap(({ smoothed }) => smoothed ?? []);

export const talkFigures = (kind: string, clips: readonly TalkClip[]): TalkFigures => {
  const windows = (clip: TalkClip): { peak: number; median: number }[] => windowsOf(clip.frames);
  return {
    kind,
    clips: clips.length,
    frames: clips.reduce((sum, { frames }) => sum + frames.length, 0),
    told: shareOf(
      clips,
      ({ frames }) => frames,
      ({ raw }) => raw !== null,
    ),
    happy: shareOf(clips, rawOf, (raw) => raw >= THRESHOLD),
    peak: shareOf(clips, rawOf, (raw) => raw >= PEAK),
    smoothedHappy: shareOf(clips, smoothedOf, (value) => value >= THRESHOLD),
    smoothedPeak: shareOf(clips, smoothedOf, (value) => value >= PEAK),
    windows: clips.flatMap(windows).length,
    windowPeak: shareOf(clips, windows, ({ peak }) => peak >= PEAK),
    windowMedian: shareOf(clips, windows, (one) => one.median >= PEAK),
  };
};

/** How well raw Happiness of single frames tells laughing from calm talk. */
export const talkAuc = (clips: readonly TalkClip[]): Estimate =>
  bootstrapped(
    clips.filter(({ kind }) => kind === 'neutral' || kind === 'laughing'),
    ({ clip }) => clip,
    (some) =>
      areaUnderCurve(
        some.flatMap((clip) => rawOf(clip).map((score) => ({ score, positive: clip.kind === 'laughing' }))),
      ),
  );
