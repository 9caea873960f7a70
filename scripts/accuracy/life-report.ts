import {
  LivenessJudge,
  motionLevel,
  STILL_STEPS,
  WINDOW_MS,
  type Look,
} from '../../src/inference/streams/liveness/liveness-judge.js';

/** What the mesh saw of one face over time. */
export interface Watched {
  readonly name: string;
  readonly set: string;
  readonly looks: readonly Look[];
}

/** Levels of stillness for the curve. */
const LEVELS = [0.5, 0.65, 0.75, 0.85, 1, 1.15, 1.3, 1.6, 2] as const;
/** Shares of a talking person's movement that quiet sitters keep. */
const LIVELINESS = [1, 0.5, 0.35, 0.25, 0.15, 0] as const;
/** Rules to choose from: for how long, s, below which level. */
const RULES = [
  // A little more than the six seconds that only the first window of a stay has: judged at any time.
  [[6.1, 1]],
  [[6, 1]],
  [[6, 0.85]],
  [[6, 0.7]],
  [
    [6, 0.7],
    [60, 1],
  ],
  [
    [6, 0.6],
    [15, 0.7],
    [60, 0.85],
    [180, 1.1],
  ],
] as const;
const STEP_MS = 1000;
const MIN_LOOKS = 6;
/** Stays of quiet sitters: the recording to and fro until so long, with a look so often. */
const STAY_MS = 240_000;
const LOOK_MS = 450;
const STAYS_OF_EACH = 3;

type Window = readonly Look[];

const windowsOf = ({ looks }: Watched): Window[] => {
  const last = looks.at(-1)?.tsMs ?? 0;
  const windows: Window[] = [];
  for (let from = looks[0]?.tsMs ?? 0; from + WINDOW_MS <= last + 1; from += STEP_MS)
    windows.push(looks.filter(({ tsMs }) => tsMs >= from && tsMs <= from + WINDOW_MS));
  return windows.filter((window) => window.length >= MIN_LOOKS);
};

const meanOf = (figures: readonly Float32Array[]): Float32Array =>
  (figures[0] ?? new Float32Array()).map(
    (_, i) => figures.reduce((sum, mobilePoints) => sum + (mobilePoints[i] ?? 0), 0) / figures.length,
  );

/** Looks to and fro, from the one at `start` on, for as long as a stay. */
const toAndFro = (looks: readonly Look[], start: number): Look[] => {
  const there = [...looks, ...looks.slice(1, -1).reverse()];
  return Array.from({ length: STAY_MS / LOOK_MS }, (_, n) => ({
    ...(there[(start + n) % there.length] as Look),
    tsMs: n * LOOK_MS,
  }));
};

/** A stay of one who moves less: less of the movement, all of the noise that a hung picture shows, in one place. */
const quieted = (person: readonly Look[], noise: readonly Look[], share: number): Look[] => {
  const mean = meanOf(person.map(({ mobilePoints }) => mobilePoints));
  const noiseMean = meanOf(noise.map(({ mobilePoints }) => mobilePoints));
  return person.map(({ tsMs, mobilePoints: moved }, n) => {
    const { mobilePoints: flicker, box, sizePx } = noise[n] as Look;
    const mobilePoints = moved.map(
      (value, i) => (mean[i] ?? 0) + share * (value - (mean[i] ?? 0)) + (flicker[i] ?? 0) - (noiseMean[i] ?? 0),
    );
    return { tsMs, mobilePoints, box, sizePx };
  });
};

type Rule = readonly (readonly [seconds: number, level: number])[];

interface Judged {
  /** When the judge first took the face for a picture, ms from the first look. */
  readonly firstMs: number;
  /** Share of the looks that were left out. */
  readonly share: number;
}

/** What a judge who watches from the beginning says. */
const judged = (looks: readonly Look[], rule: Rule): Judged => {
  const judge = new LivenessJudge(
    false,
    rule.map(([seconds, level]) => ({ level, forMs: 1000 * seconds })),
  );
  let firstMs = Infinity;
  let left = 0;
  for (const look of looks) {
    judge.observe(look);
    if (judge.at(look.tsMs) !== 'still') continue;
    firstMs = Math.min(firstMs, look.tsMs - (looks[0]?.tsMs ?? 0));
    left += 1;
  }
  return { firstMs, share: left / looks.length };
};

const shipped: Rule = STILL_STEPS.map(({ level, forMs }) => [forMs / 1000, level]);
const worded = (rule: Rule): string =>
  rule.map(([seconds, level]) => `${String(seconds)} s < ${String(level)}`).join(', ');

const percent = (part: number, whole: number): string =>
  whole === 0 ? '—' : `${((100 * part) / whole).toFixed(1)} % (${String(part)} of ${String(whole)})`;
const below = (levels: readonly number[], level: number): string =>
  percent(levels.filter((one) => one < level).length, levels.length);
const within = (stays: readonly Judged[], ms: number): string =>
  ((100 * stays.filter(({ firstMs }) => firstMs <= ms).length) / stays.length).toFixed(0);

/** Windows of people and of pictures by the level, long stays by the rule, and what the judge says of the recordings. */
export const lifeSection = (people: readonly Watched[], pictures: readonly Watched[]): string => {
  const levelsOf = (all: readonly Watched[]): number[] => all.flatMap((one) => windowsOf(one).map(motionLevel));
  const [ofPictures, ofPeople] = [levelsOf(pictures), levelsOf(people)];
  const hung = pictures.map(({ looks }) => toAndFro(looks, 0));
  const talkers = people.filter(({ set }) => set === 'neutral');
  const stays: readonly (readonly [name: string, looks: readonly (readonly Look[])[]])[] = [
    ['pictures', hung],
    ...LIVELINESS.map((share) => {
      const looks = talkers.flatMap((one, at) =>
        Array.from({ length: STAYS_OF_EACH }, (_, n) =>
          quieted(toAndFro(one.looks, 11 * n), hung[(7 * (at * STAYS_OF_EACH + n)) % hung.length] ?? [], share),
        ),
      );
      return [`movement kept ${String(share)}`, looks] as const;
    }),
  ];
  const byRule = [...RULES, shipped].map((rule) => {
    const cells = stays.map(([, all]) => {
      const said = all.map((looks) => judged(looks, rule));
      const time = (100 * said.reduce((sum, { share }) => sum + share, 0)) / said.length;
      return `${within(said, 6500)} / ${within(said, 60_000)} / ${within(said, STAY_MS)} / ${time.toFixed(0)}`;
    });
    return `| ${worded(rule)} | ${cells.join(' | ')} |`;
  });
  const isPicture = ({ looks }: Watched): boolean => judged(looks, shipped).firstMs < Infinity;
  return [
    '| level | pictures below | people below |',
    '| --- | --- | --- |',
    ...LEVELS.map((level) => `| ${String(level)} | ${below(ofPictures, level)} | ${below(ofPeople, level)} |`),
    '',
    `Stays of four minutes, %: taken for a picture within 6 s / one minute / four minutes / share of the time (${String(hung.length)} pictures, ${String(STAYS_OF_EACH * talkers.length)} stays)`,
    '',
    `| rule | ${stays.map(([name]) => name).join(' | ')} |`,
    `| --- |${stays.map(() => ' --- |').join('')}`,
    ...byRule,
    '',
    `The recordings themselves: pictures taken for pictures ${percent(pictures.filter(isPicture).length, pictures.length)}, people taken for pictures ${percent(people.filter(isPicture).length, people.length)}.`,
  ].join('\n');
};
