/**
 * What a drawn picture («Силуэты») still tells of who is in it: a matcher that has another picture of each person, of the
 * same day, clothes and lamp, looks for the nearest by all pixels.
 *
 *   npx tsx bench/blurred.ts --media DIR [--seed 1] [--places 3]
 *
 * DIR holds emotion/london/{neutral,happy}: two pictures of each person, named by person, before a plain wall. People are
 * cut out and stand in a drawn room with a sensor's noise. "Beside": up to 30 pixels between the two pictures.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import type { Box } from '../src/contracts/face.js';
import type { Frame } from '../src/contracts/frame.js';
import { InferenceService } from '../src/inference/engine/service.js';
import { blockMeans, gridOf } from '../src/pipeline/camera/pictures/block-grid.js';
import { drawScene } from '../src/pipeline/camera/pictures/drawn-scene.js';
import { EmptyView } from '../src/pipeline/camera/pictures/empty-view.js';
import { seeded } from '../test/fixtures/store-rows.js';
import { inferenceConfig, silentLogger, streamOptions } from '../test/integration/inference/engine-options.js';
import { ranOn, ranOnLine } from './ran-on.js';

const { values } = parseArgs({
  options: {
    media: { type: 'string', default: '../shared/media' },
    seed: { type: 'string', default: '1' },
    places: { type: 'string', default: '3' },
  },
});
const folder = join(values.media, 'emotion', 'london');
const SIZE = { width: 960, height: 540 };
/** Of a portrait's width the face takes about this share. */
const FACE_SHARE = 0.5;
/** The portraits' wall differs from its corner by less, levels. */
const WALL_LEVELS = 28;
const SIZES_PX = [60, 90, 160, 240];
const BESIDE_PX = 30;
const LEARNED_MS = 62_000;

interface Cutout {
  readonly rgba: Buffer;
  readonly width: number;
  readonly height: number;
}

/** A portrait without its wall: what is like the corner and joined to an edge above the shoulders is transparent. */
const cutOut = async (file: string, facePx: number): Promise<Cutout> => {
  const { data: rgba, info } = await sharp(file)
    .resize(Math.round(facePx / FACE_SHARE))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const corner = rgba.subarray((2 * width + 2) * 4, (2 * width + 2) * 4 + 3);
  const open = Array.from({ length: width }, (_, x) => x);
  for (let y = 1; y < height; y += 1) open.push(y * width, y * width + width - 1);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const here = at * 4;
    if (rgba[here + 3] === 0) continue;
    if (corner.some((level, channel) => Math.abs(level - (rgba[here + channel] ?? 0)) > WALL_LEVELS)) continue;
    rgba[here + 3] = 0;
    const x = at % width;
    if (x > 0) open.push(at - 1);
    if (x < width - 1) open.push(at + 1);
    if (at >= width) open.push(at - width);
    if (at < width * (height - 1)) open.push(at + width);
  }
  return { rgba, width, height };
};

/** Parts of the room: left, top, right, bottom and colour. */
const ROOM: readonly (readonly [number, number, number, number, readonly [number, number, number]])[] = [
  [0, 0, 960, 360, [170, 168, 160]],
  [0, 360, 960, 540, [120, 100, 80]],
  [700, 120, 960, 400, [60, 70, 90]],
  [0, 200, 260, 420, [200, 60, 50]],
  [400, 0, 560, 150, [230, 235, 240]],
];
const NOISE_LEVELS = 6;

const random = seeded(Number(values.seed));
const around = (most: number): number => Math.round((random() * 2 - 1) * most);

const room = Buffer.alloc(SIZE.width * SIZE.height * 3);
for (const [left, top, right, bottom, colour] of ROOM)
  for (let y = top; y < bottom; y += 1)
    for (let x = left; x < right; x += 1) room.set(colour, (y * SIZE.width + x) * 3);

interface Place {
  readonly dx: number;
  readonly dy: number;
}

/** A frame of the room with somebody around its middle, or with nobody. */
const frameOf = (person: Cutout | null, { dx, dy }: Place, arrivedMs = 0): Frame => {
  const data = Buffer.from(room);
  for (let y = 0; person !== null && y < person.height; y += 1)
    for (let x = 0; x < person.width; x += 1) {
      const from = (y * person.width + x) * 4;
      const [toX, toY] = [Math.round((SIZE.width - person.width) / 2) + dx + x, SIZE.height - person.height + dy + y];
      if (person.rgba[from + 3] === 0 || toX < 0 || toX >= SIZE.width || toY < 0 || toY >= SIZE.height) continue;
      data.set(person.rgba.subarray(from, from + 3), (toY * SIZE.width + toX) * 3);
    }
  for (let at = 0; at < data.length; at += 1)
    data[at] = Math.max(0, Math.min(255, (data[at] ?? 0) + (random() * 2 - 1) * NOISE_LEVELS));
  return { streamId: 'a', seq: 1, ts: 0, arrivedMs, ...SIZE, data };
};

