/** Width of a piece of text, in the unit of `limit`. */
export type Measure = (text: string) => number;

/** No line holds a longer word, and shaping one only to learn that is slow. */
const LONG_WORD = 400;

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Text broken at spaces into lines no wider than `limit`; a word too long for a line is broken inside. What does not
 * fit into `maxLines` ends in «…».
 */
export const textLines = (
  text: string,
  limit: number,
  measure: Measure,
  maxLines = Number.POSITIVE_INFINITY,
): string[] => {
  const lines: string[] = [];
  for (const paragraph of text.split('\n'))
    lines.push(...paragraphLines(paragraph, limit, measure, maxLines - lines.length + 1));
  if (lines.length <= maxLines) return lines;
  const last = lines.slice(0, maxLines);
  const end = last.pop() ?? '';
  return [...last, `${fitting(end, limit - measure('…'), measure).trimEnd()}…`];
};

const paragraphLines = (text: string, limit: number, measure: Measure, enough: number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (word.length <= LONG_WORD && measure(joined) <= limit) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    let rest = word;
    while (lines.length <= enough) {
      const head = fitting(rest, limit, measure);
      if (head === rest) break;
      lines.push(head);
      rest = rest.slice(head.length);
    }
    line = rest;
    if (lines.length > enough) break;
  }
  return [...lines, line];
};

/** The longest start of the text that fits; at least one grapheme. */
const fitting = (text: string, limit: number, measure: Measure): string => {
  // Measured grapheme by grapheme: measuring every prefix would cost the square of a long name.
  const head: string[] = [];
  let width = 0;
  for (const { segment } of segmenter.segment(text)) {
    width += measure(segment);
    if (head.length > 0 && width > limit) break;
    head.push(segment);
  }
  // Joined letters may be wider together than apart.
  while (head.length > 1 && measure(head.join('')) > limit) head.pop();
  return head.join('');
};
