/** Languages in which the service speaks to people. */
export type AskedLanguage = 'ru' | 'en';

/** The one of our languages that an Accept-Language header likes best; English where it names neither. */
export const askedLanguage = (header: string | undefined): AskedLanguage => {
  let best: AskedLanguage = 'en';
  let bestWeight = 0;
  for (const part of (header ?? '').slice(0, 500).split(',')) {
    const [, language, weight = '1'] = /^\s*(ru|en)(?:-[\w-]+)?\s*(?:;\s*q=([\d.]+)\s*)?$/i.exec(part) ?? [];
    if (language === undefined || !(Number(weight) > bestWeight)) continue;
    best = language.toLowerCase() === 'ru' ? 'ru' : 'en';
    bestWeight = Number(weight);
  }
  return best;
};
