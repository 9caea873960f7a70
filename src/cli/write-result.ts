import { once } from 'node:events';
import type { CliContext } from './context.js';

/** Nobody reads the results any more, as behind `| head`: not a failure, but nothing is left to do. */
export class ReaderGone extends Error {
  override readonly name = 'ReaderGone';
}

const closedBy = (error: unknown): boolean =>
  ['EPIPE', 'ERR_STREAM_DESTROYED', 'ABORT_ERR'].includes((error as NodeJS.ErrnoException).code ?? '');

/** Writes to stdout and waits where the reader is slower; throws ReaderGone. */
export const writeResult = async (context: CliContext, body: string | Uint8Array): Promise<void> => {
  if (context.readerGone.aborted) throw new ReaderGone();
  if (body.length === 0 || context.out.write(body)) return;
  try {
    await once(context.out, 'drain', { signal: context.readerGone });
  } catch (error) {
    if (closedBy(error)) throw new ReaderGone();
    throw error;
  }
};
