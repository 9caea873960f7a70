import path from 'node:path';
import sharp from 'sharp';
import type { Frame } from '../../../src/contracts/frame.js';
import { packageFolder } from '../../../src/runtime/files/package-folder.js';

/** Photographs that the dependencies ship, with the number of recognisable faces (of the second, one more is in profile). */
export const PHOTOGRAPHS: readonly { readonly file: string; readonly faces: number }[] = [
  { file: 'sample1.jpg', faces: 3 },
  { file: 'sample2.jpg', faces: 2 },
  { file: 'sample3.jpg', faces: 3 },
  { file: 'sample4.jpg', faces: 4 },
  { file: 'sample5.jpg', faces: 5 },
  { file: 'sample6.jpg', faces: 4 },
];

/** The path of a sample photograph. */
export const photograph = (file: string): string => path.join(packageFolder('@vladmandic/face-api'), 'demo', file);

/** A picture file as a frame; `width` scales it, `maxWidth` only down. */
export const frameOf = async (
  file: string,
  streamId: string,
  options: { width?: number; maxWidth?: number; seq?: number } = {},
): Promise<Frame> => {
  const picture = sharp(file).rotate().removeAlpha().toColourspace('srgb');
  if (options.width !== undefined) picture.resize({ width: options.width });
  if (options.maxWidth !== undefined) picture.resize({ width: options.maxWidth, withoutEnlargement: true });
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const seq = options.seq ?? 0;
  return {
    streamId,
    seq,
    ts: 1_700_000_000_000 + seq * 200,
    arrivedMs: performance.now(),
    width: info.width,
    height: info.height,
    data,
  };
};
