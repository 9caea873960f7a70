import jStat from 'jstat';

const TAIL = 0.025;

/**
 * The exact 95 % interval of the mean of a Poisson distribution of which `count` events, a whole number, were seen (Garwood
 * 1936): by quantiles of χ².
 */
export const poissonInterval = (count: number): readonly [low: number, high: number] => [
  count === 0 ? 0 : jStat.chisquare.inv(TAIL, 2 * count) / 2,
  jStat.chisquare.inv(1 - TAIL, 2 * count + 2) / 2,
];
