/** A line of a chart: value by time, in any order; null where nothing was measured. */
export type ChartLine = ReadonlyMap<number, number | null>;

/** Lines on one axis: null where a line breaks off, undefined at times that only other lines have. */
export interface AlignedLines {
  readonly times: readonly number[];
  readonly values: readonly (readonly (number | null | undefined)[])[];
}

/** Puts lines on one axis of times; a line breaks off where its next point is more than `breakMs` away. */
export const alignedLines = (lines: readonly ChartLine[], breakMs: number): AlignedLines => {
  const broken = lines.map((line) => withBreaks(line, breakMs));
  const times = [...new Set(broken.flatMap((line) => [...line.keys()]))].sort((a, b) => a - b);
  return { times, values: broken.map((line) => times.map((at) => line.get(at))) };
};

const withBreaks = (line: ChartLine, breakMs: number): Map<number, number | null> => {
  const times = [...line.keys()].sort((a, b) => a - b);
  const broken = new Map(line);
  for (const [index, at] of times.entries()) {
    const next = times[index + 1];
    if (next !== undefined && next - at > breakMs) broken.set((at + next) / 2, null);
  }
  return broken;
};

/** Whether a line has a point that no stroke leads to, which only a dot can show. */
export const hasLonePoint = (values: readonly (number | null | undefined)[]): boolean => {
  const own = values.filter((value) => value !== undefined);
  const isThere = (index: number): boolean => typeof own[index] === 'number';
  return own.some((_, index) => isThere(index) && !isThere(index - 1) && !isThere(index + 1));
};
