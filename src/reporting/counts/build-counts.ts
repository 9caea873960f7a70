import type { Bilingual } from '../../contracts/bilingual.js';
import type { CountsReport } from '../../contracts/figures/counts-schema.js';
import type { Counter } from '../../contracts/observation.js';
import type { Period } from '../../contracts/period.js';
import { countFigures } from '../../metrics/counts/count-figures.js';
import { bucketStarts } from '../me1/chart-buckets.js';
import type { ReportSources } from '../report-sources.js';

export interface CountsRequest extends Period {
  /** Empty: all. */
  readonly counters: readonly Counter[];
  readonly bucketMs: number;
}

/** In and out of one door should nearly agree over a day; further apart than this, somebody passes another way, or is missed. */
const DRIFT = 0.1;
const ENOUGH = 20;

/** Doors whose directions do not agree over whole days. */
const driftNotes = (rows: CountsReport['rows']): Bilingual[] =>
  rows.flatMap((row) => {
    if (row.direction !== 'in') return [];
    const back = rows.find(
      ({ placeId, counter, direction }) => placeId === row.placeId && counter === row.counter && direction === 'out',
    );
    const came = row.count.value ?? 0;
    const went = back?.count.value ?? 0;
    if (came + went < 2 * ENOUGH || Math.abs(came - went) <= (DRIFT * (came + went)) / 2) return [];
    return [
      {
        ru: `${row.name}: вошло ${came}, вышло ${went}. Если за период магазин и открылся, и закрылся, эти числа должны быть близки: есть другой выход, или линия проведена неудачно.`,
        en: `${row.name}: ${came} came in, ${went} went out. Over whole days the two should be close: there is another way out, or the line is badly placed.`,
      },
    ];
  });

const keyOf = ({ placeId, counter, direction }: CountsReport['rows'][number]): string =>
  [placeId, counter, direction ?? ''].join('\n');

/** How many of what at which place, over the period and by bucket. */
export const countsFromStore = async (sources: ReportSources, request: CountsRequest): Promise<CountsReport> => {
  const { store, localTime, clock, config } = sources;
  const { fromTs, toTs, counters, bucketMs } = request;
  const sums = await store.counts({ fromTs, toTs, counters, bucketStarts: bucketStarts(sources, request, bucketMs) });
  const { places, streams } = config();
  const names = new Map([...streams, ...places].map(({ id, name }) => [id, name]));
  const nameOf = (placeId: string): string => names.get(placeId) ?? placeId;
  const rows = countFigures(sums)
    .map((row) => ({ ...row, name: nameOf(row.placeId) }))
    .sort((a, b) => keyOf(a).localeCompare(keyOf(b), 'en'));
  const perBucket = [...new Set(sums.map(({ ts }) => ts))].flatMap((ts) =>
    countFigures(sums.filter((one) => one.ts === ts)).map(({ placeId, counter, direction, count }) => ({
      ...{ ts, placeId, name: nameOf(placeId), counter, direction },
      n: count.value ?? 0,
    })),
  );
  return {
    ...{ fromTs, toTs, timeZone: localTime.timeZone, generatedTs: clock.now(), bucketMs },
    rows,
    series: perBucket,
    notes: driftNotes(rows),
  };
};
