import type { Shot, View } from './demo-cameras.js';

const DEMO_WIDTH = 960;
const DEMO_HEIGHT = 540;
export const DEMO_FPS = 25;
const FADE_S = 0.4;
const NOBODY_COLOUR = '0x4a4f57';
/** zoompan moves by whole source pixels; a view this wide (pixels) moves smoothly, and a wider one only costs time. */
const SMOOTH_WIDTH = 1300;

/** Size of a photograph in pixels. */
export interface PhotoSize {
  readonly width: number;
  readonly height: number;
}

const eased = (from: number, to: number, frames: number): string =>
  `(${from}+(${to - from})*(0.5-0.5*cos(PI*on/${frames})))`;

/** A filter chain that turns one still (input `input`) into a slow move between two views. */
const moveFilter = (input: number, part: number, from: View, to: View, seconds: number, size: PhotoSize): string => {
  const frames = Math.round(seconds * DEMO_FPS);
  const cropHeight = (size.width * DEMO_HEIGHT) / DEMO_WIDTH;
  // zoompan's window has the input's aspect ratio, so the photograph is first put on a 16:9 canvas of its width.
  const canvas = Math.max(size.height, Math.ceil(cropHeight));
  const canvasWidth = Math.ceil((canvas * DEMO_WIDTH) / DEMO_HEIGHT);
  const scale = size.width / canvasWidth;
  const narrowest = Math.min(from.width, to.width) * size.width;
  const oversampling = Math.min(2, Math.max(1, Math.ceil(SMOOTH_WIDTH / narrowest)));
  const width = eased(from.width * scale, to.width * scale, frames);
  const x = `iw*(${eased(from.cx * scale, to.cx * scale, frames)}-${width}/2)`;
  const y = `ih*(${eased((from.cy * size.height) / canvas, (to.cy * size.height) / canvas, frames)}-${width}/2)`;
  return [
    `[${input}:v]pad=${canvasWidth}:${canvas}:0:0:color=${NOBODY_COLOUR}`,
    `scale=${canvasWidth * oversampling}:-2:flags=fast_bilinear`,
    `zoompan=z='1/${width}':x='${x}':y='${y}':d=${frames}:s=${DEMO_WIDTH}x${DEMO_HEIGHT}:fps=${DEMO_FPS}`,
    `fade=t=in:d=${FADE_S}:color=${NOBODY_COLOUR}`,
    `fade=t=out:st=${seconds - FADE_S}:d=${FADE_S}:color=${NOBODY_COLOUR}`,
    `setsar=1,format=yuv420p[part${part}]`,
  ].join(',');
};

const nobodyFilter = (part: number, seconds: number): string =>
  `color=c=${NOBODY_COLOUR}:s=${DEMO_WIDTH}x${DEMO_HEIGHT}:r=${DEMO_FPS}:d=${seconds},format=yuv420p[part${part}]`;

/**
 * ffmpeg's filter graph that plays shots one after another into `[out]`; input `i` is the photograph of the i-th shot
 * that has one, `sizes` their sizes.
 */
export const shotsFilter = (shots: readonly Shot[], sizes: readonly PhotoSize[]): string => {
  let input = 0;
  const chains = shots.map((shot, index) => {
    if (shot.photo === null) return nobodyFilter(index, shot.seconds);
    const size = sizes[input];
    if (size === undefined) throw new Error('a shot has no photograph');
    const chain = moveFilter(input, index, shot.from, shot.to, shot.seconds, size);
    input += 1;
    return chain;
  });
  const parts = shots.map((_, index) => `[part${index}]`).join('');
  return `${chains.join(';')};${parts}concat=n=${shots.length}:v=1:a=0[out]`;
};
