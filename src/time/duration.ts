const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, y: 365 * 86_400_000 } as const;

/** Milliseconds of a duration the schema accepted, such as `500ms`, `15m` or `30d` (a year is 365 days). */
export const durationMs = (text: string): number => {
  const match = /^(\d+)(ms|s|m|h|d|y)$/.exec(text);
  if (match === null) throw new RangeError(`not a duration: ${text}`);
  return Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS];
};
