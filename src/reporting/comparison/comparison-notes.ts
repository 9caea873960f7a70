import type { Bilingual } from '../../contracts/bilingual.js';
import { COMPARISON_WORDS } from '../../contracts/figures/comparison-words.js';
import type { Me1Report } from '../../contracts/figures/me1-schema.js';

const of = (period: Bilingual, { ru, en }: Bilingual): Bilingual => ({
  ru: `${period.ru}. ${ru}`,
  en: `${period.en}. ${en}`,
});

/** What the reader must know: what is said of both periods alike once, anything else with its period. */
export const comparisonNotes = (a: Pick<Me1Report, 'notes'>, b: Pick<Me1Report, 'notes'>): readonly Bilingual[] => {
  const has = (notes: readonly Bilingual[], note: Bilingual): boolean => notes.some(({ en }) => en === note.en);
  return [
    ...a.notes.map((note) => (has(b.notes, note) ? note : of(COMPARISON_WORDS.a, note))),
    ...b.notes.filter((note) => !has(a.notes, note)).map((note) => of(COMPARISON_WORDS.b, note)),
  ];
};
