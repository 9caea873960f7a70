import type { Pictures } from './clip.js';

/** One body cut out of a recording: how much of each pixel it covers, 0–255, beside its colours. */
export interface CutOut {
  readonly frames: readonly { readonly rgb: Uint8Array; readonly cover: Uint8Array }[];
}

/** One passage of a cut-out through a scene. */
export interface Passage {
  readonly body: CutOut;
  /** Frame of the scene in which it begins. */
  readonly start: number;
  /** Pixels to the right. */
  readonly shiftX: number;
  readonly mirrored: boolean;
  /** From the last frame to the first: who came in goes out. */
  readonly backwards: boolean;
}

/** Below this difference from the empty view a pixel is the wall's, above the second it is the body's. */
const NOTHING = 24;
const WHOLE = 60;

/** What of each picture is not the empty view. */
export const cutOut = ({ frames }: Pictures, empty: Uint8Array): CutOut => ({
  frames: frames.map((rgb) => {
    const cover = new Uint8Array(rgb.length / 3);
    for (let at = 0; at < cover.length; at += 1) {
      let difference = 0;
      for (let c = 0; c < 3; c += 1) difference += Math.abs((rgb[3 * at + c] ?? 0) - (empty[3 * at + c] ?? 0));
      cover[at] = Math.max(0, Math.min(255, (255 * (difference / 3 - NOTHING / 3)) / ((WHOLE - NOTHING) / 3)));
    }
    return { rgb, cover };
  }),
});

const paint = (scene: Uint8Array, width: number, passage: Passage, frame: CutOut['frames'][number]): void => {
  const { mirrored, shiftX } = passage;
  for (let at = 0; at < frame.cover.length; at += 1) {
    const cover = frame.cover[at] ?? 0;
    if (cover === 0) continue;
    const x = at % width;
    const toX = (mirrored ? width - 1 - x : x) + shiftX;
    if (toX < 0 || toX >= width) continue;
    const to = 3 * (at - x + toX);
    for (let c = 0; c < 3; c += 1)
      scene[to + c] = ((scene[to + c] ?? 0) * (255 - cover) + (frame.rgb[3 * at + c] ?? 0) * cover) / 255;
  }
};

/** What a camera does to the light: a factor, and noise of this deviation. */
export interface Light {
  readonly factor: number;
  readonly noise: number;
}

/** A scene of passages over the empty view; later ones are nearer. */
export const composed = (
  empty: Uint8Array,
  width: number,
  length: number,
  passages: readonly Passage[],
  { factor, noise }: Light,
  random: () => number,
): Uint8Array[] =>
  Array.from({ length }, (_, n) => {
    const scene = Uint8Array.from(empty);
    for (const passage of passages) {
      const { frames } = passage.body;
      const own = n - passage.start;
      const frame = own < 0 ? undefined : frames[passage.backwards ? frames.length - 1 - own : own];
      if (frame !== undefined) paint(scene, width, passage, frame);
    }
    if (factor === 1 && noise === 0) return scene;
    return scene.map((value) =>
      Math.max(0, Math.min(255, value * factor + noise * (random() + random() + random() - 1.5) * 2)),
    );
  });
