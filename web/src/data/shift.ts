export const SHIFTS = ['today', '8h', 'yesterday', '7d'] as const;
export type Shift = (typeof SHIFTS)[number];

const HOUR_MS = 3_600_000;

const midnight = (now: number, daysBack: number): number => {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() - daysBack);
  return day.getTime();
};

/** The period of a shift as of now; its end is in the future for one that goes on, so that it stays the same request. */
export const periodOf = (shift: Shift, now: number): { from: number; to: number } => {
  switch (shift) {
    case 'today':
      return { from: midnight(now, 0), to: midnight(now, -1) };
    case 'yesterday':
      return { from: midnight(now, 1), to: midnight(now, 0) };
    case '7d':
      return { from: midnight(now, 6), to: midnight(now, -1) };
    case '8h': {
      const to = Math.ceil(now / HOUR_MS) * HOUR_MS;
      return { from: to - 8 * HOUR_MS, to };
    }
  }
};
