import path from 'node:path';
import type { CounterLine } from '../../../src/metrics/counts/line-crossing.js';
import { seeded } from '../intervals.js';
import { readClip, type Pictures } from './clip.js';
import { composed, cutOut, type CutOut, type Light, type Passage } from './compose.js';

/** A recording with what a person counted in it, or what it was composed of. */
export interface TruthCase {
  readonly name: string;
  readonly line: CounterLine;
  readonly pictures: Pictures;
  readonly truth: { readonly in: number; readonly out: number };
}

const SIZE = { width: 480, height: 270, fps: 10 };
/** Across the floor, below the table; who comes goes over it upwards. */
const FLOOR: CounterLine = [
  [0.98, 0.68],
  [0.02, 0.68],
];
/** Before the exit on the right. */
const EXIT: CounterLine = [
  [0.78, 0.98],
  [0.78, 0.02],
];
/** Counted by eye in the recording of people who come one by one: when each comes and when each leaves, seconds. */
const COMES = [5.6, 22.4, 49.6, 74, 91.6, 123] as const;
const LEAVES = [17.9, 42.9, 67.9, 84.7, 117.7, 133.9] as const;
const COMING_S = 2.6;
const LEAVING_S = 2.4;
const PLAIN: Light = { factor: 1, noise: 0 };

const mirroredLine = ([[x1, y1], [x2, y2]]: CounterLine): CounterLine => [
  [1 - x1, y1],
  [1 - x2, y2],
];

interface Bodies {
  readonly empty: Uint8Array;
  readonly coming: readonly CutOut[];
  readonly leaving: readonly CutOut[];
}

const bodiesOf = async (file: string): Promise<Bodies> => {
  const empty = (await readClip(file, { ...SIZE, toS: 0.2 })).frames[0] ?? new Uint8Array();
  const cut = async (fromS: number, lengthS: number): Promise<CutOut> =>
    cutOut(await readClip(file, { ...SIZE, fromS, toS: fromS + lengthS }), empty);
  const coming: CutOut[] = [];
  const leaving: CutOut[] = [];
  for (const fromS of COMES) coming.push(await cut(fromS, COMING_S));
  for (const fromS of LEAVES) leaving.push(await cut(fromS, LEAVING_S));
  return { empty, coming, leaving };
};

/** Passages of one kind, one after the other or several at once. */
const passagesOf = (
  bodies: readonly CutOut[],
  count: number,
  everyFrames: number,
  fields: (n: number) => Partial<Omit<Passage, 'body' | 'start'>>,
): Passage[] =>
  Array.from({ length: count }, (_, n) => ({
    body: bodies[n % bodies.length] ?? { frames: [] },
    start: Math.round(n * everyFrames),
    ...{ shiftX: 0, mirrored: false, backwards: false },
    ...fields(n),
  }));

const composedCases = ({ empty, coming, leaving }: Bodies, seed: number): TruthCase[] => {
  const random = seeded(seed);
  const scene = (
    name: string,
    line: CounterLine,
    passages: readonly Passage[],
    truth: TruthCase['truth'],
    light = PLAIN,
  ): TruthCase => {
    const length = Math.max(...passages.map(({ body, start }) => start + body.frames.length)) + 10;
    const frames = composed(empty, SIZE.width, length, passages, light, random);
    return { name, line, truth, pictures: { ...SIZE, frames } };
  };
  const sideBySide = passagesOf(coming, 12, 16, (n) => ({ shiftX: n % 2 === 0 ? -98 : 82 })).map((passage, n) => ({
    ...passage,
    start: Math.floor(n / 2) * 32,
  }));
  const toAndFro = [
    ...passagesOf(leaving, 10, 30, () => ({})),
    ...passagesOf(leaving.toReversed(), 10, 30, () => ({ backwards: true })).map((passage) => ({
      ...passage,
      start: passage.start + 15,
    })),
  ];
  const meeting = [
    ...passagesOf(coming, 8, 40, () => ({ shiftX: -112 })),
    ...passagesOf(coming.toReversed(), 8, 40, () => ({ shiftX: 112, backwards: true })),
  ];
  const atChance = passagesOf(coming, 20, 14, () => ({
    shiftX: Math.round((random() - 0.5) * 195),
    mirrored: random() < 0.5,
    backwards: random() < 0.4,
  }));
  const wentOut = atChance.filter(({ backwards }) => backwards).length;
  return [
    scene(
      'composed: one every 3 s',
      FLOOR,
      passagesOf(coming, 18, 30, () => ({})),
      { in: 18, out: 0 },
    ),
    scene(
      'composed: mirrored, out again',
      FLOOR,
      passagesOf(coming, 18, 30, () => ({ mirrored: true, backwards: true })),
      { in: 0, out: 18 },
    ),
    scene('composed: two side by side', FLOOR, sideBySide, { in: 12, out: 0 }),
    scene('composed: to and fro at the exit', EXIT, toAndFro, { in: 10, out: 10 }),
    scene('composed: meeting on the line', FLOOR, meeting, { in: 8, out: 8 }),
    scene('composed: at chance, 1.4 s apart', FLOOR, atChance, { in: 20 - wentOut, out: wentOut }),
    scene(
      'composed: dusk and noise',
      FLOOR,
      passagesOf(coming, 12, 30, () => ({})),
      { in: 12, out: 0 },
      { factor: 0.35, noise: 10 },
    ),
  ];
};

/** Every case, the recorded ones first. Truth was counted by eye; the composed ones are what they were made of. */
export const truthCases = async (media: string, seed: number): Promise<TruthCase[]> => {
  const folder = path.join(media, 'videos/intel');
  const oneByOne = path.join(folder, 'one-by-one-person-detection.mp4');
  const whole = await readClip(oneByOne, SIZE);
  const everySecond = { ...whole, fps: 5, frames: whole.frames.filter((_, n) => n % 2 === 0) };
  const aisle = await readClip(path.join(folder, 'store-aisle-detection.mp4'), SIZE);
  const walking = await readClip(path.join(folder, 'face-demographics-walking.mp4'), SIZE);
  const recorded: TruthCase[] = [
    { name: 'recorded: six come in', line: FLOOR, pictures: whole, truth: { in: 6, out: 0 } },
    { name: 'recorded: six leave', line: EXIT, pictures: whole, truth: { in: 6, out: 0 } },
    { name: 'recorded: the same at 5 fps', line: EXIT, pictures: everySecond, truth: { in: 6, out: 0 } },
    {
      name: 'recorded: backwards',
      line: FLOOR,
      pictures: { ...whole, frames: whole.frames.toReversed() },
      truth: { in: 0, out: 6 },
    },
    {
      name: 'recorded: three stand in an aisle, line between',
      line: mirroredLine(EXIT),
      pictures: aisle,
      truth: { in: 0, out: 0 },
    },
    {
      name: 'recorded: three come towards the camera beside it',
      line: [
        [0.85, 0],
        [0.85, 1],
      ],
      pictures: walking,
      truth: { in: 0, out: 0 },
    },
  ];
  return [...recorded, ...composedCases(await bodiesOf(oneByOne), seed)];
};
