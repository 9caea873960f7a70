import sharp from 'sharp';
import type { Frame } from '../../../contracts/frame.js';

/** A frame as it is, as JPEG no wider than `maxWidthPx`; for those who may see faces. Runs on the thread pool. */
export const encodeClear = (frame: Frame, maxWidthPx: number): Promise<Buffer> => {
  const width = Math.max(1, Math.min(maxWidthPx, frame.width));
  const height = Math.max(1, Math.round((frame.height * width) / frame.width));
  return sharp(frame.data, { raw: { width: frame.width, height: frame.height, channels: 3 } })
    .resize(width, height, { fit: 'fill' })
    .jpeg({ quality: 75 })
    .toBuffer();
};
