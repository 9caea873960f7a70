import { type ImportMapping, importMapping } from '../../../src/contracts/service/import-mapping.js';
import { type ImportPlan, planImport } from '../../../src/imports/import-plan.js';
import type { ImportSite } from '../../../src/imports/import-site.js';
import { LocalTime } from '../../../src/time/local-time.js';

export const site = (timeZone = 'Europe/Moscow'): ImportSite => ({
  siteId: 'shop',
  places: [{ id: 'till', name: 'Касса' }],
  streams: [],
  employees: [],
  zone: new LocalTime(timeZone),
  now: Date.UTC(2026, 10, 30),
});

export const plan = (bytes: Uint8Array | string, mapping: Partial<ImportMapping> = {}, at = site()): ImportPlan =>
  planImport(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, importMapping.parse(mapping), at);

/** What facts say, short: local hour, counter, number. */
export const told = ({ facts }: ImportPlan): string[] =>
  facts.map(({ fact }) => {
    const moscow = new Date(fact.ts + 3 * 3_600_000).toISOString().slice(0, 16);
    return `${moscow} ${fact.counter} ${fact.kind === 'count' ? fact.n : fact.value}`;
  });

/** Cyrillic in the one-byte encoding of Windows. */
export const cp1251 = (text: string): Buffer =>
  Buffer.from(
    Array.from(text).map((letter) => {
      const code = letter.charCodeAt(0);
      if (code < 128) return code;
      if (code === 0xa0) return 0xa0;
      if (letter === 'ё') return 0xb8;
      if (letter === '«') return 0xab;
      if (letter === '»') return 0xbb;
      if (letter === '№') return 0xb9;
      return code - 0x410 + 0xc0;
    }),
  );
