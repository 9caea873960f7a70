/**
 * What a picture with blurred faces still tells of somebody whose face the detector missed: a matcher that has another
 * picture of each person, of the same day, clothes and lamp, looks for the nearest by the colours of the blocks.
 *
 *   npx tsx bench/blurred.ts --media DIR [--seed 1]
 *
 * DIR holds emotion/london/{neutral,happy}: two pictures of each person, named by person. "Beside" shifts the person by
 * up to 30 pixels between the two.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import type { Frame } from '../src/contracts/frame.js';
import { COARSE_BLOCKS, encodePicture } from '../src/pipeline/live-view.js';
import { seeded } from '../test/fixtures/store-rows.js';
import { machineLine } from './machine-line.js';

const { values } = parseArgs({
  options: { media: { type: 'string', default: '../shared/media' }, seed: { type: 'string', default: '1' } },
});
const folder = join(values.media, 'emotion', 'london');
const [WIDTH, HEIGHT] = [960, 540];
/** Of a portrait's width the face takes about this share. */
const FACE_SHARE = 0.5;
const GROUND = '#999999';
const SIZES_PX = [60, 90, 160, 240, 320];
const BESIDE_PX = 30;

/** A camera's view with one portrait in its middle, moved by `dx`, `dy` pixels. */
const viewOf = async (file: string, facePx: number, dx: number, dy: number): Promise<Frame> => {
  const portrait = await sharp(file)
    .resize(Math.round(facePx / FACE_SHARE))
    .toBuffer({ resolveWithObject: true });
  const { width, height } = portrait.info;
  const top = Math.round((HEIGHT - height) / 2) + dy;
  const cut = Math.max(0, -top);
  const shown = Math.min(height - cut, HEIGHT - Math.max(0, top));
  const input = await sharp(portrait.data).extract({ left: 0, top: cut, width, height: shown }).toBuffer();
  const left = Math.round((WIDTH - width) / 2) + dx;
  const { data } = await sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: GROUND } })
    .composite([{ input, left, top: Math.max(0, top) }])
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { streamId: 'a', seq: 1, ts: 0, arrivedMs: 0, width: WIDTH, height: HEIGHT, data };
};

/** The colours of the blocks that a viewer gets when no face was found. */
const blocksOf = async (frame: Frame): Promise<Buffer> => {
  const jpeg = await encodePicture(frame, [], { blurred: true, maxWidthPx: 1280 });
  const rows = Math.round((COARSE_BLOCKS * HEIGHT) / WIDTH);
  return sharp(jpeg).resize(COARSE_BLOCKS, rows, { fit: 'fill', kernel: 'nearest' }).raw().toBuffer();
};

const distance = (a: Buffer, b: Buffer): number => a.reduce((sum, value, at) => sum + (value - (b[at] ?? 0)) ** 2, 0);

const people = readdirSync(join(folder, 'happy')).map((name) => name.slice(0, 3));
const fileOf = (kind: 'neutral' | 'happy', person: string): string =>
  join(folder, kind, readdirSync(join(folder, kind)).find((name) => name.startsWith(person)) ?? '');
const random = seeded(Number(values.seed));
const shift = (most: number): number => Math.round((random() * 2 - 1) * most);

console.log(machineLine());
console.log(`${people.length} people; by chance ${(100 / people.length).toFixed(0)} %`);
console.log('| face, px of 960 | found at the same spot | found up to 30 px beside |\n| ---: | ---: | ---: |');
for (const facePx of SIZES_PX) {
  const gallery = await Promise.all(
    people.map(async (person) => blocksOf(await viewOf(fileOf('neutral', person), facePx, 0, 0))),
  );
  const shares: string[] = [];
  for (const most of [0, BESIDE_PX]) {
    let found = 0;
    for (const [at, person] of people.entries()) {
      const seen = await blocksOf(await viewOf(fileOf('happy', person), facePx, shift(most), shift(most)));
      const distances = gallery.map((known) => distance(known, seen));
      if (distances.indexOf(Math.min(...distances)) === at) found += 1;
    }
    shares.push(`${((100 * found) / people.length).toFixed(0)} %`);
  }
  console.log(`| ${facePx} | ${shares.join(' | ')} |`);
}
