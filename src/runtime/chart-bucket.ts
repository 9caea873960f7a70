const STEPS_MS = [60_000, 300_000, 900_000, 3_600_000, 21_600_000, 86_400_000];

const MOST_POINTS = 200;

/** A bucket that gives the charts of a period at most about 200 points, ms. */
export const chartBucketMs = ({ fromTs, toTs }: { readonly fromTs: number; readonly toTs: number }): number =>
  chartStepFor((toTs - fromTs) / MOST_POINTS);

/** The finest step of charts that is no shorter than this, ms; a day where there is none. */
export const chartStepFor = (shortestMs: number): number => STEPS_MS.find((step) => step >= shortestMs) ?? 86_400_000;