const learned = (frame: Frame): EmptyView => {
  const view = new EmptyView(SIZE);
  for (let ms = 0; ms <= LEARNED_MS; ms += 1000) view.learn({ ...frame, arrivedMs: ms }, []);
  return view;
};

type Pixels = Uint8Array;
const distance = (a: Pixels, b: Pixels): number => {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += ((a[at] ?? 0) - (b[at] ?? 0)) ** 2;
  return sum;
};
const drawn = async (view: EmptyView, frame: Frame, faces: readonly Box[]): Promise<Pixels> =>
  sharp(await drawScene({ grid: view.grid, changed: view.changed(frame), faces }, SIZE, 1280))
    .raw()
    .toBuffer();

/** How often the nearest known picture is of the same person, percent; of those alike one is taken by chance. */
const rankOne = (known: readonly Pixels[], seen: readonly Pixels[]): number => {
  const hits = seen.map((picture, at) => {
    const distances = known.map((other) => distance(other, picture));
    const least = Math.min(...distances);
    return distances[at] === least ? 1 / distances.filter((value) => value === least).length : 0;
  });
  return (100 * hits.reduce((sum, hit) => sum + hit, 0)) / hits.length;
};

const service = await InferenceService.start({ inference: inferenceConfig(), logger: silentLogger });
let looks = 0;
const facesOf = async (frame: Frame): Promise<Box[]> => {
  const streamId = `look-${(looks += 1)}`;
  service.openStream(streamOptions(streamId));
  const { faces } = await service.analyze({ ...frame, streamId });
  service.closeStream(streamId);
  return faces.map(({ box }) => box);
};

const people = readdirSync(join(folder, 'happy')).map((name) => name.slice(0, 3));
const fileOf = (kind: 'neutral' | 'happy', person: string): string =>
  join(folder, kind, readdirSync(join(folder, kind)).find((name) => name.startsWith(person)) ?? '');
const nowhere: Place = { dx: 0, dy: 0 };
const emptyView = learned(frameOf(null, nowhere));

console.log(ranOnLine(ranOn()));
console.log(
  `${people.length} people at ${values.places} places, seed ${values.seed}; by chance ${(100 / people.length).toFixed(0)} %; ` +
    'the same spot / up to 30 px beside',
);
console.log(
  '| face, px of 960 | faces found in | face taken for missed | face drawn if found | became the empty view and left | colours of the blocks, never sent |',
);
console.log('| ---: | ---: | ---: | ---: | ---: | ---: |');
for (const facePx of SIZES_PX) {
  const cuts = await Promise.all(
    people.map(async (person) => ({
      known: await cutOut(fileOf('neutral', person), facePx),
      seen: await cutOut(fileOf('happy', person), facePx),
    })),
  );
  const rates: number[][] = Array.from({ length: 4 }, () => [0, 0]);
  let found = 0;
  for (let round = 0; round < Number(values.places); round += 1) {
    const place = { dx: around(200), dy: around(20) };
    for (const [column, most] of [0, BESIDE_PX].entries()) {
      const known: Pixels[][] = [[], [], [], []];
      const seen: Pixels[][] = [[], [], [], []];
      for (const cut of cuts) {
        const beside = { dx: place.dx + around(most), dy: place.dy + Math.abs(around(most)) };
        const frames = [frameOf(cut.known, place), frameOf(cut.seen, beside)] as const;
        for (const [to, frame] of [[known, frames[0]] as const, [seen, frames[1]] as const]) {
          const faces = await facesOf(frame);
          found += Math.min(1, faces.length);
          to[0]?.push(await drawn(emptyView, frame, []));
          to[1]?.push(await drawn(emptyView, frame, faces));
          to[3]?.push(blockMeans(frame, gridOf(SIZE)));
        }
        // Who sat still for a minute is gone now: what he leaves against what others look like.
        known[2]?.push(await drawn(emptyView, frames[0], []));
        seen[2]?.push(await drawn(learned(frames[1]), frameOf(null, nowhere), []));
      }
      for (const [at, rate] of rates.entries())
        rate[column] = (rate[column] ?? 0) + rankOne(known[at] ?? [], seen[at] ?? []) / Number(values.places);
    }
  }
  const share = (100 * found) / (Number(values.places) * people.length * 4);
  const cells = rates.map(([same, beside]) => `${(same ?? 0).toFixed(0)} % / ${(beside ?? 0).toFixed(0)} %`);
  console.log(`| ${facePx} | ${share.toFixed(0)} % | ${cells.join(' | ')} |`);
}
await service.close();
