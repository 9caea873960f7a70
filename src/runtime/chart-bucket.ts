const STEPS_MS = [60_000, 300_000, 900_000, 3_600_000, 21_600_000, 86_400_000];

/** A bucket that gives the charts of a period at most about 200 points, ms. */
export const chartBucketMs = ({ fromTs, toTs }: { readonly fromTs: number; readonly toTs: number }): number =>
  STEPS_MS.find((step) => (toTs - fromTs) / step <= 200) ?? 86_400_000;
