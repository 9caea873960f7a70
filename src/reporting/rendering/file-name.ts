import type { Covers, Report } from '../report.js';

const isoDay = (ts: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone }).format(ts);

const daysOf = ({ periods, timeZone }: Covers): string[] =>
  periods.flatMap(({ fromTs, toTs }) => [isoDay(fromTs, timeZone), isoDay(toTs - 1, timeZone)]);

/** `me1_2026-11-01_2026-11-07.xlsx`: the kind, the first and the last day of each period that the report covers. */
export const reportFileName = (report: Report, model: unknown, extension: string): string =>
  `${[report.kind, ...daysOf(report.covered(model))].join('_')}.${extension}`;
