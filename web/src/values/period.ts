export const PRESETS = ['hour', 'today', 'yesterday', '7d', '30d', 'custom'] as const;
export type Preset = (typeof PRESETS)[number];

/** What a report covers: `from` inclusive, `to` exclusive; dates are days of the site. */
export interface ReportPeriod {
  readonly from: string;
  readonly to: string;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The date of an instant in a time zone, as YYYY-MM-DD. */
export const dateOf = (ts: number, timeZone: string | undefined): string =>
  new Intl.DateTimeFormat('en-CA', timeZone === undefined ? {} : { timeZone }).format(ts);

/** A date some days on. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The period of a preset as of now; `custom` takes its first and last day. */
export const presetPeriod = (
  preset: Preset,
  custom: { readonly first: string; readonly last: string },
  now: number,
  timeZone: string | undefined,
): ReportPeriod => {
  const today = dateOf(now, timeZone);
  switch (preset) {
    case 'hour':
      return { from: String(now - HOUR_MS), to: String(now) };
    case 'today':
      return { from: today, to: addDays(today, 1) };
    case 'yesterday':
      return { from: addDays(today, -1), to: today };
    case '7d':
      return { from: addDays(today, -6), to: addDays(today, 1) };
    case '30d':
      return { from: addDays(today, -29), to: addDays(today, 1) };
    case 'custom':
      return { from: custom.first, to: addDays(custom.last, 1) };
  }
};
