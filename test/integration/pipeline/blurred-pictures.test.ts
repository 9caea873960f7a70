import { readdirSync } from 'node:fs';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Box } from '../../../src/contracts/face.js';
import type { Frame } from '../../../src/contracts/frame.js';
import { InferenceService } from '../../../src/inference/engine/service.js';
import { gridOf, type BlockGrid } from '../../../src/pipeline/camera/pictures/block-grid.js';
import { drawScene, SCENE_COLOURS } from '../../../src/pipeline/camera/pictures/drawn-scene.js';
import { EmptyView } from '../../../src/pipeline/camera/pictures/empty-view.js';
import { PictureShow } from '../../../src/pipeline/camera/pictures/picture-show.js';
import { inferenceConfig, mediaFolder, silentLogger, streamOptions } from '../inference/engine-options.js';
import { PHOTOGRAPHS, photograph } from '../inference/photographs.js';

const CAMERA = { width: 960, height: 540 };

const frameFrom = async (picture: Sharp): Promise<Frame> => {
  const { data, info } = await picture.removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { streamId: 'a', seq: 1, ts: 0, arrivedMs: 0, width: info.width, height: info.height, data };
};

/** What cameras make of people that a detector misses: turned, cut off at the edge, half covered. */
const VARIANTS: Readonly<Record<string, (file: string) => Promise<Frame>>> = {
  upright: (file) => frameFrom(sharp(file).resize(CAMERA.width)),
  'turned by a quarter': (file) => frameFrom(sharp(file).resize(CAMERA.width).rotate(90)),
  'upside down': (file) => frameFrom(sharp(file).resize(CAMERA.width).rotate(180)),
  'cut in the middle': async (file) => {
    const { width, height } = await sharp(file).metadata();
    return frameFrom(
      sharp(file)
        .extract({ left: 0, top: 0, width: Math.round(width * 0.55), height: Math.round(height * 0.8) })
        .resize(CAMERA.width),
    );
  },
  'masked below the eyes': async (file) => {
    const { width, height } = await sharp(file).metadata();
    const mask = {
      create: { width, height: Math.round(height * 0.25), channels: 3 as const, background: '#88aacc' },
    };
    return frameFrom(
      sharp(
        await sharp(file)
          .composite([{ input: mask, left: 0, top: Math.round(height * 0.55) }])
          .toBuffer(),
      ).resize(CAMERA.width),
    );
  },
};

/** Another view of the same size with nothing in it. */
const blank = (like: Frame, level: number): Frame => ({ ...like, data: new Uint8Array(like.data.length).fill(level) });

/** A view of the same size, of one colour that is in no photograph from edge to edge, seen for more than a minute. */
const showOfEmptyRoom = (like: Frame): PictureShow => {
  const show = new PictureShow(silentLogger);
  const room = blank(like, 128);
  for (let ms = 0; ms <= 62_000; ms += 1000) show.show({ ...room, arrivedMs: ms }, []);
  return show;
};

/** One for each block that differs from the empty room, found apart from the picture. */
const silhouetteOf = (frame: Frame): Uint8Array => {
  const view = new EmptyView(frame);
  const room = blank(frame, 128);
  for (let ms = 0; ms <= 62_000; ms += 1000) view.learn({ ...room, arrivedMs: ms }, []);
  return view.changed(frame);
};

/** The picture that every role may see of a frame. */
const shownTo = async (show: PictureShow, frame: Frame, faces: readonly Box[], maxWidthPx = 1280): Promise<Buffer> => {
  show.show({ ...frame, arrivedMs: 63_000 }, faces);
  return Buffer.from((await show.snapshot({ blurred: true, maxWidthPx }))?.jpeg ?? []);
};

/** What a picture says, read off its pixels: one letter for the colour of each cell of a grid as fine as anything drawn. */
const cellsOf = async (jpeg: Buffer, { columns, rows }: BlockGrid): Promise<string> => {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const colours = Object.entries(SCENE_COLOURS).map(([name, colour]) => [name, parseInt(colour.slice(1), 16)] as const);
  return Array.from({ length: columns * rows }, (_, at) => {
    const x = Math.floor((((at % columns) + 0.5) * info.width) / columns);
    const y = Math.floor(((Math.floor(at / columns) + 0.5) * info.height) / rows);
    const rgb = [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)];
    const match = colours.find(([, value]) =>
      rgb.every((level, channel) => Math.abs(level - ((value >> (16 - 8 * channel)) & 255)) < 12),
    );
    return match?.[0][0] ?? '?';
  }).join('');
};

