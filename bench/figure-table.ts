/** One column of a table of figures: its heading with the unit, and the digits after the point. */
export interface Column<Row> {
  readonly heading: string;
  readonly digits: number;
  /** null: not measured. */
  readonly read: (row: Row) => number | null;
}

const cell = (value: number | null, digits: number): string => (value === null ? '—' : value.toFixed(digits));

/** A line of headings or figures for a terminal, each as wide as its heading. */
export const headingLine = <Row>(columns: readonly Column<Row>[]): string =>
  columns.map(({ heading }) => heading.padStart(6)).join('  ');

export const figureLine = <Row>(columns: readonly Column<Row>[], row: Row): string =>
  columns.map(({ heading, digits, read }) => cell(read(row), digits).padStart(Math.max(6, heading.length))).join('  ');

/** The whole as a Markdown table. */
export const markdownTable = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ heading }) => heading)),
    line(columns.map(() => '---:')),
    ...rows.map((row) => line(columns.map(({ digits, read }) => cell(read(row), digits)))),
  ].join('\n');
};
