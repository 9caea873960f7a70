import { expect, it } from 'vitest';
import { passingRates } from '../../../../scripts/simulate/passing-rates.js';

it.each([
  { cameras: 1, mostCounted: 0.15 },
  { cameras: 2, mostCounted: 0.3 },
] as const)(
  'sellers who walk past make few contacts and cost hardly any customer, with $cameras camera(s)',
  ({ cameras, mostCounted }) => {
    const { passes, counted, customers, lost } = passingRates(cameras, 4, 20_261_128);
    expect(passes).toBeGreaterThan(15);
    expect(counted).toBeLessThanOrEqual(mostCounted * passes);
    expect(customers).toBeGreaterThan(100);
    expect(lost).toBeLessThanOrEqual(0.02 * customers);
  },
  60_000,
);