describe('a picture for those who may not see faces', () => {
  let service: InferenceService;
  let count = 0;
  beforeAll(async () => {
    service = await InferenceService.start({ inference: inferenceConfig(), logger: silentLogger });
  });
  afterAll(() => service.close());

  const facesOf = async (frame: Frame): Promise<readonly Box[]> => {
    count += 1;
    const id = `view-${String(count)}`;
    service.openStream(streamOptions(id));
    const { faces } = await service.analyze({ ...frame, streamId: id });
    service.closeStream(id);
    return faces.filter(({ rejected }) => rejected === null).map(({ box }) => box);
  };

  /** What a picture of a photograph tells beyond its silhouette, though the detector had missed every face in it. */
  const leaks = async (file: string): Promise<string[]> => {
    const found: string[] = [];
    for (const [name, make] of Object.entries(VARIANTS)) {
      const frame = await make(file);
      const label = `${path.basename(file)} ${name}`;
      const unknown = await shownTo(new PictureShow(silentLogger), frame, []);
      const nothing = await shownTo(new PictureShow(silentLogger), blank(frame, 0), []);
      if (!unknown.equals(nothing)) found.push(`${label}: another picture than of nothing, before the view is known`);
      const jpeg = await shownTo(showOfEmptyRoom(frame), frame, []);
      const grid = gridOf(frame);
      const cells = await cellsOf(jpeg, grid);
      // Drawn again from one bit for each block, it is the same to the byte: nothing else is in it.
      if (/[^fg]/.test(cells)) found.push(`${label}: ${cells}`);
      const changed = silhouetteOf(frame).map((block) => (block === 0 ? 0 : 1));
      const again = await drawScene({ grid, changed, faces: [] }, frame, 1280);
      if (!again.equals(jpeg)) found.push(`${label}: more than one bit for each of ${cells.length} blocks`);
      if ((await facesOf(await frameFrom(sharp(jpeg)))).length > 0) found.push(`${label}: a face`);
    }
    return found;
  };

  it.each(PHOTOGRAPHS)(
    'tells nothing of $file but where somebody is, though every face was missed',
    async ({ file }) => {
      expect(await leaks(photograph(file))).toEqual([]);
    },
  );

  const media = mediaFolder();
  const folders = ['webmorph-cc0', 'face-api-expressions', 'azure-face', 'compreface'];
  it.skipIf(media === null).each(folders)(
    'nor of any photograph of %s',
    async (name) => {
      const folder = path.join(media ?? '', 'images', name);
      const files = readdirSync(folder).filter((file) => /\.(jpe?g|png)$/i.test(file));
      const found = [];
      for (const file of files) found.push(...(await leaks(path.join(folder, file))));
      expect(files.length).toBeGreaterThan(0);
      expect(found).toEqual([]);
    },
    180_000,
  );

  it('is the same of two people who stand alike, whatever their faces and clothes', async () => {
    const photographs = await Promise.all(
      PHOTOGRAPHS.map(async ({ file }) => frameFrom(sharp(photograph(file)).resize(200, 300, { fit: 'cover' }))),
    );
    const pictures = photographs.map(async (person) => {
      const room = { ...person, ...CAMERA, data: new Uint8Array(CAMERA.width * CAMERA.height * 3).fill(128) };
      const show = showOfEmptyRoom(room);
      for (let y = 0; y < person.height; y += 1)
        room.data.set(person.data.subarray(y * 600, (y + 1) * 600), ((y + 200) * CAMERA.width + 330) * 3);
      return shownTo(show, room, [{ x: 0.4, y: 0.45, width: 0.1, height: 0.2 }]);
    });
    const [first, ...others] = await Promise.all(pictures);
    expect(others.length).toBeGreaterThan(0);
    for (const other of others) expect(other).toEqual(first);
  });

  it('draws an oval where a face was found, and no face for a detector, however it is scaled', async () => {
    const frame = await frameFrom(sharp(photograph('sample1.jpg')).resize(CAMERA.width));
    const faces = await facesOf(frame);
    expect(faces.length).toBeGreaterThan(0);
    for (const maxWidthPx of [1280, 320, 64]) {
      const jpeg = await shownTo(showOfEmptyRoom(frame), frame, faces, maxWidthPx);
      expect(await facesOf(await frameFrom(sharp(jpeg)))).toEqual([]);
      const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
      for (const { x, y, width, height } of faces) {
        const at =
          (Math.floor((y + height / 2) * info.height) * info.width + Math.floor((x + width / 2) * info.width)) * 3;
        expect(Math.abs((data[at] ?? 0) - parseInt(SCENE_COLOURS.face.slice(1, 3), 16))).toBeLessThan(24);
      }
    }
  });
});
