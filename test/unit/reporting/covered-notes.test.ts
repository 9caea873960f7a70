import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.js';
import type { Covered } from '../../../src/contracts/cell.js';
import { coveredNotes } from '../../../src/reporting/notes/covered-notes.js';
import { LocalTime } from '../../../src/time/local-time.js';

const HOUR = 3_600_000;
const DAY = Date.UTC(2026, 10, 2);
const period = { fromTs: DAY, toTs: DAY + 24 * HOUR };
const sources = {
  localTime: new LocalTime('UTC'),
  config: () =>
    configSchema.parse({
      streams: [
        { id: 'hall', name: 'Зал', url: 'x', role: 'customer' },
        { id: 'staff', url: 'x', role: 'seller' },
      ],
    }),
};
const sellers: Covered = { streamId: 'staff', role: 'seller', ...period };
const visitors = (fromHour: number, toHour: number): Covered => ({
  ...{ streamId: 'hall', role: 'customer', fromTs: DAY + fromHour * HOUR, toTs: DAY + toHour * HOUR },
});
const told = (covered: readonly Covered[], role?: 'seller') =>
  coveredNotes(sources, { ...period, ...(role === undefined ? {} : { role }) }, covered, period.toTs + HOUR);

describe('which part of a period is answered', () => {
  it.each([[[]], [[sellers]]])('says that nothing is known of visitors yet: %j', (covered) => {
    expect(told(covered)).toEqual([
      {
        ru: 'За этот период ещё нет ни одного промежутка не менее чем с 5 посетителями: показатели появятся, когда он наберётся.',
        en: 'The period holds no interval with at least 5 visitors yet: figures appear when one is complete.',
      },
    ]);
  });

  it('says nothing where all is answered, of visitors or of the sellers who were asked for', () => {
    expect(told([visitors(0, 24), sellers])).toEqual([]);
    expect(told([sellers], 'seller')).toEqual([]);
  });

  it('names the part in the words of either language', () => {
    expect(told([visitors(9, 20)])).toEqual([
      {
        ru: 'Показатели составлены из целых промежутков не менее чем по 5 посетителей: Зал 02.11.2026 09:00 – 02.11.2026 20:00.',
        en: 'Figures are made of whole intervals with at least 5 visitors each: Зал 2 Nov 2026 09:00 – 2 Nov 2026 20:00.',
      },
    ]);
  });
});
