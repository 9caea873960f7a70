import type { Contact } from '../../contracts/contact.js';
import type { LocalTime } from '../../time/local-time.js';
import { SHIFT_MS } from '../../time/units.js';
import type { PeriodKeys } from '../statistics/periods.js';

/** The periods of a contact that are units of what is said of many: its shift and its day. */
export type UnitsOf<C = Pick<Contact, 'pointId' | 'startTs'>> = (contact: C) => PeriodKeys;

/** Contacts that stand for themselves alone, as those of one shift do. */
export const noUnits: UnitsOf<unknown> = () => [];

interface KnownUnits {
  readonly byStart: Map<number, PeriodKeys>;
  /** The last that was asked for, which is mostly the next as well. */
  startTs: number;
  units: PeriodKeys;
}

/**
 * The contact point and the six hours on the local clock that a contact belongs to, for what its seller does depends on who
 * works then; and its local day.
 */
export const shiftAndDay = (localTime: Pick<LocalTime, 'bucketStart' | 'startOfDay'>): UnitsOf => {
  // Every figure asks for them again, of tens of thousands of contacts.
  const known = new Map<string, KnownUnits>();
  let shifts = 0;
  return ({ pointId, startTs }) => {
    const own = known.get(pointId) ?? { byStart: new Map<number, PeriodKeys>(), startTs: NaN, units: [] };
    if (own.startTs === startTs) return own.units;
    if (own.byStart.size === 0) known.set(pointId, own);
    own.startTs = startTs;
    const before = own.byStart.get(startTs);
    if (before !== undefined) return (own.units = before);
    const shiftStart = localTime.bucketStart(startTs, SHIFT_MS);
    own.units = own.byStart.get(shiftStart) ?? [(shifts += 1), localTime.startOfDay(startTs)];
    own.byStart.set(shiftStart, own.units);
    own.byStart.set(startTs, own.units);
    return own.units;
  };
};
