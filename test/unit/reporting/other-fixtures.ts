import type { Bilingual } from '../../../src/contracts/bilingual.js';
import { COMPARED } from '../../../src/contracts/figures/comparison.js';
import type { ComparisonLine, ComparisonReport } from '../../../src/contracts/figures/comparison-schema.js';
import type { Contact, PeakVerdict } from '../../../src/contracts/contact.js';
import type { ContactsReport } from '../../../src/contracts/figures/contacts-schema.js';
import { EMOTIONS } from '../../../src/contracts/emotion.js';
import type { Figure, Unit } from '../../../src/contracts/figure.js';
import { AGE_BUCKETS } from '../../../src/contracts/me1.js';
import type { QuestionFigure, QuestionsReport } from '../../../src/contracts/figures/questions-schema.js';
import { GENDERS } from '../../../src/contracts/figures/gender.js';
import type { CrossTabCell, VisitorsReport, VisitorsRow } from '../../../src/contracts/figures/visitors-schema.js';
import { comparisonNotes } from '../../../src/reporting/comparison/comparison-notes.js';
import { syntheticReport } from './me1-fixture.js';

const fig = (value: number | null, low: number | null = null, high: number | null = null): Figure => ({
  value,
  low,
  high,
});
const both = (ru: string, en: string): Bilingual => ({ ru, en });
const PERIOD = {
  fromTs: Date.UTC(2026, 9, 31, 21),
  toTs: Date.UTC(2026, 10, 7, 21),
  timeZone: 'Europe/Moscow',
  generatedTs: Date.UTC(2026, 10, 8, 6),
};
const question = (key: string, label: Bilingual, unit: Unit, figure: Figure, basis: number | null): QuestionFigure => ({
  key,
  label,
  unit,
  figure,
  basis,
});

/** Two made-up days with closed nights between, one figure higher, one of too few, the others unproven or not judged. */
export const comparisonReport = (): ComparisonReport => {
  const [a, b] = [2, 3].map((days) => syntheticReport({ names: ['Вход'], days, bucketMs: 3_600_000 }));
  if (a === undefined || b === undefined) throw new Error('two reports');
  const lineOf = (key: ComparisonLine['key'], index: number): ComparisonLine => {
    const isJudged = !['smileIndex', 'utilization', 'visitors', 'samples'].includes(key);
    const short = key === 'fear' ? { unit: 'visitors' as const, has: 7, needs: 10 } : null;
    const code = index === 0 ? 'higher' : short === null ? 'unproven' : 'too-few';
    const judged = {
      test: 'welch' as const,
      n: 812,
      against: 733,
      p: 0.0123,
      pAdjusted: short === null ? 0.0456 : null,
    };
    return {
      key,
      a: fig(20 + index, 18, 22.25),
      b: fig(21 + index, 19, 23.125),
      difference: fig(1, index === 0 ? 0.25 : -0.5, 2.5),
      judgement: isJudged ? { code, ...judged, short } : null,
    };
  };
  const second = { ...b, notes: [...b.notes, both('Только о Б.', 'Of B alone.')] };
  return { a, b: second, lines: COMPARED.map(lineOf), notes: comparisonNotes(a, second) };
};

/** A made-up week of answers, with one hidden figure and one unanswered question. */
export const questionsReport = (): QuestionsReport => ({
  ...PERIOD,
  threshold: 20,
  notes: [],
  answers: [
    {
      id: 'sellers-smile',
      question: both('Наши продавцы улыбаются покупателям?', 'Do our sellers smile at customers?'),
      answer: both(
        'Да: в 72 % контактов продавец улыбнулся хотя бы раз.',
        'Yes: in 72 % of contacts the seller smiled at least once.',
      ),
      verdict: 'yes',
      figures: [
        question(
          'smiled',
          both('Доля контактов с улыбкой продавца', 'Share of contacts with a seller’s smile'),
          'share',
          fig(0.7213, 0.641, 0.789),
          122,
        ),
        question(
          'smile-index',
          both('Smile-Index продавцов во время контактов', 'Sellers’ Smile-Index during contacts'),
          'rate',
          fig(0.3812, 0.33, 0.43),
          122,
        ),
      ],
      table: {
        title: both('По часам', 'By hour'),
        rows: [9, 10, 11, 12].map((hour) => ({
          key: String(hour),
          label: both(`${hour}:00`, `${hour}:00`),
          figures: [
            question(
              'smiled',
              both('Контакты с улыбкой', 'Contacts with a smile'),
              'share',
              hour === 9 ? fig(null) : fig(0.6 + hour / 100, 0.5, 0.8),
              hour === 9 ? null : 12 + hour,
            ),
            question('latency', both('Отклик', 'Latency'), 'ms', fig(600 + hour, 500, 800), 30),
          ],
        })),
      },
    },
    {
      id: 'exit-over-entrance',
      question: both(
        'Эмоциональный фон на выходе выше, чем на входе?',
        'Is the emotional background at the exit higher than at the entrance?',
      ),
      answer: both(
        'На выходе выше: Smile-Index больше на 0,39 (0,12–0,66).',
        'Higher at the exit: Smile-Index is 0.39 (0.12–0.66) above.',
      ),
      verdict: 'yes',
      figures: [
        question(
          'difference',
          both('Разность Smile-Index', 'Difference of Smile-Index'),
          'index',
          fig(0.39, 0.12, 0.66),
          44,
        ),
      ],
      table: null,
    },
    {
      id: 'smile-back',
      question: both(
        'Покупатели улыбаются в ответ на улыбку продавца?',
        'Do customers smile back at a seller’s smile?',
      ),
      answer: both('Ответить не на чем: контактов не было.', 'Nothing to answer from: there were no contacts.'),
      verdict: null,
      figures: [],
      table: null,
    },
  ],
});

