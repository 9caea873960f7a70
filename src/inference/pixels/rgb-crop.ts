import type { PixelBox, SharedPicture } from './picture.js';

/** Human works on tensors of the whole picture; larger pictures only cost it time. */
export const MAX_SIDE_PX = 1920;

/** A part of a picture as a packed RGB square, black to the right or below; one pixel of it is `scale` pixels of the picture. */
export interface Crop {
  readonly region: PixelBox;
  readonly side: number;
  readonly scale: number;
  readonly data: Uint8Array;
}

/**
 * Copies a region, clipped to the picture, taking every so many-th pixel where its longer side is above `maxSidePx`. A
 * square, because Human squeezes whatever is none and its own squaring misplaces the boxes.
 */
export const cropOf = (picture: SharedPicture, region: PixelBox, maxSidePx: number): Crop => {
  const { channels, data } = picture;
  const left = Math.max(0, Math.floor(region.x));
  const top = Math.max(0, Math.floor(region.y));
  const right = Math.min(picture.width, Math.ceil(region.x + region.width));
  const bottom = Math.min(picture.height, Math.ceil(region.y + region.height));
  const scale = Math.max(1, Math.max(right - left, bottom - top) / maxSidePx);
  const width = Math.max(1, Math.floor((right - left) / scale));
  const height = Math.max(1, Math.floor((bottom - top) / scale));
  const green = channels === 1 ? 0 : 1;
  const blue = channels === 1 ? 0 : 2;
  const side = Math.max(width, height);
  const packed = new Uint8Array(side * side * 3);
  for (let y = 0; y < height; y += 1) {
    const row = (top + Math.floor(y * scale)) * picture.width;
    for (let x = 0; x < width; x += 1) {
      const from = (row + left + Math.floor(x * scale)) * channels;
      const to = (y * side + x) * 3;
      packed[to] = data[from] as number;
      packed[to + 1] = data[from + green] as number;
      packed[to + 2] = data[from + blue] as number;
    }
  }
  return { region: { x: left, y: top, width: right - left, height: bottom - top }, side, scale, data: packed };
};
