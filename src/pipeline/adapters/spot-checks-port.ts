import type { SpotChecksPort } from '../../api/spot-checks/spot-checks-port.js';
import type { Config } from '../../config/schema.js';
import type { SpotCheckObservation } from '../../contracts/observation.js';
import type { SpotCheck, SpotCheckInput } from '../../contracts/service/spot-check.js';
import { CHECK_MINUTES } from '../../contracts/service/spot-check-lists.js';
import { COUNTER_ROLE } from '../../contracts/role.js';
import { humanCounts } from '../../metrics/counts/human-counts.js';
import { askedBy, type ReportSources } from '../../reporting/report-sources.js';
import { CHECKS_COUNT_FOR_MS, MOST_CHECKS } from '../../reporting/spot-checks/kept-checks.js';
import { spotCheckNote } from '../../reporting/spot-checks/spot-check-words.js';
import { spotChecks } from '../../reporting/spot-checks/spot-checks.js';
import { EmoscopeError } from '../../runtime/errors.js';
import type { RowSink } from '../../store/ports/row-sink.js';
import { DAY_MS, MINUTE_MS } from '../../time/units.js';

/** A phone may have been without a network for so long before it can send. */
const SENT_WITHIN_MS = 7 * DAY_MS;
/** Clocks that differ by less are taken for equal: the way of a request takes longer on a bad network. */
const SAME_CLOCK_MS = 10_000;
/** The last minute may be counted a little longer than it was. */
const SLACK_MS = 5000;

const refuse = (ru: string, en: string): never => {
  throw new EmoscopeError('VALIDATION', { ru, en });
};

/** The times of a check by our clock; throws VALIDATION for those that cannot be. */
const timesOf = ({ fromTs, toTs, sentTs, minutes }: SpotCheckInput, now: number) => {
  const ahead = now - sentTs;
  const shiftMs = Math.abs(ahead) > SAME_CLOCK_MS ? ahead : 0;
  const times = { fromTs: fromTs + shiftMs, toTs: toTs + shiftMs };
  const lengthMs = toTs - fromTs;
  if (lengthMs < CHECK_MINUTES.least * MINUTE_MS || lengthMs > CHECK_MINUTES.most * MINUTE_MS + SLACK_MS)
    refuse(
      `Проверка длится от ${CHECK_MINUTES.least} до ${CHECK_MINUTES.most} минут.`,
      `A check takes ${CHECK_MINUTES.least} to ${CHECK_MINUTES.most} minutes.`,
    );
  if (minutes.length !== Math.max(1, Math.ceil((lengthMs - SLACK_MS) / MINUTE_MS)))
    refuse('Минут в счёте не столько, сколько длилась проверка.', 'The minutes counted are not those the check took.');
  if (times.toTs > now + SAME_CLOCK_MS || times.fromTs < now - SENT_WITHIN_MS)
    refuse(
      'Проверка ещё не кончилась или кончилась больше недели назад.',
      'The check is not over yet, or was over more than a week ago.',
    );
  return times;
};

const assertVisitors = ({ streams }: Config, streamId: string): void => {
  const stream = streams.find(({ id }) => id === streamId);
  if (stream === undefined)
    throw new EmoscopeError('STREAM_UNKNOWN', { ru: 'Такой камеры нет.', en: 'No stream has this id.' });
  if (stream.role === 'seller')
    refuse(
      'Эта камера смотрит на продавцов: посетителей перед ней не считают.',
      'This camera looks at sellers: there are no visitors to count before it.',
    );
  if (stream.role === COUNTER_ROLE)
    refuse(
      'Это счётчик: лиц перед ним не ищут, и показателей по лицам, которые можно проверить, у него нет.',
      'This is a counter: it looks for no faces, and has no figures of faces to check.',
    );
};

/** What people counted, kept as facts; the error that it measures is made as for the reports. */
export const createSpotChecksPort = (sources: ReportSources, sink: RowSink): SpotChecksPort => {
  const { store, config, clock } = sources;

  const find = async (id: string): Promise<SpotCheckObservation | null> => {
    const now = clock.now();
    const period = { fromTs: now - CHECKS_COUNT_FOR_MS, toTs: now + DAY_MS };
    const facts = await store.observations({ ...period, kinds: ['spot-check'], limit: MOST_CHECKS });
    const found = facts.find((fact) => fact.id === id);
    return found?.kind === 'spot-check' ? found : null;
  };

  const keep = async (fact: SpotCheckObservation): Promise<void> => {
    sink.append({ observations: [fact] });
    await sink.flush();
  };

  const listed = async ({ id, streamId, ts, toTs, minutes }: SpotCheckObservation): Promise<SpotCheck> => {
    const { items } = await spotChecks(sources, { fromTs: ts, toTs: ts + 1, streams: [streamId] });
    const taken = { id, streamId, fromTs: ts, toTs, ...humanCounts(minutes), state: 'set-aside' as const };
    return items.find((one) => one.id === id) ?? taken;
  };

  return {
    add: async (check) => {
      const known = await find(check.id.toLowerCase());
      if (known !== null) return listed(known);
      const now = clock.now();
      assertVisitors(config(), check.streamId);
      const { fromTs, toTs } = timesOf(check, now);
      const fact: SpotCheckObservation = {
        id: check.id.toLowerCase(),
        rev: 0,
        ts: fromTs,
        receivedTs: now,
        siteId: config().site.id,
        // Where the camera stands: it need not belong to a place.
        placeId: check.streamId,
        source: 'api',
        kind: 'spot-check',
        streamId: check.streamId,
        toTs,
        minutes: check.minutes,
      };
      await keep(fact);
      return listed(fact);
    },
    list: async (asked, signal) => {
      const told = await spotChecks(askedBy(sources, signal), asked);
      return { ...told, note: told.error.made.checks === 0 ? null : spotCheckNote(told.error) };
    },
    remove: async (id) => {
      const known = await find(id.toLowerCase());
      if (known === null || known.withdrawn === true)
        throw new EmoscopeError('NOT_FOUND', { ru: 'Такой проверки нет.', en: 'No check has this id.' });
      await keep({ ...known, rev: known.rev + 1, receivedTs: clock.now(), withdrawn: true });
    },
  };
};
