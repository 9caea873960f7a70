/** Round tick values from 0 to the first that covers `max`: 0, 0.2, 0.4, 0.6. */
export const valueTicks = (max: number, wanted = 4, integers = false): number[] => {
  if (!(max > 0) || !Number.isFinite(max)) return [0, 1];
  const rough = max / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const nice = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((step) => step >= rough) ?? 10 * power;
  const step = integers ? Math.max(1, Math.ceil(nice)) : nice;
  const count = Math.max(1, Math.ceil(max / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
};

/** Digits after the point that all ticks need, at most 3. */
export const tickDigits = (ticks: readonly number[]): number =>
  [0, 1, 2].find((digits) => ticks.every((tick) => Math.abs(tick - Number(tick.toFixed(digits))) < 1e-9)) ?? 3;
