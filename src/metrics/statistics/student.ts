const Z_975 = 1.959963984540054;

/**
 * 97.5 % quantile of Student's t for `df` > 0 degrees of freedom (fractions allowed), within 0.004 from df = 3 up.
 * Exact for 1 and 2; above by the Cornish–Fisher expansion (Abramowitz & Stegun 26.7.5).
 */
export const student975 = (df: number): number => {
  if (!(df > 0)) return Infinity;
  if (df <= 1) return 12.706204736432095;
  if (df <= 2) return interpolate(df, 1, 12.706204736432095, 2, 4.302652729696142);
  if (df < 3) return interpolate(df, 2, 4.302652729696142, 3, expansion(3));
  return expansion(df);
};

const interpolate = (x: number, x0: number, y0: number, x1: number, y1: number): number =>
  y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);

const expansion = (df: number): number => {
  const z = Z_975;
  const g1 = (z ** 3 + z) / 4;
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  const g4 = (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160;
  return z + g1 / df + g2 / df ** 2 + g3 / df ** 3 + g4 / df ** 4;
};
