import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { simulate } from './simulation.js';
import { STORED, tablesOf, writeTables } from './stored-tables.js';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    seed: { type: 'string', default: '20261128' },
    replications: { type: 'string' },
  },
});

const found = simulate({
  seed: Number(values.seed),
  replications: Number(values.replications ?? (values.quick ? 300 : 5000)),
  contacts: values.quick ? 120 : 3000,
});
if (values.json) console.log(JSON.stringify(found));
else console.log(Object.values(tablesOf(found, 'en')).join('\n\n'));

if (values.write) {
  writeFileSync(STORED, `${JSON.stringify(found)}\n`);
  await writeTables(found);
}
