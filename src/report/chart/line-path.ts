import type { Chart, ChartPoint } from '../document.js';

export interface LinePath {
  /** SVG path data; empty without a line. */
  readonly d: string;
  /** Measured buckets with no neighbour to draw a line to. */
  readonly dots: readonly { readonly x: number; readonly y: number }[];
}

interface XY {
  readonly x: number;
  readonly y: number;
}

const round = (value: number): string => String(Number(value.toFixed(2)));

/**
 * Path through the measured buckets. A null, or a next point further away than `breakMs`, breaks the line: what was not
 * measured is not drawn. Runs with many buckets per unit of x are thinned to their extremes, so that a month of minutes stays small.
 */
export const linePath = (
  points: readonly ChartPoint[],
  { bucketMs, breakMs }: Pick<Chart, 'bucketMs' | 'breakMs'>,
  x: (ts: number) => number,
  y: (value: number) => number,
): LinePath => {
  const runs: XY[][] = [];
  let run: XY[] = [];
  let lastTs = Number.NEGATIVE_INFINITY;
  for (const { ts, value } of points) {
    if (value === null || !Number.isFinite(value) || ts - lastTs > breakMs) {
      if (run.length > 0) runs.push(run);
      run = [];
    }
    if (value === null || !Number.isFinite(value)) continue;
    run.push({ x: x(ts + bucketMs / 2), y: y(value) });
    lastTs = ts;
  }
  if (run.length > 0) runs.push(run);
  return {
    d: runs
      .filter((line) => line.length > 1)
      .map(
        (line) =>
          `M${thin(line)
            .map((p) => `${round(p.x)} ${round(p.y)}`)
            .join('L')}`,
      )
      .join(''),
    dots: runs.flatMap((line) => (line.length === 1 ? line : [])),
  };
};

/** Of the points that share a half unit of x only first, lowest, highest and last are kept, in order. */
const thin = (line: readonly XY[]): XY[] => {
  const kept: XY[] = [];
  let start = 0;
  while (start < line.length) {
    const column = Math.floor((line[start]?.x ?? 0) * 2);
    let end = start + 1;
    while (end < line.length && Math.floor((line[end]?.x ?? 0) * 2) === column) end += 1;
    kept.push(...extremes(line.slice(start, end)));
    start = end;
  }
  return kept;
};

const extremes = (column: readonly XY[]): readonly XY[] => {
  if (column.length <= 4) return column;
  let [low, high] = [0, 0];
  column.forEach((point, index) => {
    if (point.y < (column[low]?.y ?? 0)) low = index;
    if (point.y > (column[high]?.y ?? 0)) high = index;
  });
  const wanted = new Set([0, low, high, column.length - 1]);
  return column.filter((_, index) => wanted.has(index));
};
