import { parseArgs } from 'node:util';
import { passingRates } from './passing-rates.js';

const { values } = parseArgs({
  options: { hours: { type: 'string', default: '200' }, seed: { type: 'string', default: '20261128' } },
});

const rows = ([1, 2] as const).map((cameras) => passingRates(cameras, Number(values.hours), Number(values.seed)));
console.log(JSON.stringify(rows, null, 1));
