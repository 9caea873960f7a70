import { EMOTIONS, type Emotion, type EmotionScores } from '../../src/contracts/emotion.js';
import { areaUnderCurve, bootstrapped, share, type Estimate } from './intervals.js';
import { shown, table } from './tables.js';

/** One labelled face and what was measured; `scores` null: no face was found. */
export interface ExpressionCase {
  readonly person: string;
  readonly label: Emotion;
  readonly scores: EmotionScores | null;
}

interface Measured extends ExpressionCase {
  readonly scores: EmotionScores;
}

/** Bins of a reliability curve. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean stated probability, 0–1. */
  readonly stated: number;
  /** Share that was so, 0–1. */
  readonly observed: number;
}

const strongest = (scores: EmotionScores): Emotion =>
  EMOTIONS.reduce((best, name) => (scores[name] > scores[best] ? name : best));

const accuracy = (cases: readonly Measured[]): number =>
  cases.filter(({ scores, label }) => strongest(scores) === label).length / cases.length;

const recall = (cases: readonly Measured[], emotion: Emotion): number => {
  const own = cases.filter(({ label }) => label === emotion);
  return own.length === 0 ? Number.NaN : accuracy(own);
};

const meanRecall = (cases: readonly Measured[], over: readonly Emotion[]): number => {
  const recalls = over.map((name) => recall(cases, name)).filter(Number.isFinite);
  return recalls.reduce((sum, value) => sum + value, 0) / recalls.length;
};

const happinessAuc = (cases: readonly Measured[]): number =>
  areaUnderCurve(cases.map(({ scores, label }) => ({ score: scores.happiness, positive: label === 'happiness' })));

/** Stated against observed in ten equal bins of the stated probability. */
export const reliability = (
  pairs: readonly { readonly stated: number; readonly happened: boolean }[],
  bins = 10,
): ReliabilityBin[] =>
  Array.from({ length: bins }, (_, bin) => {
    const from = bin / bins;
    const to = (bin + 1) / bins;
    const inside = pairs.filter(({ stated }) => stated >= from && (stated < to || (bin === bins - 1 && stated <= 1)));
    const count = inside.length;
    return {
      from,
      to,
      count,
      stated: inside.reduce((sum, { stated }) => sum + stated, 0) / count,
      observed: inside.filter(({ happened }) => happened).length / count,
    };
  });

/** Expected calibration error: the bins' mean gap between stated and observed, weighted by their counts. */
export const calibrationError = (bins: readonly ReliabilityBin[]): number => {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  return (
    bins.reduce(
      (sum, { count, stated, observed }) => (count === 0 ? sum : sum + count * Math.abs(stated - observed)),
      0,
    ) / total
  );
};

/** The figures of one set. */
export interface ExpressionFigures {
  readonly found: Estimate;
  readonly accuracy: Estimate;
  readonly meanRecall: Estimate;
  readonly meanRecallWithoutFear: Estimate;
  readonly happinessAuc: Estimate;
  readonly recalls: Readonly<Record<Emotion, Estimate>>;
  readonly happinessError: number;
  readonly confidenceError: number;
}

/** Figures of one set, each with its 95 % interval over persons. */
export const expressionFigures = (cases: readonly ExpressionCase[]): ExpressionFigures => {
  const measured = cases.filter((one): one is Measured => one.scores !== null);
  const present = EMOTIONS.filter((name) => measured.some(({ label }) => label === name));
  const over = (statistic: (items: readonly Measured[]) => number): Estimate =>
    bootstrapped(measured, ({ person }) => person, statistic);
  const recalls = Object.fromEntries(
    EMOTIONS.map((name) => {
      const own = measured.filter(({ label }) => label === name);
      return [name, share(own.filter(({ scores }) => strongest(scores) === name).length, own.length)];
    }),
  ) as Record<Emotion, Estimate>;
  return {
    found: share(measured.length, cases.length),
    accuracy: over(accuracy),
    meanRecall: over((items) => meanRecall(items, present)),
    meanRecallWithoutFear: over((items) =>
      meanRecall(
        items,
        present.filter((name) => name !== 'fear'),
      ),
    ),
    happinessAuc: over(happinessAuc),
    recalls,
    happinessError: calibrationError(happinessBins(measured)),
    confidenceError: calibrationError(
      reliability(
        measured.map(({ scores, label }) => ({
          stated: scores[strongest(scores)] / 100,
          happened: strongest(scores) === label,
        })),
      ),
    ),
  };
};

const happinessBins = (measured: readonly Measured[]): ReliabilityBin[] =>
  reliability(
    measured.map(({ scores, label }) => ({ stated: scores.happiness / 100, happened: label === 'happiness' })),
  );

/** The set's section in Markdown: figures, confusion matrix, reliability of Happiness. */
export const expressionSection = (set: string, cases: readonly ExpressionCase[]): string => {
  const measured = cases.filter((one): one is Measured => one.scores !== null);
  const figures = expressionFigures(cases);
  const rows = EMOTIONS.filter((name) => cases.some(({ label }) => label === name)).map((truth) => {
    const own = measured.filter(({ label }) => label === truth);
    const counts = EMOTIONS.map((said) => String(own.filter(({ scores }) => strongest(scores) === said).length));
    return [`**${truth}**`, ...counts, String(own.length), shown(figures.recalls[truth], 2)];
  });
  const bins = happinessBins(measured)
    .filter(({ count }) => count > 0)
    .map(({ from, to, count, stated, observed }) => [
      `${Math.round(from * 100)}–${Math.round(to * 100)}`,
      String(count),
      (100 * stated).toFixed(1),
      (100 * observed).toFixed(1),
    ]);
  return [
    `## Expression: ${set}`,
    table(
      [
        'faces',
        'found',
        'accuracy',
        'mean recall',
        'mean recall without fear',
        'AUC of happiness',
        'ECE of happiness',
        'ECE of the answer',
      ],
      [
        [
          String(cases.length),
          shown(figures.found),
          shown(figures.accuracy),
          shown(figures.meanRecall),
          shown(figures.meanRecallWithoutFear),
          shown(figures.happinessAuc),
          figures.happinessError.toFixed(3),
          figures.confidenceError.toFixed(3),
        ],
      ],
    ),
    'Confusion (rows: label, columns: strongest expression measured):',
    table(['', ...EMOTIONS, 'faces', 'recall'], rows),
    'Reliability of Happiness (stated percent against the share labelled happy):',
    table(['Happiness', 'faces', 'mean stated', 'observed %'], bins),
  ].join('\n\n');
};
