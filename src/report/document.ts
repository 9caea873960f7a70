import type { Language } from '../contracts/language.js';

/**
 * A report ready to be written in any format: words are already in one language, figures are still exact. Report
 * models become documents (me1-document.ts and its kin), documents become files (render/).
 */
export interface ReportDocument {
  readonly lang: Language;
  /** IANA zone of every printed time. */
  readonly timeZone: string;
  /** Epoch ms UTC. */
  readonly generatedTs: number;
  readonly title: string;
  readonly subtitle: string;
  /** Parameters: period, streams, threshold and so on. */
  readonly facts: readonly Fact[];
  readonly sections: readonly Section[];
  /** Id of the table that CSV holds unless another is asked for; default: the first. */
  readonly csvTable?: string;
  /** Things the reader must know about this very report. */
  readonly notes: readonly string[];
  /** How to read the figures; the same for every report of the kind. */
  readonly footnotes: readonly string[];
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

export type Section = TableSection | ChartSection | ProseSection;

export interface TableSection {
  readonly kind: 'table';
  /** Stable name: CSV table choice, HTML id. */
  readonly id: string;
  readonly title: string;
  /** false: only in CSV and XLSX. */
  readonly printed: boolean;
  /** false: no sheet of its own in XLSX, where another table holds the same rows. */
  readonly inSheets?: boolean;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Shown instead of rows when there are none. */
  readonly emptyText: string;
}

export interface Row {
  readonly cells: readonly Cell[];
  /** A pooled row. */
  readonly total?: boolean;
}

export interface Column {
  /** Stable snake_case name, the CSV header. */
  readonly key: string;
  /** Printed header. */
  readonly header: string;
  /** Small second line under the printed header. */
  readonly gloss?: string;
  /** Header of the spreadsheet column. */
  readonly sheetHeader: string;
  /** One sentence on what the column means. */
  readonly about?: string;
  readonly format: ColumnFormat;
  /** A 95 % interval stands beside each figure. */
  readonly interval?: boolean;
  /** false: only in CSV and XLSX. */
  readonly printed?: boolean;
  /** Sentences that may take as many lines as they need; other words are cut after two. */
  readonly wraps?: boolean;
  /** Share of spare width this column may take; default 0. */
  readonly grow?: number;
}

type ColumnFormat = { readonly kind: 'text' } | TimeFormat | NumberFormat;

export interface TimeFormat {
  readonly kind: 'time';
  /** Whether the clock shows seconds, in every row alike; default false. */
  readonly seconds?: boolean;
}

export interface NumberFormat {
  readonly kind: 'number';
  readonly digits: number;
  readonly intervalDigits?: number;
  readonly signed?: boolean;
  /** Values the figure can take at all: the printed interval ends there, CSV and XLSX keep the exact ends. */
  readonly range?: readonly [least: number, most: number];
}

export type Cell =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly small?: string;
      /** Stable value for CSV where `text` is words of a language. */
      readonly code?: string;
    }
  | {
      readonly kind: 'number';
      readonly value: number | null;
      readonly low?: number | null;
      readonly high?: number | null;
      /** Where they differ from the column's. */
      readonly digits?: number;
    }
  /** Epoch ms UTC. */
  | { readonly kind: 'time'; readonly ts: number | null }
  /** Hidden for privacy: «<5», or «•» where a neighbour would give it away. */
  | { readonly kind: 'suppressed'; readonly text: string };

export interface ChartSection {
  readonly kind: 'charts';
  readonly title: string;
  readonly charts: readonly Chart[];
}

/** Lines over time; a null value or a bucket that is missing for long is a gap, never a zero. */
export interface Chart {
  readonly id: string;
  readonly title: string;
  /** `elapsed`: every time of the chart is counted from the start of a period, ms; default: moments, epoch ms UTC. */
  readonly axis?: 'elapsed';
  readonly fromTs: number;
  readonly toTs: number;
  readonly bucketMs: number;
  /** A line breaks off where its next point is further away, ms. */
  readonly breakMs: number;
  readonly digits: number;
  readonly series: readonly ChartSeries[];
}

export interface ChartSeries {
  readonly name: string;
  readonly points: readonly ChartPoint[];
}

export interface ChartPoint {
  /** Start of the bucket, epoch ms UTC, or ms on an axis of elapsed time. */
  readonly ts: number;
  readonly value: number | null;
}

/** A heading with a sentence that answers it and lesser lines below. */
export interface ProseSection {
  readonly kind: 'prose';
  readonly title: string;
  readonly lead: string;
  readonly lines: readonly string[];
}

/** Figure of a contract (value, low, high) as a cell, with digits of its own where the column's do not fit. */
export const figureCell = (
  { value, low, high }: { readonly value: number | null; readonly low: number | null; readonly high: number | null },
  digits?: number,
): Cell => ({ kind: 'number', value, low, high, ...(digits === undefined ? {} : { digits }) });

/** Plain number as a cell. */
export const numberCell = (value: number | null): Cell => ({ kind: 'number', value });

/** Words with the stable value behind them. */
export const codedCell = (code: string, text: string): Cell => ({ kind: 'text', text, code });

/** Text as a cell, with an optional small second line. */
export const textCell = (text: string, small?: string): Cell =>
  small === undefined ? { kind: 'text', text } : { kind: 'text', text, small };
