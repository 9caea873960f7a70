import { parseArgs } from 'node:util';
import { simulate } from './simulation.js';
import { coverageTable, verdictTable } from './tables.js';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    seed: { type: 'string', default: '20261128' },
    replications: { type: 'string' },
  },
});

const replications = Number(values.replications ?? (values.quick ? 300 : 5000));
const found = { ...simulate(replications, Number(values.seed)), netResponseNull: [] };
if (values.json) console.log(JSON.stringify(found));
else console.log(`${coverageTable(found.cells)}\n\n${verdictTable(found.falseVerdicts)}`);
