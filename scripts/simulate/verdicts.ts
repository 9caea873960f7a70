import type { Judgement } from '../../src/contracts/figures/figure-schema.js';
import type { Me1Aggregate } from '../../src/contracts/me1.js';
import { emptyAggregate } from '../../src/metrics/faces/me1/me1-aggregate.js';
import { exitOverEntrance } from '../../src/metrics/questions/exit-over-entrance.js';
import { LocalTime } from '../../src/time/local-time.js';
import { differenceOf, type Side } from '../../src/metrics/statistics/difference.js';
import { MOOD, SHARE } from '../../src/metrics/statistics/ends.js';
import { judge, judgeAll, type Question } from '../../src/metrics/statistics/judge.js';
import type { Ends } from '../../src/metrics/statistics/moments.js';
import { seededRandom } from '../../src/metrics/statistics/random.js';
import { daysTogether, differentDays, sumsOfDays } from './days.js';
import { draw, times, type Random } from './draws.js';
import { momentsBy, RATIOS, type RatioOf } from './ratios.js';
import { population, type SimulatedVisitor } from './visitors.js';

/** A comparison of what does not differ; `judgements` are those that would be shown together. */
interface NullCase {
  readonly name: string;
  readonly judgements: (random: Random) => readonly Judgement[];
}

export interface FalseVerdicts {
  readonly case: string;
  /** Share of the replications with at least one «выше» or «ниже». */
  readonly share: number;
}

const POPULATION = 20_000;
const localTime = new LocalTime('UTC');

const KINDS: readonly { readonly name: string; readonly ratioOf: RatioOf<SimulatedVisitor>; readonly ends: Ends }[] = [
  { name: 'person', ratioOf: RATIOS.person, ends: SHARE },
  { name: 'mood', ratioOf: RATIOS.mood, ends: MOOD },
  { name: 'male', ratioOf: RATIOS.male, ends: SHARE },
];

const questionOf = (a: Side, b: Side, ends: Ends): Question => {
  const { figure, p } = differenceOf(a, b, ends);
  return { test: 'welch', n: a.moments.m, against: b.moments.m, p, direction: figure.value ?? 0 };
};

/** Two groups of visitors of the same kind. */
const sizeCases = (random: Random): NullCase[] => {
  const all = population(random, POPULATION);
  const sizes = [
    [3, 50],
    [5, 50],
    [10, 50],
    [50, 50],
    [10, 200],
    [200, 200],
  ] as const;
  return KINDS.flatMap(({ name, ratioOf, ends }) =>
    sizes.map(([a, b]) => ({
      name: `${name}, ${a} against ${b} visitors`,
      judgements: (source: Random) => {
        const side = (n: number): Side => ({ moments: momentsBy(draw(source, all, n), ratioOf) });
        return [judge(questionOf(side(a), side(b), ends))];
      },
    })),
  );
};

/** The sums of one door's day that question 4 rests on. */
const doorOf = (role: 'exit' | 'entrance', came: readonly SimulatedVisitor[]): Me1Aggregate => {
  const empty = emptyAggregate(role, role);
  const ratios = {
    ...empty.clusters.ratios,
    person: momentsBy(came, RATIOS.person),
    mood: momentsBy(came, RATIOS.mood),
    face: momentsBy(came, RATIOS.face),
    frame: momentsBy(came, RATIOS.frame),
  };
  return { ...empty, clusters: { tracks: came.length, ratios } };
};

/** Equal smiling where the exit's camera holds twice as many faces in a frame as the entrance's, put to question 4. */
const crowdCases = (random: Random): NullCase[] => {
  const quiet = population(random, POPULATION, { faces: 1.1 });
  const crowded = population(random, POPULATION, { faces: 2.3 });
  return [20, 60, 200].map((n) => ({
    name: `question 4, 1.1 against 2.3 faces in a frame, ${n} visitors`,
    judgements: (source) => {
      const aggregates = [doorOf('entrance', draw(source, quiet, n)), doorOf('exit', draw(source, crowded, n))];
      return exitOverEntrance({ aggregates, localTime }).figures.flatMap(({ judgement }) => judgement ?? []);
    },
  }));
};

/** Periods whose days differ, but not the one period from the other. */
const dayCases = (random: Random): NullCase[] => {
  const days = differentDays(random, 40);
  return KINDS.slice(0, 2).flatMap(({ name, ratioOf, ends }) => {
    const sums = sumsOfDays(days, ratioOf);
    return [5, 7, 14, 30].map((count) => ({
      name: `${name}, ${count} against ${count} days that differ`,
      judgements: (source: Random) => {
        const side = (): Side => daysTogether(draw(source, sums, count));
        return [judge(questionOf(side(), side(), ends))];
      },
    }));
  });
};

/** Twelve hours, each against all others: at least one wrong verdict in the table. */
const tableCases = (random: Random): NullCase[] => {
  const all = population(random, POPULATION);
  return [10, 40].map((n) => ({
    name: `person, table of 12 hours of ${n} visitors against 200`,
    judgements: (source) => {
      const side = (size: number): Side => ({ moments: momentsBy(draw(source, all, size), RATIOS.person) });
      return judgeAll(times(12, () => questionOf(side(n), side(200), SHARE)));
    },
  }));
};

export const nullCases = (random: Random): NullCase[] => [
  ...sizeCases(random),
  ...crowdCases(random),
  ...dayCases(random),
  ...tableCases(random),
];

/** How often a comparison of what does not differ ends in a verdict. */
export const falseVerdictsOf = (nullCase: NullCase, replications: number, seed: number): FalseVerdicts => {
  const random = seededRandom(seed);
  let wrong = 0;
  for (let i = 0; i < replications; i += 1) {
    if (nullCase.judgements(random).some(({ code }) => code === 'higher' || code === 'lower')) wrong += 1;
  }
  return { case: nullCase.name, share: wrong / replications };
};
