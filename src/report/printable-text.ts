/** Halves of a UTF-16 pair, which no file format can hold. */
export const LONE_SURROGATE = /\p{Surrogate}/gu;

// Bidirectional overrides reorder what surrounds them: a stream named with one could make a table lie.
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
// C0 (with escape sequences), C1, separators and what XML 1.0 forbids.
// eslint-disable-next-line no-control-regex -- these are the characters to remove
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]+/gu;

/** Text from people (names, addresses) safe to print on one line: no control or bidi characters, no broken surrogates. */
export const printable = (text: string): string =>
  text.replaceAll(LONE_SURROGATE, '\ufffd').replaceAll(BIDI, '').replaceAll(CONTROL, ' ').trim();

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Text cut to at most `limit` graphemes, with «…» in place of what was cut. */
export const shorten = (text: string, limit: number): string => {
  if (text.length <= limit) return text;
  const parts: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    if (parts.length === limit)
      return `${parts
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`;
    parts.push(segment);
  }
  return text;
};

const WIDE =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}])/u;
const INVISIBLE = /^[\p{Mark}\u200b-\u200d]+$/u;

/** Columns the text takes on a terminal: 2 for wide characters, 0 for combining ones. */
export const displayWidth = (text: string): number => {
  let width = 0;
  for (const { segment } of segmenter.segment(text)) {
    if (!INVISIBLE.test(segment)) width += WIDE.test(segment) ? 2 : 1;
  }
  return width;
};
