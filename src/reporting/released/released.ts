import { sellerAnalyticsOf } from '../../config/seller-analytics.js';
import type { Config } from '../../config/schema.js';
import type { Cell, CellLevel, CellSpan, Covered } from '../../contracts/cell.js';
import type { LocalTime } from '../../time/local-time.js';
import { intervalsBy } from '../../time/interval-at.js';
import type { Period } from '../../contracts/period.js';
import type { CellReader } from '../../store/ports/cell-ledger.js';
import type { PortraitReader } from '../../store/ports/portrait-reader.js';

export interface CellSources {
  readonly store: Pick<CellReader, 'cells' | 'cellSpans'> & Pick<PortraitReader, 'streams'>;
  readonly config: () => Config;
  readonly localTime: LocalTime;
}

/** An interval that is answered for, and the asked bucket it counts in. */
export type ReleasedSpan = Covered & { readonly bucketTs: number };

/** Whether small groups are guarded at all: with k = 1 everything is open. */
export const isGuarded = ({ config }: Pick<CellSources, 'config'>): boolean => config().privacy.kAnonymity > 1;

const ofView = ({ id, role, ...rest }: Cell | CellSpan): Covered[] =>
  role === null ? [] : [{ streamId: id, role, fromTs: rest.fromTs, toTs: rest.toTs }];

/** Whether sellers are shown without any interval of their own: only where seller analytics is `on`. */
const sellersOpen = ({ config }: Pick<CellSources, 'config'>): boolean => sellerAnalyticsOf(config().privacy) === 'on';

/** Sellers' part of a period as it was asked for. */
const sellersOf = async (
  { store }: CellSources,
  period: Period,
  bucketStarts: readonly number[],
): Promise<ReleasedSpan[]> => {
  const sellers = (await store.streams(period)).filter(({ role }) => role === 'seller');
  return sellers.flatMap(({ streamId, role }) =>
    bucketStarts.map((bucketTs, index) => ({
      streamId,
      role,
      bucketTs,
      fromTs: Math.max(bucketTs, period.fromTs),
      toTs: bucketStarts[index + 1] ?? period.toTs,
    })),
  );
};

/** What of a period may be answered, per stream, role and bucket; null: everything, small groups are not guarded. */
export const releasedSpans = async (
  sources: CellSources,
  period: Period,
  bucketStarts: readonly number[] = [period.fromTs],
  level: CellLevel = 'cell',
): Promise<readonly ReleasedSpan[] | null> => {
  if (!isGuarded(sources)) return null;
  const minVisitors = sources.config().privacy.kAnonymity;
  const spans = await sources.store.cellSpans({ ...period, kind: 'view', level, minVisitors, bucketStarts });
  const views = spans.flatMap((span) => ofView(span).map((view) => ({ ...view, bucketTs: span.bucketTs })));
  if (!sellersOpen(sources)) return views;
  return [...views.filter(({ role }) => role !== 'seller'), ...(await sellersOf(sources, period, bucketStarts))];
};

/**
 * Single cells or unions of a period: where `parted` only those in which every zone has enough visitors, with `sizePx` only
 * those in which the faces of at least this size are enough visitors'.
 */
export const releasedCells = async (
  { store, config }: CellSources,
  period: Period,
  {
    level,
    parted = false,
    sizePx = 0,
  }: {
    readonly level: CellLevel;
    readonly parted?: boolean;
    readonly sizePx?: number;
  },
): Promise<readonly Covered[]> => {
  const { kAnonymity } = config().privacy;
  const cells = await store.cells({ ...period, kind: 'view', level, minVisitors: kAnonymity });
  const isSafe = (cell: Cell): boolean => (!parted || cell.parted) && (sizePx === 0 || cell.sizes.includes(sizePx));
  return cells.filter(isSafe).flatMap(ofView);
};

/** Neighbouring intervals of one stream and role as one. */
export const merged = (spans: readonly Covered[]): Covered[] => {
  const done: Covered[] = [];
  for (const span of spans) {
    const last = done.at(-1);
    const follows =
      last !== undefined && last.streamId === span.streamId && last.role === span.role && last.toTs === span.fromTs;
    if (follows) done[done.length - 1] = { ...last, toTs: span.toTs };
    else done.push({ streamId: span.streamId, role: span.role, fromTs: span.fromTs, toTs: span.toTs });
  }
  return done;
};

/** The period from the first to the last instant of some intervals; the period itself where there are none. */
export const hullOf = (spans: readonly Covered[], period: Period): Period =>
  spans.length === 0
    ? { fromTs: period.fromTs, toTs: period.toTs }
    : {
        fromTs: spans.reduce((least, { fromTs }) => Math.min(least, fromTs), Infinity),
        toTs: spans.reduce((most, { toTs }) => Math.max(most, toTs), -Infinity),
      };

/** Whether something of a stream and role that began at `ts` lies in one of the intervals. */
export const insideOf = (
  spans: readonly Covered[],
): ((one: { readonly streamId: string; readonly role: string; readonly startTs: number }) => Covered | null) => {
  const find = intervalsBy(spans, ({ role, streamId }) => `${role} ${streamId}`);
  return ({ streamId, role, startTs }) => find(`${role} ${streamId}`, startTs);
};

/** Cells of contact points; null: everything. */
export const releasedPoints = async (
  { store, config }: CellSources,
  period: Period,
): Promise<readonly Cell[] | null> => {
  const { kAnonymity } = config().privacy;
  if (kAnonymity <= 1) return null;
  return store.cells({ ...period, kind: 'point', level: 'cell', minVisitors: kAnonymity });
};
