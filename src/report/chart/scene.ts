/** A drawing in points, origin top left, that SVG and PDF both can draw. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

export type Tone = 'grid' | 'axis' | 'muted' | 'ink';

export type Mark =
  | {
      readonly kind: 'line';
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
      readonly tone: Tone;
    }
  /** SVG path data of series number `series`. */
  | { readonly kind: 'path'; readonly d: string; readonly series: number }
  | { readonly kind: 'dot'; readonly x: number; readonly y: number; readonly radius: number; readonly series: number }
  | {
      readonly kind: 'text';
      /** Baseline. */
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly size: number;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly tone: Tone;
      readonly bold?: boolean;
    };

/** Line colours on paper and on a dark screen, told apart by colour-blind eyes; after eight the dashes change. */
export const SERIES_COLOURS = [
  { light: '#0b6bcb', dark: '#5aa9ff' },
  { light: '#c2410c', dark: '#ff9257' },
  { light: '#0f766e', dark: '#3fd0bf' },
  { light: '#a21caf', dark: '#e58bf0' },
  { light: '#a16207', dark: '#e8b93c' },
  { light: '#475569', dark: '#a8b5c6' },
  { light: '#be123c', dark: '#ff7d97' },
  { light: '#4d7c0f', dark: '#a3d65c' },
] as const;

const DASHES = [[], [4, 2], [1.5, 2]] as const;

/** Colour and dash of a series; both repeat only after 24 lines. */
export const seriesStyle = (index: number): { colour: number; dash: readonly number[] } => ({
  colour: index % SERIES_COLOURS.length,
  dash: DASHES[Math.floor(index / SERIES_COLOURS.length) % DASHES.length] ?? [],
});
