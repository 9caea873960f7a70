import { SingleBar } from 'cli-progress';
import type { CliContext } from './context.js';

/** A progress bar on a terminal; nothing at all where stderr is not one. */
export interface Progress {
  /** How many of all are done; the first call shows the bar. */
  at(value: number, note: string): void;
  stop(): void;
}

export const createProgress = (context: CliContext, total: number): Progress => {
  if (context.err.isTTY !== true) return { at: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    stream: context.err,
    format: '{bar} {percentage} % | {note}',
    hideCursor: true,
    clearOnComplete: true,
    etaBuffer: 50,
  });
  let isShown = false;
  return {
    at: (value, note) => {
      if (!isShown) bar.start(total, 0, { note: '' });
      isShown = true;
      bar.update(value, { note });
    },
    stop: () => {
      if (isShown) bar.stop();
    },
  };
};
