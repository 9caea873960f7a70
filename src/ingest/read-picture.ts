import { stat } from 'node:fs/promises';
import sharp from 'sharp';
import type { Frame } from '../contracts/frame.js';
import { CameraFault } from './camera-fault.js';

export interface ReadPictureOptions {
  readonly streamId: string;
  /** Wider pictures are scaled down to this, pixels. */
  readonly maxWidth: number;
  /** Capture time to put on the frame, epoch ms. */
  readonly ts: number;
}

const MAX_PIXELS = 100_000_000;
const MAX_FILE_BYTES = 200 * 1024 * 1024;
const FORMATS = new Set(['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif', 'heif']);

/** Decodes one picture file, upright (EXIF), on white where transparent; throws CameraFault `not-found` or `corrupt`. */
export const readPicture = async (path: string, options: ReadPictureOptions): Promise<Frame> => {
  const file = await stat(path).catch((cause: unknown) => {
    throw new CameraFault('not-found', `${path} does not exist or may not be read.`, { cause });
  });
  if (!file.isFile()) throw new CameraFault('not-found', `${path} is not a file.`);
  if (file.size > MAX_FILE_BYTES) throw new CameraFault('corrupt', `${path} is too large for a picture.`);
  try {
    const { format } = await sharp(path, { limitInputPixels: MAX_PIXELS }).metadata();
    if (!FORMATS.has(format)) throw new Error(`pictures of type ${format} are not read`);
    const { data, info } = await sharp(path, { limitInputPixels: MAX_PIXELS })
      .rotate()
      .resize({ width: options.maxWidth, withoutEnlargement: true })
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { streamId, ts } = options;
    return { streamId, seq: 1, ts, arrivedMs: performance.now(), width: info.width, height: info.height, data };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unknown fault';
    throw new CameraFault('corrupt', `${path} is not a picture that can be decoded: ${reason}`, { cause });
  }
};
