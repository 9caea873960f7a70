import { stat } from 'node:fs/promises';
import sharp from 'sharp';
import type { Frame } from '../../contracts/frame.js';
import { CameraFault } from '../camera-fault.js';
import { MAX_HEIGHT } from '../picture-size.js';

export interface ReadPictureOptions {
  readonly streamId: string;
  /** Wider pictures are scaled down to this, pixels. */
  readonly maxWidth: number;
  /** Capture time to put on the frame, epoch ms. */
  readonly ts: number;
}

const MAX_PIXELS = 100_000_000;
const MIB = 1024 * 1024;
const MAX_FILE_BYTES = 200 * MIB;
const FORMATS = new Set(['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif', 'heif']);

const tooLarge = (path: string, size: string): CameraFault =>
  new CameraFault(
    'too-large',
    `${path} is too large for a picture: ${size}; at most ${MAX_PIXELS / 1e6} megapixels and ${MAX_FILE_BYTES / MIB} MiB are read.`,
  );

/**
 * Decodes one picture file, upright (EXIF), on white where transparent, the first picture of several; throws CameraFault
 * `not-found`, `too-large` (told by what the file says of itself, before anything is decoded) or `corrupt`.
 */
export const readPicture = async (path: string, options: ReadPictureOptions): Promise<Frame> => {
  const file = await stat(path).catch((cause: unknown) => {
    throw new CameraFault('not-found', `${path} does not exist or may not be read.`, { cause });
  });
  if (!file.isFile()) throw new CameraFault('not-found', `${path} is not a file.`);
  if (file.size > MAX_FILE_BYTES) throw tooLarge(path, `${Math.round(file.size / MIB)} MiB`);
  try {
    const { format, width, height } = await sharp(path, { limitInputPixels: false }).metadata();
    if (!FORMATS.has(format)) throw new Error(`pictures of type ${format} are not read`);
    if (width * height > MAX_PIXELS) throw tooLarge(path, `${width}×${height}`);
    const { data, info } = await sharp(path, { limitInputPixels: MAX_PIXELS })
      .rotate()
      .resize({
        width: options.maxWidth,
        height: MAX_HEIGHT * options.maxWidth,
        fit: 'inside',
        withoutEnlargement: true,
      })
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { streamId, ts } = options;
    return { streamId, seq: 1, ts, arrivedMs: performance.now(), width: info.width, height: info.height, data };
  } catch (cause) {
    if (cause instanceof CameraFault) throw cause;
    const reason = cause instanceof Error ? cause.message : 'unknown fault';
    throw new CameraFault('corrupt', `${path} is not a picture that can be decoded: ${reason}`, { cause });
  }
};
