import type { Bilingual } from '../../../src/contracts/bilingual.js';

type Entry = readonly [ru: string, en: string];

/** One sentence: Russian, English. */
export type Entries = Readonly<Record<string, Entry>>;

/** A word of the glossary as an entry. */
export const both = ({ ru, en }: Bilingual): Entry => [ru, en];