const contact = (index: number, verdict: PeakVerdict | null): Contact => {
  const startTs = PERIOD.fromTs + 36_000_000 + index * 97_000;
  return {
    id: `c${index}`,
    pointId: index % 3 === 0 ? 'till-2' : 'till-1',
    startTs,
    endTs: startTs + 14_300 + (index % 7) * 3100,
    sellerPresent: index % 9 !== 8,
    rule: 'answer',
    qualified: verdict !== null,
    verdict,
    answerByChance: verdict === null ? null : 0.1,
    peakVerdict: verdict,
    reason:
      verdict === 'happy'
        ? both(
            'счастье поднялось с 9 до 73 через 0,6 с после улыбки продавца',
            'happiness rose from 9 to 73 at 0.6 s after the seller’s smile',
          )
        : both('улыбки продавца не было', 'the seller did not smile'),
    smiles:
      verdict === null
        ? []
        : [
            {
              startTs,
              onsetTs: startTs,
              endTs: startTs + 1,
              measuredShare: 1,
              measuredBefore: 1,
              qualified: true,
              verdict,
              before: 9,
              peak: 73,
              peakDelayMs: 600,
              latencyMs: 612,
              displeasureGrowth: -40,
            },
          ],
    bursts: index % 4 === 0 ? [{ kind: 'positive', startTs, endTs: startTs + 900, rise: 41 }] : [],
    baselineHappiness: 8.2,
    riseOverBaseline: verdict === 'happy' ? 64.8 : null,
    latencyMs: verdict === 'happy' ? 612 : null,
    crossLag: verdict === null ? null : { r: 0.71, lagMs: 480, pValue: 0.012 },
    curve: [],
  };
};

/** `count` made-up contacts at two points. */
export const contactsReport = (count: number): ContactsReport => {
  const verdicts = ['happy', 'indifferent', 'happy', null, 'unhappy'] as const;
  return {
    ...PERIOD,
    notes: [],
    points: ['till-1', 'till-2'].map((pointId, index) => ({
      pointId,
      contacts: 84 - 40 * index,
      qualified: 60 - 30 * index,
      happy: 34 - 20 * index,
      unhappy: 9,
      indifferent: 17,
      already: 8,
      former: 0,
      value: index === 0 ? 25 / 60 : -0.1,
      low: index === 0 ? 0.24 : -0.42,
      high: index === 0 ? 0.57 : 0.2,
      netResponse: { ...fig(0.31, 0.19, 0.43), basis: 52, answered: 0.55, byChance: 0.24 },
      sellerSmiled: 66 - 30 * index,
      peak: null,
      positiveBursts: 51,
      negativeBursts: 12,
      cValue: fig(0.464, 0.3, 0.63),
      positivePerContact: fig(0.61, 0.5, 0.7),
      negativePerContact: fig(0.14, 0.1, 0.2),
      positivePerMinute: fig(2.1, 1.7, 2.5),
      negativePerMinute: fig(0.5, 0.3, 0.7),
      medianLatencyMs: fig(612, 540, 700),
      medianRise: fig(44.1, 39, 50),
      correlationTested: 58,
      correlationSignificant: 31,
      contagionShare: fig(0.52, 0.4, 0.64),
    })),
    contacts: Array.from({ length: count }, (_, index) => contact(index, verdicts[index % 5] ?? null)),
  };
};

/** Visitors of two streams, one hidden as too small, with a cross-tab that has both kinds of hidden cells. */
export const visitorsReport = (): VisitorsReport => {
  const row = (streamId: string | null, name: string, visitors: number | null): VisitorsRow => {
    const shown = (value: number, half: number): Figure =>
      visitors === null ? fig(null) : fig(value, value - half, value + half);
    return {
      streamId,
      name,
      role: streamId === null ? null : 'entrance',
      visitors,
      meanDwellMs: shown(8412, 700),
      medianDwellMs: shown(6900, 800),
      meanAttentionMs: shown(2140, 300),
      lookedShare: shown(0.61, 0.05),
      meanGlances: shown(1.7, 0.2),
      malePercent: shown(43.2, 6),
      meanAgeYears: shown(34.7, 1.9),
      mood: shown(54.1, 2.2),
    };
  };
  const ages = [...AGE_BUCKETS, 'undetermined', 'all'] as const;
  const cells = [...GENDERS, 'all' as const].flatMap((gender, g) =>
    ages.flatMap((age, a) =>
      [...EMOTIONS, 'all' as const].map((emotion, e): CrossTabCell => {
        const visitors = gender === 'undetermined' ? 0 : (g + 2) * (a + 1) * (8 - e) - 7;
        const hidden = visitors > 0 && visitors < 5 ? 'small' : visitors === 11 ? 'complement' : null;
        return { gender, age, emotion, visitors: hidden === null ? Math.max(0, visitors) : null, hidden };
      }),
    ),
  );
  return {
    ...PERIOD,
    kAnonymity: 5,
    rows: [row('entrance', 'Вход', 812), row('side', 'Боковой вход', null)],
    total: row(null, '', 815),
    crossTab: { kAnonymity: 5, minorsAge: 18, cells },
    served: 128,
    notes: [],
  };
};
