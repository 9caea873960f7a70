/** A face of a photograph that a dependency ships: where it lies, and where its mouth is moved to make it smile; source pixels. */
export interface DemoFace {
  /** `<package>/<file>`. */
  readonly photo: string;
  /** The part of the photograph that is shown. */
  readonly crop: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  /** Empty border around it, so that the whole has the shape of a camera's picture. */
  readonly border: { readonly x: number; readonly y: number };
  readonly mouth: { readonly x: number; readonly y: number };
  /** From the eye on the left of the picture to that on its right. */
  readonly eyes: { readonly x: number; readonly y: number };
}

const TILES = '@vladmandic/human/assets/screenshot-facematch.jpg';
const VIEW = { width: 690, height: 388 };
const NO_BORDER = { x: 0, y: 0 };

/** One of the group photographs, as `<package>/<file>`. */
export const groupPhoto = (sample: number): string => `@vladmandic/face-api/demo/sample${sample}.jpg`;

/** A face in one of the group photographs. */
const inPhoto = (
  sample: number,
  centre: readonly [number, number],
  mouth: readonly [number, number],
  eyes: readonly [number, number],
): DemoFace => ({
  photo: groupPhoto(sample),
  crop: { left: centre[0] - VIEW.width / 2, top: Math.max(0, centre[1] - 175), ...VIEW },
  border: NO_BORDER,
  mouth: { x: mouth[0], y: mouth[1] },
  eyes: { x: eyes[0], y: eyes[1] },
});

/** A face of the picture that shows many, one beside the other; `mouth` is measured from the corner of its own part. */
const ofMany = (
  corner: readonly [number, number],
  mouth: readonly [number, number],
  eyes: readonly [number, number],
): DemoFace => ({
  photo: TILES,
  crop: { left: corner[0], top: corner[1] + 5, width: 105, height: 78 },
  border: { x: 53, y: 20 },
  mouth: { x: corner[0] + mouth[0], y: corner[1] + mouth[1] },
  eyes: { x: eyes[0], y: eyes[1] },
});

/** The faces that change. Their ages as the engine reads them: 28, 34, 28, 33; 60, 28, 29, 19 and 49. */
export const DEMO_FACES = {
  seller: inPhoto(3, [675, 465], [671, 526], [86, -2]),
  woman: inPhoto(5, [810, 227], [877, 272], [67, 10]),
  youngWoman: inPhoto(4, [369, 329], [389, 380], [64, -21]),
  smiler: inPhoto(3, [1167, 369], [1149, 442], [109, 18]),
  oldMan: ofMany([534, 855], [49, 60], [28, 0]),
  man: ofMany([854, 743], [43, 60], [28, 0]),
  otherMan: ofMany([641, 518], [60, 60], [30, 3]),
  youngMan: ofMany([534, 518], [55, 59], [28, 3]),
  tallMan: ofMany([1601, 293], [54, 64], [29, 2]),
} as const satisfies Readonly<Record<string, DemoFace>>;
