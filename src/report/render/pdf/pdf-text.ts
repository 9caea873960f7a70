// Zero-width characters get a width of their own in the file and would push the rest of a line out of its column.
const ZERO_WIDTH = /[\u00ad\u200b\u200c\u2060-\u2064]|\u200d|[\ufe00-\ufe0f]/gu;
/** What the embedded font draws. */
const DRAWN =
  /^[\u0020-\u07ff\u0e80-\u0eff\u10a0-\u10ff\u1e00-\u2bff\u2c60-\u2dff\ua640-\ua7ff\ufb00-\ufb4f\ufe70-\ufefc\ufffd]+$/u;
const UNKNOWN = '□';

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Text with one box for each character that the embedded font cannot draw (emoji, Chinese and so on). */
export const drawable = (text: string): string => {
  if (DRAWN.test(text) && text.search(ZERO_WIDTH) < 0) return text;
  let drawn = '';
  for (const { segment } of segmenter.segment(text)) {
    const rest = segment.replaceAll(ZERO_WIDTH, '');
    if (rest !== '') drawn += DRAWN.test(rest) ? rest : UNKNOWN;
  }
  return drawn;
};
