import type { HumanCounts, TappedMinute } from '../../contracts/service/spot-check.js';
import { TAPPED_SEXES } from '../../contracts/service/spot-check-lists.js';

const sum = (minutes: readonly TappedMinute[], valueOf: (minute: TappedMinute) => number): number =>
  minutes.reduce((all, minute) => all + valueOf(minute), 0);

const overSexes = (minutes: readonly TappedMinute[], field: 'came' | 'smiled'): number =>
  TAPPED_SEXES.reduce((all, sex) => all + sum(minutes, (minute) => minute[sex][field]), 0);

/** What a person counted in all the minutes of a check. */
export const humanCounts = (minutes: readonly TappedMinute[]): HumanCounts => ({
  visitors: overSexes(minutes, 'came'),
  smiled: overSexes(minutes, 'smiled'),
  men: sum(minutes, ({ men }) => men.came),
  women: sum(minutes, ({ women }) => women.came),
});
