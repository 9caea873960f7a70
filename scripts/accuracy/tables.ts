import type { Estimate } from './intervals.js';

/** A Markdown table. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** `0.873 [0.841, 0.899]`, or a dash where nothing was measured. */
export const shown = ({ value, low, high }: Estimate, digits = 3): string => {
  if (!Number.isFinite(value)) return '–';
  if (!Number.isFinite(low)) return value.toFixed(digits);
  return `${value.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
};
