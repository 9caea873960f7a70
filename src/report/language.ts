/** Languages of everything printed. */
export const LANGS = ['ru', 'en'] as const;
export type Lang = (typeof LANGS)[number];
