import type { GroupShot, PersonShot, Shot, View } from './demo-cameras.js';

const DEMO_WIDTH = 960;
const DEMO_HEIGHT = 540;
export const DEMO_FPS = 25;
const FADE_S = 0.4;
/** How long a smile takes to come. */
const SMILE_S = 0.5;
export const NOBODY_COLOUR = '0x4a4f57';
/** zoompan moves by whole source pixels; a view this wide (pixels) moves smoothly, and a wider one only costs time. */
const SMOOTH_WIDTH = 1300;

/** Size of a photograph in pixels. */
export interface PhotoSize {
  readonly width: number;
  readonly height: number;
}

const eased = (from: number, to: number, frames: number): string =>
  `(${from}+(${to - from})*(0.5-0.5*cos(PI*on/${frames})))`;

interface Move {
  readonly from: View;
  readonly to: View;
  readonly seconds: number;
}

/** Filters that turn one still into a slow move between two views. */
const moveFilters = ({ from, to, seconds }: Move, size: PhotoSize): string => {
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
    `pad=${canvasWidth}:${canvas}:0:0:color=${NOBODY_COLOUR}`,
    `scale=${canvasWidth * oversampling}:-2:flags=fast_bilinear`,
    `zoompan=z='1/${width}':x='${x}':y='${y}':d=${frames}:s=${DEMO_WIDTH}x${DEMO_HEIGHT}:fps=${DEMO_FPS}`,
  ].join(',');
};

/** Filters that let a shot come and go. */
const fadeFilters = (seconds: number): string =>
  [
    `fade=t=in:d=${FADE_S}:color=${NOBODY_COLOUR}`,
    `fade=t=out:st=${seconds - FADE_S}:d=${FADE_S}:color=${NOBODY_COLOUR}`,
    'setsar=1,format=yuv420p',
  ].join(',');

const groupFilter = (shot: GroupShot, [input]: readonly number[], part: number, size: PhotoSize): string =>
  `[${input}:v]${moveFilters(shot, size)},${fadeFilters(shot.seconds)}[part${part}]`;

/** A person drifts a little, from one still to the other where the face changes. */
const personFilter = (
  { mouth, seconds }: PersonShot,
  [before, after]: readonly number[],
  part: number,
  size: PhotoSize,
): string => {
  const drift = { from: { cx: 0.47, cy: 0.5, width: 0.94 }, to: { cx: 0.53, cy: 0.5, width: 0.88 }, seconds };
  const moved = moveFilters(drift, size);
  if (after === undefined) return `[${before}:v]${moved},${fadeFilters(seconds)}[part${part}]`;
  return [
    `[${before}:v]${moved}[before${part}]`,
    `[${after}:v]${moved},trim=start=${mouth.atS},setpts=PTS-STARTPTS[after${part}]`,
    `[before${part}][after${part}]xfade=transition=fade:duration=${SMILE_S}:offset=${mouth.atS},${fadeFilters(seconds)}[part${part}]`,
  ].join(';');
};

const nobodyFilter = (part: number, seconds: number): string =>
  `color=c=${NOBODY_COLOUR}:s=${DEMO_WIDTH}x${DEMO_HEIGHT}:r=${DEMO_FPS}:d=${seconds},format=yuv420p[part${part}]`;

/**
 * ffmpeg's filter graph that plays shots one after another into `[out]`. The inputs are the stills of the shots in
 * order, one of a group or a face that stays as it is, two of one that changes, none where nobody is; `sizes` are theirs.
 */
export const shotsFilter = (shots: readonly Shot[], sizes: readonly PhotoSize[]): string => {
  let input = 0;
  const take = (count: number): { readonly inputs: readonly number[]; readonly size: PhotoSize } => {
    const inputs = Array.from({ length: count }, (_, n) => input + n);
    const size = sizes[input];
    if (size === undefined) throw new Error('a shot has no still');
    input += count;
    return { inputs, size };
  };
  const chains = shots.map((shot, part) => {
    if (shot.kind === 'nobody') return nobodyFilter(part, shot.seconds);
    const changes = shot.kind === 'person' && shot.mouth.from !== shot.mouth.to;
    const { inputs, size } = take(changes ? 2 : 1);
    return shot.kind === 'group' ? groupFilter(shot, inputs, part, size) : personFilter(shot, inputs, part, size);
  });
  const parts = shots.map((_, index) => `[part${index}]`).join('');
  return `${chains.join(';')};${parts}concat=n=${shots.length}:v=1:a=0[out]`;
};
