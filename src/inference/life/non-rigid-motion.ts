const ROUNDS = 2;

/** The points from `first` on as offsets from their middle. */
const centred = (figure: Float32Array, first: number): Float64Array => {
  const count = figure.length / 2 - first;
  let [mx, my] = [0, 0];
  for (let i = first; i < first + count; i += 1) {
    mx += (figure[2 * i] as number) / count;
    my += (figure[2 * i + 1] as number) / count;
  }
  const points = new Float64Array(2 * count);
  for (let i = 0; i < count; i += 1) {
    points[2 * i] = (figure[2 * (first + i)] as number) - mx;
    points[2 * i + 1] = (figure[2 * (first + i) + 1] as number) - my;
  }
  return points;
};

const squares = (points: Float64Array): number => points.reduce((sum, value) => sum + value * value, 0);

/** The points turned, stretched and sheared to lie as near to `target` as they can (least squares); both are centred. */
const laidOver = (points: Float64Array, target: Float64Array): Float64Array => {
  let [xx, xy, yy, ux, uy, vx, vy] = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i] as number, points[i + 1] as number];
    const [u, v] = [target[i] as number, target[i + 1] as number];
    xx += x * x;
    xy += x * y;
    yy += y * y;
    ux += u * x;
    uy += u * y;
    vx += v * x;
    vy += v * y;
  }
  const determinant = xx * yy - xy * xy;
  if (!(determinant > 1e-9 * xx * yy)) return points;
  const [a, b] = [(ux * yy - uy * xy) / determinant, (uy * xx - ux * xy) / determinant];
  const [c, d] = [(vx * yy - vy * xy) / determinant, (vy * xx - vx * xy) / determinant];
  const result = new Float64Array(points.length);
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i] as number, points[i + 1] as number];
    result[i] = a * x + b * y;
    result[i + 1] = c * x + d * y;
  }
  return result;
};

const meanOf = (figures: readonly Float64Array[]): Float64Array => {
  const mean = new Float64Array(figures[0]?.length ?? 0);
  for (const figure of figures)
    for (let i = 0; i < mean.length; i += 1) mean[i] = (mean[i] as number) + (figure[i] as number) / figures.length;
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
  let target = reference;
  let laid: readonly Float64Array[] = points;
  for (let round = 0; round < ROUNDS; round += 1) {
    const mark = target;
    laid = points.map((figure) => laidOver(figure, mark));
    target = meanOf(laid);
  }
  const rest = laid.reduce(
    (sum, figure) => sum + figure.reduce((one, value, i) => one + (value - (target[i] as number)) ** 2, 0),
    0,
  );
  return Math.sqrt(rest / laid.length / Math.max(squares(target), 1e-12));
};
