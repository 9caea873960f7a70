const ROUNDS = 2;

/** The points from `first` on as offsets from their middle. */
const centred = (figure: Float32Array, first: number): Float64Array => {
  const points = Float64Array.from(figure.subarray(2 * first));
  let [mx, my] = [0, 0];
  for (let i = 0; i < points.length; i += 2) {
    mx += points[i] as number;
    my += points[i + 1] as number;
  }
  mx /= points.length / 2;
  my /= points.length / 2;
  for (let i = 0; i < points.length; i += 2) {
    points[i] = (points[i] as number) - mx;
    points[i + 1] = (points[i + 1] as number) - my;
  }
  return points;
};

/** Puts the points turned, stretched and sheared to lie as near to `target` as they can (least squares) into `laid`; both are centred. */
const layOver = (points: Float64Array, target: Float64Array, laid: Float64Array): void => {
  let [xx, xy, yy, ux, uy, vx, vy] = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i] as number;
    const y = points[i + 1] as number;
    const u = target[i] as number;
    const v = target[i + 1] as number;
    xx += x * x;
    xy += x * y;
    yy += y * y;
    ux += u * x;
    uy += u * y;
    vx += v * x;
    vy += v * y;
  }
  const determinant = xx * yy - xy * xy;
  const flat = !(determinant > 1e-9 * xx * yy);
  const a = flat ? 1 : (ux * yy - uy * xy) / determinant;
  const b = flat ? 0 : (uy * xx - ux * xy) / determinant;
  const c = flat ? 0 : (vx * yy - vy * xy) / determinant;
  const d = flat ? 1 : (vy * xx - vx * xy) / determinant;
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i] as number;
    const y = points[i + 1] as number;
    laid[i] = a * x + b * y;
    laid[i + 1] = c * x + d * y;
  }
};

const meanOf = (figures: readonly Float64Array[], length: number): Float64Array => {
  const mean = new Float64Array(length);
  for (const figure of figures)
    for (let i = 0; i < length; i += 1) mean[i] = (mean[i] as number) + (figure[i] as number);
  for (let i = 0; i < length; i += 1) mean[i] = (mean[i] as number) / figures.length;
  return mean;
};

/**
 * How much the points from `first` on (x, y pairs) move against each other over the figures: root mean square distance
 * from their mean after each figure is laid over it by an affine map, in units of their root mean square radius. A flat
 * picture moved or turned before the camera, or a camera that shakes, therefore gives noise alone; 0 for fewer than two.
 */
export const nonRigidMotion = (figures: readonly Float32Array[], first = 0): number => {
  const points = figures.map((figure) => centred(figure, first));
  const [reference] = points;
  if (reference === undefined || points.length < 2) return 0;
  const laid = points.map(({ length }) => new Float64Array(length));
  let target = reference;
  for (let round = 0; round < ROUNDS; round += 1) {
    points.forEach((figure, at) => layOver(figure, target, laid[at] as Float64Array));
    target = meanOf(laid, reference.length);
  }
  let [rest, size] = [0, 0];
  for (const figure of laid)
    for (let i = 0; i < figure.length; i += 1) rest += ((figure[i] as number) - (target[i] as number)) ** 2;
  for (let i = 0; i < target.length; i += 1) size += (target[i] as number) ** 2;
  return Math.sqrt(rest / laid.length / Math.max(size, 1e-12));
};
