import { readdirSync } from 'node:fs';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Box } from '../../../src/contracts/face.js';
import type { Frame } from '../../../src/contracts/frame.js';
import { InferenceService } from '../../../src/inference/service.js';
import { encodePicture } from '../../../src/pipeline/live-view.js';
import { inferenceConfig, mediaFolder, silentLogger, streamOptions } from '../inference/engine-options.js';
import { PHOTOGRAPHS, photograph } from '../inference/photographs.js';

const CAMERA = { width: 960, height: 540 };
const BLURRED = { blurred: true, maxWidthPx: 1280 };

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
      sharp(file).extract({ left: 0, top: 0, width: Math.round(width * 0.55), height: Math.round(height * 0.8) }),
    );
  },
  'masked below the eyes': async (file) => {
    const { width, height } = await sharp(file).metadata();
    const mask = {
      create: { width, height: Math.round(height * 0.25), channels: 3 as const, background: '#88aacc' },
    };
    return frameFrom(sharp(file).composite([{ input: mask, left: 0, top: Math.round(height * 0.55) }]));
  },
};

describe('a picture with blurred faces', () => {
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

  /** Faces that our own detector finds in what a viewer gets of each variant; `missed`: it had found none before. */
  const leaks = async (file: string, missed: boolean): Promise<string[]> => {
    const found: string[] = [];
    for (const [name, make] of Object.entries(VARIANTS)) {
      const frame = await make(file);
      const boxes = missed ? [] : await facesOf(frame);
      const shown = await frameFrom(sharp(await encodePicture(frame, boxes, BLURRED)));
      const faces = await facesOf(shown);
      if (faces.length > 0) found.push(`${path.basename(file)} ${name}: ${String(faces.length)}`);
    }
    return found;
  };

  it.each(PHOTOGRAPHS)('$file shows our own detector no face, though it had missed all of them', async ({ file }) => {
    expect(await leaks(photograph(file), true)).toEqual([]);
    expect(await leaks(photograph(file), false)).toEqual([]);
  });

  const media = mediaFolder();
  const folders = ['webmorph-cc0', 'face-api-expressions', 'azure-face', 'compreface'];
  it.skipIf(media === null).each(folders)('nor does any photograph of %s', async (name) => {
    const folder = path.join(media ?? '', 'images', name);
    const files = readdirSync(folder).filter((file) => /\.(jpe?g|png)$/i.test(file));
    const found = [];
    for (const file of files) found.push(...(await leaks(path.join(folder, file), true)));
    expect(files.length).toBeGreaterThan(0);
    expect(found).toEqual([]);
  });

  it('keeps nothing of a face that was found, however the picture is scaled', async () => {
    const frame = await frameFrom(sharp(photograph('sample1.jpg')).resize(CAMERA.width));
    const boxes = await facesOf(frame);
    expect(boxes.length).toBeGreaterThan(0);
    for (const maxWidthPx of [1280, 320, 64]) {
      const jpeg = await encodePicture(frame, boxes, { blurred: true, maxWidthPx });
      const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
      for (const { x, y, width, height } of boxes) {
        const at =
          (Math.floor((y + height / 2) * info.height) * info.width + Math.floor((x + width / 2) * info.width)) * 3;
        [0x6b, 0x74, 0x80].forEach((value, channel) => {
          expect(Math.abs((data[at + channel] ?? 0) - value)).toBeLessThan(12);
        });
      }
    }
  });
});
