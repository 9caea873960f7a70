import { SingleBar } from 'cli-progress';
import type { CliContext } from './context.js';

/** A progress bar on a terminal; nothing at all where stderr is not one. */
export interface Progress {
  total(total: number): void;
  at(value: number, note: string): void;
  stop(): void;
}

export const createProgress = (context: CliContext): Progress => {
  if (context.err.isTTY !== true) return { total: () => undefined, at: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    stream: context.err,
    format: '{bar} {percentage} % | {note}',
    hideCursor: true,
    clearOnComplete: true,
    etaBuffer: 50,
  });
  bar.start(1, 0, { note: '' });
  return {
    total: (total) => bar.setTotal(total),
    at: (value, note) => bar.update(value, { note }),
    stop: () => bar.stop(),
  };
};
