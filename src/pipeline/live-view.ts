import sharp from 'sharp';
import type { Box } from '../contracts/face.js';
import type { Frame } from '../contracts/frame.js';

export interface PictureRequest {
  readonly blurred: boolean;
  readonly maxWidthPx: number;
}

/** Blurred pictures are never wider than this: a face the detector missed is then too small to be recognised. */
const BLURRED_WIDTH_PX = 480;
/** A face is drawn as at most this many blocks across. */
const BLOCKS = 5;
/** The mosaic reaches this far beyond the detector's box, as a share of its size: hair, chin, ears. */
const MARGIN = 0.35;

interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The box with its margin, in whole pixels inside the picture; null where nothing of it is inside. */
const mosaicRegion = (box: Box, widthPx: number, heightPx: number): Region | null => {
  const left = Math.max(0, Math.floor((box.x - box.width * MARGIN) * widthPx));
  const top = Math.max(0, Math.floor((box.y - box.height * MARGIN) * heightPx));
  const right = Math.min(widthPx, Math.ceil((box.x + box.width * (1 + MARGIN)) * widthPx));
  const bottom = Math.min(heightPx, Math.ceil((box.y + box.height * (1 + MARGIN)) * heightPx));
  return right - left < 1 || bottom - top < 1 ? null : { left, top, width: right - left, height: bottom - top };
};

const mosaic = async (picture: Buffer, size: { width: number; height: number }, region: Region): Promise<Buffer> => {
  const raw = { raw: { width: size.width, height: size.height, channels: 3 as const } };
  const blocks = await sharp(picture, raw)
    .extract(region)
    .resize(BLOCKS, BLOCKS, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
  return sharp(blocks, { raw: { width: BLOCKS, height: BLOCKS, channels: 3 } })
    .resize(region.width, region.height, { fit: 'fill', kernel: 'nearest' })
    .raw()
    .toBuffer();
};

/** A frame as JPEG; `blurred` makes every face in `boxes` a mosaic and softens the rest. Runs on the thread pool. */
export const encodePicture = async (frame: Frame, boxes: readonly Box[], request: PictureRequest): Promise<Buffer> => {
  const limit = request.blurred ? Math.min(request.maxWidthPx, BLURRED_WIDTH_PX) : request.maxWidthPx;
  const width = Math.max(1, Math.min(limit, frame.width));
  const height = Math.max(1, Math.round((frame.height * width) / frame.width));
  const source = sharp(frame.data, { raw: { width: frame.width, height: frame.height, channels: 3 } });
  const scaled = source.resize(width, height, { fit: 'fill' });
  if (!request.blurred) return scaled.jpeg({ quality: 75 }).toBuffer();
  const soft = await scaled.blur(1.2).raw().toBuffer();
  const overlays = [];
  for (const box of boxes) {
    const region = mosaicRegion(box, width, height);
    if (region === null) continue;
    const input = await mosaic(soft, { width, height }, region);
    overlays.push({
      input,
      raw: { width: region.width, height: region.height, channels: 3 as const },
      left: region.left,
      top: region.top,
    });
  }
  return sharp(soft, { raw: { width, height, channels: 3 } })
    .composite(overlays)
    .jpeg({ quality: 75 })
    .toBuffer();
};
