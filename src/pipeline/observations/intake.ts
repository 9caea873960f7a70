import type { FactOrigin, ObservationsPort, TakenFact } from '../../api/observations/observations-port.js';
import type { Config } from '../../config/schema.js';
import type { Bilingual } from '../../contracts/bilingual.js';
import type { Observation, ObservationInput } from '../../contracts/observation.js';
import type { Clock } from '../../runtime/clock.js';
import type { ErrorCode } from '../../runtime/errors.js';
import type { ObservationReader } from '../../store/ports/observation-reader.js';
import type { RowSink } from '../../store/ports/row-sink.js';
import { durationMs } from '../../time/duration.js';
import { MINUTE_MS } from '../../time/units.js';
import { knownNames, type KnownNames, unknownName } from './known-names.js';
import { idOf, readFact } from './readable-fact.js';

/** Clocks of tills and devices may be ahead of ours by this. */
const AHEAD_MS = 10 * MINUTE_MS;

export interface IntakeParts {
  readonly store: Pick<ObservationReader, 'revisions'>;
  readonly sink: RowSink;
  readonly config: () => Config;
  readonly clock: Clock;
}

const refusal = (id: string | null, code: ErrorCode, reason: Bilingual): TakenFact => ({
  ...{ id, status: 'refused', refused: { code, reason } },
});

/** A fact of this site, or why it is none. */
type Judged = { readonly fact: Observation } | { readonly refused: TakenFact };

/** What a fact says, apart from when and how it came: two of the same id and revision must agree in it. */
const contentOf = (fact: Observation): string => {
  const { receivedTs: _received, source: _source, siteId: _site, seen: _seen, ...content } = fact;
  return JSON.stringify(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** Why a fact cannot be of this site and time; null where it can. */
const wrongOf = (
  fact: ObservationInput,
  { known, now, oldestTs, from }: { known: KnownNames; now: number; oldestTs: number; from: FactOrigin },
): { readonly code: ErrorCode; readonly reason: Bilingual } | null => {
  if (from.placeId !== undefined && fact.placeId !== from.placeId)
    return {
      code: 'FORBIDDEN',
      reason: {
        ru: 'Устройство может сообщать только о своём месте.',
        en: 'A device may speak of its own place only.',
      },
    };
  const unknown = unknownName(fact, known);
  if (unknown !== null) return { code: 'REFERENCE_UNKNOWN', reason: unknown };
  if (fact.ts > now + AHEAD_MS)
    return {
      code: 'VALIDATION',
      reason: {
        ru: 'ts: время ещё не наступило; проверьте часы устройства.',
        en: 'ts: this time has not come yet; look at the clock of the device.',
      },
    };
  if (fact.ts < oldestTs)
    return {
      code: 'VALIDATION',
      reason: {
        ru: 'ts: это раньше всего, что хранится (store.retention.rollups).',
        en: 'ts: this is before everything that is kept (store.retention.rollups).',
      },
    };
  return null;
};

/** Takes facts from every way in by one set of rules. */
export const createIntake = ({ store, sink, config, clock }: IntakeParts): ObservationsPort => ({
  take: async (given, from) => {
    const now = clock.now();
    const { site, store: kept } = config();
    const bounds = { known: knownNames(config()), now, oldestTs: now - durationMs(kept.retention.rollups), from };
    const read = given.map((one): Judged => {
      const reading = readFact(one);
      if (!('fact' in reading)) return { refused: refusal(idOf(one), 'VALIDATION', reading.reason) };
      const wrong = wrongOf(reading.fact, bounds);
      if (wrong !== null) return { refused: refusal(reading.fact.id, wrong.code, wrong.reason) };
      const device = from.deviceId === undefined ? {} : { deviceId: from.deviceId };
      return { fact: { ...reading.fact, ...device, receivedTs: now, siteId: site.id, source: from.source } };
    });
    const facts = read.flatMap((one) => ('fact' in one ? [one.fact] : []));
    // Highest revision and content of each revision, by id; grows with what this very request brings.
    const revisions = new Map<string, Map<number, string>>();
    const noteOf = (fact: Observation): Map<number, string> => {
      const known = revisions.get(fact.id) ?? new Map<number, string>();
      revisions.set(fact.id, known);
      return known;
    };
    for (const fact of await store.revisions([...new Set(facts.map(({ id }) => id))]))
      noteOf(fact).set(fact.rev, contentOf(fact));
    const fresh: Observation[] = [];
    const taken = read.map((one): TakenFact => {
      if (!('fact' in one)) return one.refused;
      const { fact } = one;
      const { id, rev } = fact;
      const known = noteOf(fact);
      const content = contentOf(fact);
      const before = known.get(rev);
      const newestRev = Math.max(...known.keys());
      if (before !== undefined && before !== content)
        return {
          ...refusal(id, 'CONFLICT', {
            ru: 'Другой факт уже хранится под этим id и этой ревизией; исправление посылают с большей rev.',
            en: 'Another fact is kept under this id and revision; a correction comes with a higher rev.',
          }),
          newestRev,
        };
      if (before !== undefined)
        return { id, status: 'duplicate', refused: null, ...(newestRev > rev ? { newestRev } : {}) };
      const status = known.size === 0 ? 'stored' : 'revised';
      known.set(rev, content);
      fresh.push(fact);
      return { id, status, refused: null };
    });
    if (fresh.length > 0) {
      sink.append({ observations: fresh });
      await sink.flush();
    }
    return taken;
  },
});
