import type { Estimate } from '../intervals.js';
import { shown, table } from '../tables.js';
import { type ConditionFigures, PEAK, THRESHOLD } from './figures.js';
import type { TalkFigures } from './talking.js';

/** One condition with its figures. */
export interface StressRow {
  readonly name: string;
  readonly figures: ConditionFigures;
}

const two = (figure: Estimate): string => shown(figure, 2);

/** What was told rightly comes first into question; where nobody has an expression, what was found. */
const weakness = ({ figures: { right, found } }: StressRow): number =>
  Number.isFinite(right.value) ? right.value : found.value;

export const weakestFirst = (rows: readonly StressRow[]): StressRow[] =>
  [...rows].sort((a, b) => weakness(a) - weakness(b) || a.figures.found.value - b.figures.found.value);

const rejections = ({ rejected, rejectedShare }: ConditionFigures): string => {
  const reasons = Object.entries(rejected)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${reason} ${count}`);
  return reasons.length === 0 ? two(rejectedShare) : `${two(rejectedShare)}: ${reasons.join(', ')}`;
};

/** The tables of all conditions in Markdown, the weakest first: what is found and read, then what is known of the person. */
export const stressTables = (given: readonly StressRow[]): string => {
  const rows = weakestFirst(given);
  const expression = table(
    [
      'condition',
      'faces',
      'found',
      'found, of all frames',
      'read rightly',
      `neutral with Happiness ≥ ${THRESHOLD}`,
      `… ≥ ${PEAK}`,
      'strongest',
      `happy with Happiness ≥ ${THRESHOLD}`,
      `… ≥ ${PEAK}`,
      'AUC',
      'neutral recall',
    ],
    rows.map(({ name, figures }) => [
      name,
      String(figures.faces),
      two(figures.found),
      two(figures.foundFrames),
      two(figures.right),
      two(figures.neutralHappy),
      two(figures.neutralPeak),
      figures.strongestNeutral === null ? '–' : figures.strongestNeutral.toFixed(0),
      two(figures.happyHappy),
      two(figures.happyPeak),
      two(figures.auc),
      two(figures.neutralRecall),
    ]),
  );
  const person = table(
    [
      'condition',
      'age bias, years',
      'age MAE',
      '… of the mean age',
      'gender right of the decided',
      'decided',
      'age withheld',
      'expression withheld',
      'left out by the gate',
      'more than one track',
    ],
    rows.map(({ name, figures }) => [
      name,
      shown(figures.ageBias, 1),
      shown(figures.ageError, 1),
      Number.isFinite(figures.ageErrorOfMean) ? figures.ageErrorOfMean.toFixed(1) : '–',
      two(figures.genderRight),
      two(figures.genderDecided),
      two(figures.ageWithheld),
      two(figures.expressionWithheld),
      rejections(figures),
      two(figures.split),
    ]),
  );
  return `${expression}\n\n${person}`;
};

export const talkTable = (rows: readonly TalkFigures[], auc: Estimate): string =>
  [
    table(
      [
        'talking',
        'clips',
        'frames',
        'told',
        `Happiness ≥ ${THRESHOLD}`,
        `≥ ${PEAK}`,
        `smoothed ≥ ${THRESHOLD}`,
        `smoothed ≥ ${PEAK}`,
        '4-second windows',
        `some frame ≥ ${PEAK}`,
        `2-second median ≥ ${PEAK}`,
      ],
      rows.map((row) => [
        row.kind,
        String(row.clips),
        String(row.frames),
        two(row.told),
        two(row.happy),
        two(row.peak),
        two(row.smoothedHappy),
        two(row.smoothedPeak),
        String(row.windows),
        two(row.windowPeak),
        two(row.windowMedian),
      ]),
    ),
    `AUC of laughing against calm talk, frame by frame: ${two(auc)}.`,
  ].join('\n\n');
