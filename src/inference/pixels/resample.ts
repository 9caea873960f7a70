import type { Normalisation } from './normalisation.js';
import { averageRowPacked, blendRowPacked, packedPixels } from './packed-kernels.js';
import type { PixelBox, SharedPicture } from './picture.js';
import { OUTSIDE, neighbours, pairs, type Planes } from './resample-axis.js';
import { blendRow } from './scalar-kernels.js';

/** Shrinking by this much or more takes the mean of 2×2 samples; by less, four neighbours are enough. */
const MEAN_FROM = 2;

/**
 * Crops, resizes (bilinear, or a mean where it shrinks by half or more), normalises and lays out as planes in one pass;
 * outside the picture is black. A region of negative width (from its right edge) comes out mirrored.
 */
export const resample = (picture: SharedPicture, region: PixelBox, target: Planes, how: Normalisation): void => {
  const { width, height, channels } = picture;
  const { data, offset, size } = target;
  const shrinks = Math.max(Math.abs(region.width), region.height) / size >= MEAN_FROM;
  const axis = shrinks ? pairs : neighbours;
  const columns = axis({ start: region.x, length: region.width, count: size, limit: width, stride: channels });
  const rows = axis({
    start: region.y,
    length: region.height,
    count: size,
    limit: height,
    stride: width * channels,
  });
  const pixels = packedPixels(picture.data);
  const lastRow = (height - 1) * width * channels;
  const bordered = columns.from > 0 || columns.to < size;
  for (let y = 0; y < size; y += 1) {
    const at = offset + y * size;
    const top = rows.first[y] as number;
    const bottom = rows.second[y] as number;
    if (bordered || top === OUTSIDE)
      how.offset.forEach((black, plane) => data.fill(black, at + plane * size * size, at + plane * size * size + size));
    if (top === OUTSIDE) continue;
    const row = { at, top, bottom, share: rows.weight[y] as number };
    if (channels === 1 || bottom >= lastRow) blendRow(picture, columns, target, how, row);
    else if (shrinks) averageRowPacked(pixels, columns, target, how, row);
    else blendRowPacked(pixels, columns, target, how, row);
  }
};
