import { FIRST_EYE_POINT } from '../../src/inference/life/figure.js';
import { LifeJudge, STILL_ALL, STILL_EYES, WINDOW_MS, type Look } from '../../src/inference/life/life-judge.js';
import { nonRigidMotion } from '../../src/inference/life/non-rigid-motion.js';

/** What the mesh saw of one face over time. */
export interface Watched {
  readonly name: string;
  readonly set: string;
  readonly looks: readonly Look[];
}

/** Times by which the thresholds of stillness are multiplied for the curve. */
const FACTORS = [0.5, 0.7, 0.85, 1, 1.15, 1.3, 1.6, 2] as const;
/** Shares of a talking person's movement that quiet sitters keep. */
const LIVELINESS = [1, 0.5, 0.35, 0.25, 0.15, 0] as const;
const STEP_MS = 1000;
const MIN_LOOKS = 6;

type Window = readonly Look[];

const windowsOf = ({ looks }: Watched): Window[] => {
  const last = looks.at(-1)?.tsMs ?? 0;
  const windows: Window[] = [];
  for (let from = looks[0]?.tsMs ?? 0; from + WINDOW_MS <= last + 1; from += STEP_MS)
    windows.push(looks.filter(({ tsMs }) => tsMs >= from && tsMs <= from + WINDOW_MS));
  return windows.filter((window) => window.length >= MIN_LOOKS);
};

/** How many times the thresholds a window moves: below 1 it is still. */
const motionOf = (window: Window): number => {
  const figures = window.map(({ figure }) => figure);
  return Math.max(nonRigidMotion(figures) / STILL_ALL, nonRigidMotion(figures, FIRST_EYE_POINT) / STILL_EYES);
};

const meanOf = (figures: readonly Float32Array[]): Float32Array =>
  (figures[0] ?? new Float32Array()).map(
    (_, i) => figures.reduce((sum, figure) => sum + (figure[i] ?? 0), 0) / figures.length,
  );

/** The window as one who moves less would show it: less of the movement, all of the noise that a hung picture shows. */
const quieted = (window: Window, noise: Window, share: number): Window => {
  const mean = meanOf(window.map(({ figure }) => figure));
  const noiseMean = meanOf(noise.map(({ figure }) => figure));
  return window.map((look, at) => {
    const { figure: flicker } = noise[at % noise.length] ?? look;
    const figure = look.figure.map(
      (value, i) => (mean[i] ?? 0) + share * (value - (mean[i] ?? 0)) + (flicker[i] ?? 0) - (noiseMean[i] ?? 0),
    );
    return { ...look, figure };
  });
};

/** Whether and when a judge that watches from the beginning takes the face for a picture, ms from the first look. */
const stillAfter = (looks: readonly Look[]): number | null => {
  const judge = new LifeJudge(false);
  for (const look of looks) {
    judge.observe(look);
    if (judge.at(look.tsMs) === 'still') return look.tsMs - (looks[0]?.tsMs ?? 0);
  }
  return null;
};

const percent = (part: number, whole: number): string =>
  whole === 0 ? '—' : `${((100 * part) / whole).toFixed(1)} % (${String(part)} of ${String(whole)})`;
const below = (motions: readonly number[], factor: number): string =>
  percent(motions.filter((motion) => motion < factor).length, motions.length);

/** Windows of people and of pictures by the thresholds, quiet sitters, and what the judge says in the end. */
export const lifeSection = (people: readonly Watched[], pictures: readonly Watched[]): string => {
  const living = people.map((one) => ({ ...one, windows: windowsOf(one) }));
  const hung = pictures.map((one) => ({ ...one, windows: windowsOf(one) }));
  const ofPeople = living.flatMap(({ windows }) => windows.map(motionOf));
  const ofPictures = hung.flatMap(({ windows }) => windows.map(motionOf));
  const noises = hung.flatMap(({ windows }) => windows);
  const curve = FACTORS.map(
    (factor) => `| ${String(factor)} | ${below(ofPictures, factor)} | ${below(ofPeople, factor)} |`,
  );
  const neutral = living.filter(({ set }) => set === 'neutral').flatMap(({ windows }) => windows);
  const quiet = LIVELINESS.map((share) => {
    const motions = neutral.map((window, at) =>
      motionOf(quieted(window, noises[(7 * at) % noises.length] ?? window, share)),
    );
    return `| ${String(share)} | ${below(motions, 1)} |`;
  });
  const judged = (all: readonly Watched[], wanted: (ms: number | null) => boolean): string =>
    percent(all.filter(({ looks }) => wanted(stillAfter(looks))).length, all.length);
  return [
    '| thresholds × | pictures still | people still |',
    '| --- | --- | --- |',
    ...curve,
    '',
    '| movement kept | windows still |',
    '| --- | --- |',
    ...quiet,
    '',
    `Judged from the first look on: pictures taken for pictures ${judged(pictures, (ms) => ms !== null)}, people taken for pictures ${judged(people, (ms) => ms !== null)}.`,
  ].join('\n');
};
