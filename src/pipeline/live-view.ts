import sharp, { type OverlayOptions, type Sharp } from 'sharp';
import type { Box } from '../contracts/face.js';
import type { Frame } from '../contracts/frame.js';

export interface PictureRequest {
  readonly blurred: boolean;
  readonly maxWidthPx: number;
}

/**
 * A blurred picture shows this many blocks along its longer side, whatever its size: a face that the detector missed
 * and that fills a third of the picture is then five blocks across. Of 32 blocks smoothed again our own detector still found faces, of 16 none.
 */
export const COARSE_BLOCKS = 16;
/** Wider would show nothing more. */
const BLURRED_WIDTH_PX = 480;
/** The fill reaches this far beyond the detector's box, as a share of its size: hair, chin, ears. */
const MARGIN = 0.35;
/** What stands where a face was: nothing of it. */
const FILL = { r: 0x6b, g: 0x74, b: 0x80 } as const;

interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The box with its margin, in whole pixels inside the picture; null where nothing of it is inside. */
const filledRegion = (box: Box, widthPx: number, heightPx: number): Region | null => {
  const left = Math.max(0, Math.floor((box.x - box.width * MARGIN) * widthPx));
  const top = Math.max(0, Math.floor((box.y - box.height * MARGIN) * heightPx));
  const right = Math.min(widthPx, Math.ceil((box.x + box.width * (1 + MARGIN)) * widthPx));
  const bottom = Math.min(heightPx, Math.ceil((box.y + box.height * (1 + MARGIN)) * heightPx));
  return right - left < 1 || bottom - top < 1 ? null : { left, top, width: right - left, height: bottom - top };
};

const filled = ({ left, top, width, height }: Region): OverlayOptions => ({
  input: { create: { width, height, channels: 3, background: FILL } },
  left,
  top,
});

/** The whole picture as a few large blocks. */
const coarse = async (source: Sharp, width: number, height: number): Promise<Buffer> => {
  const scale = Math.min(1, COARSE_BLOCKS / Math.max(width, height));
  const columns = Math.max(1, Math.round(width * scale));
  const rows = Math.max(1, Math.round(height * scale));
  const blocks = await source.resize(columns, rows, { fit: 'fill', kernel: 'linear' }).raw().toBuffer();
  return sharp(blocks, { raw: { width: columns, height: rows, channels: 3 } })
    .resize(width, height, { fit: 'fill', kernel: 'nearest' })
    .raw()
    .toBuffer();
};

/**
 * A frame as JPEG. `blurred` shows how many people stand where, and nobody's face: the whole picture in large blocks,
 * since faces that the detector missed are in it too, and a plain fill over every face in `boxes`. Runs on the thread pool.
 */
export const encodePicture = async (frame: Frame, boxes: readonly Box[], request: PictureRequest): Promise<Buffer> => {
  const limit = request.blurred ? Math.min(request.maxWidthPx, BLURRED_WIDTH_PX) : request.maxWidthPx;
  const width = Math.max(1, Math.min(limit, frame.width));
  const height = Math.max(1, Math.round((frame.height * width) / frame.width));
  const source = sharp(frame.data, { raw: { width: frame.width, height: frame.height, channels: 3 } });
  if (!request.blurred) return source.resize(width, height, { fit: 'fill' }).jpeg({ quality: 75 }).toBuffer();
  const fills = boxes.flatMap((box) => {
    const region = filledRegion(box, width, height);
    return region === null ? [] : [filled(region)];
  });
  return sharp(await coarse(source, width, height), { raw: { width, height, channels: 3 } })
    .composite(fills)
    .jpeg({ quality: 75 })
    .toBuffer();
};
