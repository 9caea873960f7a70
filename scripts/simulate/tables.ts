import { SIZES, type Cell } from './coverage.js';
import type { NetResponseCell } from './net-response.js';
import type { FalseVerdicts } from './verdicts.js';
import type { Word } from './words.js';

const percent = (share: number): string => (100 * share).toFixed(1);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

const SIZE_HEADS = SIZES.map((n) => `n = ${n}`);

const atSizes = (cells: readonly Pick<Cell, 'n' | 'coverage'>[]): string[] =>
  SIZES.map((n) => {
    const found = cells.find((cell) => cell.n === n);
    return found === undefined ? '' : percent(found.coverage);
  });

/** A row for each figure, a column for each size, coverage in percent. */
export const coverageTable = (cells: readonly Cell[], word: Word): string => {
  const figures = [...new Set(cells.map(({ figure }) => figure))];
  return table(
    [word('figure'), ...SIZE_HEADS],
    figures.map((figure) => [word(figure), ...atSizes(cells.filter((cell) => cell.figure === figure))]),
  );
};

/** A row for each case, false verdicts in percent. */
export const verdictTable = (cases: readonly FalseVerdicts[], word: Word): string =>
  table(
    [word('case'), word('false verdicts')],
    cases.map((one) => [word(one.case), percent(one.share)]),
  );

const number = (value: number | null): string => (value === null ? '–' : value.toFixed(3).replace('-', '−'));

/** A row for each kind of contacts: the net response with its interval, the literal reading, coverage in percent. */
export const netResponseTable = (cells: readonly NetResponseCell[], word: Word): string =>
  table(
    [word('contacts'), word('qualified'), word('net response'), word('literal reading'), ...SIZE_HEADS],
    cells.map(({ case: name, qualified, netResponse: { value, low, high }, literal, coverage }) => [
      word(name),
      String(qualified),
      `${number(value)} (${number(low)}…${number(high)})`,
      number(literal),
      ...atSizes(coverage),
    ]),
  );
