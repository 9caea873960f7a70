import { AGE_BUCKETS, type AgeBucket } from '../../contracts/me1.js';
import type { CrossTab } from '../../contracts/figures/visitors-schema.js';
import type { Steps } from '../../runtime/turns.js';
import { addedCrossTab } from '../faces/cross-tab/added-cross-tab.js';
import { cellOf } from '../faces/cross-tab/cross-tab.js';
import { ageFigure, countedShare, NOTHING } from '../statistics/ratio.js';
import { visitorTotals } from '../faces/visitors/visitor-totals.js';
import { found, foundFrom, type AgeFinding, type FoundFigure, type QuestionsInput } from './findings.js';

const SIDES = ['female', 'male'] as const;
type Side = (typeof SIDES)[number];
/** 3. What is the average age of women and men? Per visitor, customers only, minors left out. */
export function* age({ kAnonymity, minorsAge, aged, tables }: QuestionsInput): Steps<AgeFinding> {
  const means = SIDES.map((side) => {
    const own = aged.filter(({ gender, role }) => gender === side && role !== 'seller');
    const { moments, days } = visitorTotals(
      own,
      ({ ageYears }) => ageYears,
      ({ aged: known }) => known,
    );
    return foundFrom(kAnonymity, `mean-age-${side}`, ageFigure(moments, days), moments.m);
  });
  const known = tables.map((table) => table.filter(({ age: group }) => group !== 'undetermined'));
  const tab = yield* addedCrossTab(known, { kAnonymity, minorsAge });
  const [women = null, men = null] = means.map(({ figure, basis }) => (basis === null ? null : figure));
  return {
    id: 'age',
    told: women === null && men === null ? 'no-data' : { women, men },
    verdict: null,
    figures: means,
    rows: AGE_BUCKETS.map((bucket) => ({
      key: bucket,
      figures: SIDES.map((side) => partOf(tab, side, bucket)),
    })),
  };
}

/** Share of a bucket among one gender; hidden where the cross-tab hides the bucket or the gender. */
const partOf = (tab: CrossTab, side: Side, bucket: AgeBucket): FoundFigure => {
  const here = cellOf(tab, { gender: side, age: bucket }).visitors;
  const all = cellOf(tab, { gender: side }).visitors;
  const hidden = here === null || all === null || all === 0;
  return found(`${side}-share`, hidden ? NOTHING : countedShare(here, all), hidden ? null : here);
};
