import type { Contact } from '../../contracts/contact.js';
import type { LocalTime } from '../../time/local-time.js';
import { SHIFT_MS } from '../../time/units.js';
import type { PeriodKeys } from '../statistics/periods.js';

/** The periods of a contact that are units of what is said of many: its shift and its day. */
export type UnitsOf<C = Pick<Contact, 'pointId' | 'startTs'>> = (contact: C) => PeriodKeys;

/** Contacts that stand for themselves alone, as those of one shift do. */
export const noUnits: UnitsOf<unknown> = () => [];

/**
 * The contact point and the six hours on the local clock that a contact belongs to, for what its seller does depends on who
 * works then; and its local day.
 */
export const shiftAndDay = (localTime: Pick<LocalTime, 'bucketStart' | 'startOfDay'>): UnitsOf => {
  // Every figure asks for them again, of tens of thousands of contacts.
  const known = new Map<string, Map<number, PeriodKeys>>();
  let shifts = 0;
  return ({ pointId, startTs }) => {
    const own = known.get(pointId) ?? new Map<number, PeriodKeys>();
    if (own.size === 0) known.set(pointId, own);
    const before = own.get(startTs);
    if (before !== undefined) return before;
    const shiftStart = localTime.bucketStart(startTs, SHIFT_MS);
    const units = own.get(shiftStart) ?? [(shifts += 1), localTime.startOfDay(startTs)];
    own.set(shiftStart, units);
    own.set(startTs, units);
    return units;
  };
};
