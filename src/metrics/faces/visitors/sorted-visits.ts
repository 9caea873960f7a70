import type { SortedVisits, VisitorPlace } from '../../../contracts/figures/visitor-sums.js';

/** The values at some places, still in ascending order. */
export const valuesAt = (
  { places, values, placeOf, days }: SortedVisits,
  isWanted: (place: VisitorPlace) => boolean,
): Pick<SortedVisits, 'values' | 'days'> => {
  const wanted = places.map(isWanted);
  if (wanted.every(Boolean)) return { values, days };
  const [ownValues, ownDays] = [new Float64Array(values.length), new Int32Array(values.length)];
  let count = 0;
  for (let index = 0; index < values.length; index += 1) {
    if (wanted[placeOf[index] ?? -1] !== true) continue;
    ownValues[count] = values[index] ?? 0;
    ownDays[count] = days[index] ?? 0;
    count += 1;
  }
  return { values: ownValues.subarray(0, count), days: ownDays.subarray(0, count) };
};
