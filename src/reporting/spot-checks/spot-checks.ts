import type { SpotCheckError } from '../../contracts/figures/spot-check-schema.js';
import type { Figure } from '../../contracts/figure.js';
import type { Period } from '../../contracts/period.js';
import type { CheckGroup, CheckState, SpotCheck } from '../../contracts/service/spot-check.js';
import { humanCounts } from '../../metrics/counts/human-counts.js';
import { spotCheckError } from '../../metrics/counts/spot-check-error.js';
import { isGuarded } from '../released/released.js';
import type { ReportSources } from '../report-sources.js';
import { CHECKS_COUNT_FOR_MS, keptChecks, type KeptCheck, type KeptChecks } from './kept-checks.js';

export interface ChecksRequest extends Period {
  /** Empty: every camera. */
  readonly streams: readonly string[];
}

type CheckSources = Pick<ReportSources, 'store' | 'config'>;

/** Groups that may be told under the present k, none of whose checks was taken back. */
const toldGroups = (
  { config }: Pick<ReportSources, 'config'>,
  { groups, withdrawn }: KeptChecks,
): readonly CheckGroup[] =>
  groups.filter(
    ({ k, checks }) => k >= Math.max(1, config().privacy.kAnonymity) && !checks.some(({ id }) => withdrawn.has(id)),
  );

const stateOf = (check: KeptCheck, groups: readonly CheckGroup[], told: readonly CheckGroup[]): CheckState => {
  const isIn = (own: readonly CheckGroup[]): boolean =>
    own.some(({ level, checks }) => level === 'cell' && checks.some(({ id }) => id === check.id));
  if (isIn(told)) return 'pooled';
  if (isIn(groups)) return 'set-aside';
  return check.isOverlapping ? 'overlapping' : 'waiting';
};

/** Percents without their fractions: with these a small group could be counted out of them. */
const inPercents = ({ value, low, high }: Figure): Figure => {
  const whole = (one: number | null): number | null => (one === null ? null : Math.round(100 * one) / 100);
  return {
    value: whole(value),
    low: low === null ? null : Math.floor(100 * low) / 100,
    high: high === null ? null : Math.ceil(100 * high) / 100,
  };
};

const withWholePercents = (error: SpotCheckError): SpotCheckError => ({
  ...error,
  detection: inPercents(error.detection),
  smileDifference: inPercents(error.smileDifference),
  menDifference: inPercents(error.menDifference),
});

const errorOf = (sources: CheckSources, kept: KeptChecks): SpotCheckError => {
  const groups = toldGroups(sources, kept);
  const ofLevel = (level: CheckGroup['level']) =>
    groups.filter((group) => group.level === level).flatMap(({ checks }) => checks);
  const thresholds = new Set(groups.filter(({ level }) => level === 'cell').map(({ threshold }) => threshold));
  const [threshold = null] = thresholds.size === 1 ? thresholds : [];
  const error = spotCheckError({
    made: kept.checks
      .filter((check) => ['pooled', 'waiting'].includes(stateOf(check, kept.groups, groups)))
      .map(({ fact }) => humanCounts(fact.minutes)),
    visitors: ofLevel('cell'),
    sexes: ofLevel('wide'),
    threshold,
  });
  // Smiles at different thresholds are not one figure.
  const one = threshold === null ? { ...error, smileDifference: { value: null, low: null, high: null } } : error;
  return isGuarded(sources) ? withWholePercents(one) : one;
};

/** What was counted by people, check by check, and the error that it measures; a period's checks and those of the 90 days before its end. */
export const spotChecks = async (
  sources: CheckSources,
  { fromTs, toTs, streams }: ChecksRequest,
): Promise<{ readonly items: readonly SpotCheck[]; readonly error: SpotCheckError }> => {
  const kept = await keptChecks(
    sources.store,
    { fromTs: Math.max(0, Math.min(fromTs, toTs - CHECKS_COUNT_FOR_MS)), toTs },
    streams,
  );
  const told = toldGroups(sources, kept);
  const items = kept.checks.map((check): SpotCheck => {
    const { id, fact } = check;
    const counts = humanCounts(fact.minutes);
    return {
      id,
      streamId: fact.streamId,
      fromTs: fact.ts,
      toTs: fact.toTs,
      ...counts,
      state: stateOf(check, kept.groups, told),
    };
  });
  return { items, error: errorOf(sources, kept) };
};

/** The error alone, for a report; null where nobody has counted. */
export const measuredError = async (sources: CheckSources, request: ChecksRequest): Promise<SpotCheckError | null> => {
  const { error } = await spotChecks(sources, request);
  return error.made.checks === 0 ? null : error;
};
