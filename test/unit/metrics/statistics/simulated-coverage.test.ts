import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../../scripts/simulate/coverage.js';
import { simulate, type Simulation } from '../../../../scripts/simulate/simulation.js';
import { STATISTICS_DOCS, STORED, withTables } from '../../../../scripts/simulate/stored-tables.js';

/** Four standard errors of a share of so many replications. */
const slackOf = (share: number, replications: number): number => 4 * Math.sqrt((share * (1 - share)) / replications);

const cellsOf = ({ cells, netResponseNull, netResponseContagion }: Simulation): readonly Cell[] => [
  ...cells,
  ...[...netResponseNull, ...netResponseContagion].flatMap(({ case: figure, coverage }) =>
    coverage.map((cell) => ({ figure, ...cell })),
  ),
];

const SEED = 20261128;
const REPLICATIONS = 300;

describe(`simulated shops, seed ${SEED}`, () => {
  const found = simulate({ seed: SEED, replications: REPLICATIONS, contacts: 80 });

  it('95 % intervals hold the truth in at least 94 % of every cell', () => {
    const cells = cellsOf(found);
    expect(cells.length).toBeGreaterThan(300);
    expect(cells.filter(({ coverage }) => coverage < 0.94 - slackOf(0.94, REPLICATIONS))).toEqual([]);
  });

  it('nothing that does not differ is called higher or lower in more than 6 %', () => {
    expect(found.falseVerdicts.filter(({ share }) => share > 0.06 + slackOf(0.06, REPLICATIONS))).toEqual([]);
  });

  it('the net response is about 0 where nobody answers and lies above it where half do', () => {
    expect(found.netResponseNull.length).toBeGreaterThan(10);
    for (const { netResponse } of found.netResponseNull) expect(Math.abs(netResponse.value ?? NaN)).toBeLessThan(0.2);
    for (const { netResponse } of found.netResponseContagion) expect(netResponse.low).toBeGreaterThan(0);
  });
});

describe('the stored simulation', () => {
  const stored = JSON.parse(readFileSync(STORED, 'utf8')) as Simulation;

  it('is a full one that keeps what the documents promise', () => {
    expect(stored.replications).toBeGreaterThanOrEqual(5000);
    expect(cellsOf(stored).filter(({ coverage }) => coverage < 0.94)).toEqual([]);
    expect(stored.falseVerdicts.filter(({ share }) => share > 0.06)).toEqual([]);
    for (const { netResponse } of stored.netResponseNull) {
      expect(netResponse.low).toBeLessThanOrEqual(0);
      expect(netResponse.high).toBeGreaterThanOrEqual(0);
    }
  });

  it.each(STATISTICS_DOCS)('is what the tables of $path say', async ({ path, language }) => {
    const text = readFileSync(path, 'utf8');
    expect(await withTables(text, stored, language)).toBe(text);
  });
});
