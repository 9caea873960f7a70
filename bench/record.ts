import { writeFileSync } from 'node:fs';
import { ranOnLine, type RanOn } from './ran-on.js';

/** Figures of one kind; every cell as it is printed. */
export interface FigureTable {
  readonly id: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What one run of a bench measured. */
export interface BenchRecord {
  readonly bench: string;
  /** What it was told, such as `--samples 50000000`. */
  readonly options: string;
  readonly ranOn: RanOn;
  readonly tables: readonly FigureTable[];
}

/** A table in Markdown, its columns as wide as what is in them; the first one is of words. */
export const tableText = ({ columns, rows }: FigureTable): string => {
  const widths = columns.map((name, at) => Math.max(3, name.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, at) => (cells[at] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
};

/** Prints what was measured, and writes it down where `file` says. */
export const record = (measured: BenchRecord, file: string | undefined): void => {
  console.log(ranOnLine(measured.ranOn));
  for (const table of measured.tables) console.log(`\n${table.id}\n${tableText(table)}`);
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(measured, null, 2)}\n`);
};

/** Options that name a place on one machine. */
const PLACES = new Set(['--json', '--folder', '--file']);

/** The options of a run as they were given, without places on this machine. */
export const givenOptions = (): string => {
  const words = process.argv.slice(2);
  return words.filter((word, at) => !PLACES.has(word) && !PLACES.has(words[at - 1] ?? '')).join(' ');
};
