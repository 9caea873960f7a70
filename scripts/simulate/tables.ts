import { SIZES, type Cell } from './coverage.js';
import type { FalseVerdicts } from './verdicts.js';

const percent = (share: number): string => (100 * share).toFixed(1);

/** A Markdown table: a row for each figure, a column for each size, coverage in percent. */
export const coverageTable = (cells: readonly Cell[]): string => {
  const figures = [...new Set(cells.map(({ figure }) => figure))];
  const cellOf = (figure: string, n: number): string => {
    const found = cells.find((cell) => cell.figure === figure && cell.n === n);
    return found === undefined ? '' : percent(found.coverage);
  };
  return [
    `| figure | ${SIZES.map((n) => `n = ${n}`).join(' | ')} |`,
    `| --- | ${SIZES.map(() => '---:').join(' | ')} |`,
    ...figures.map((figure) => `| ${figure} | ${SIZES.map((n) => cellOf(figure, n)).join(' | ')} |`),
  ].join('\n');
};

/** A Markdown table: a row for each case, false verdicts in percent. */
export const verdictTable = (cases: readonly FalseVerdicts[]): string =>
  [
    '| case | false verdicts |',
    '| --- | ---: |',
    ...cases.map((one) => `| ${one.case} | ${percent(one.share)} |`),
  ].join('\n');
