/** Width of a piece of text, in the unit of `limit`. */
export type Measure = (text: string) => number;

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
    if (measure(joined) <= limit) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    let rest = word;
    while (measure(rest) > limit && lines.length <= enough) {
      const head = fitting(rest, limit, measure);
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
  if (measure(text) <= limit) return text;
  let head = '';
  for (const { segment } of segmenter.segment(text)) {
    if (head !== '' && measure(head + segment) > limit) break;
    head += segment;
  }
  return head;
};
