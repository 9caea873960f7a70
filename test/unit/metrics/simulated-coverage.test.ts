import { describe, expect, it } from 'vitest';
import { simulate } from '../../../scripts/simulate/simulation.js';

/** Four standard errors of a share of 300 replications: 94 % may come out as 88.5 %, 6 % as 11.5 %. */
const REPLICATIONS = 300;
const slack = (share: number): number => 4 * Math.sqrt((share * (1 - share)) / REPLICATIONS);

describe('simulated shops, seed 20261128', () => {
  const { cells, falseVerdicts } = simulate(REPLICATIONS, 20261128);

  it('95 % intervals hold the truth in at least 94 % of every cell', () => {
    expect(cells.length).toBeGreaterThan(200);
    expect(cells.filter(({ coverage }) => coverage < 0.94 - slack(0.94))).toEqual([]);
  });

  it('nothing that does not differ is called higher or lower in more than 6 %', () => {
    expect(falseVerdicts.filter(({ share }) => share > 0.06 + slack(0.06))).toEqual([]);
  });
});
