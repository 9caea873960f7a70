import { once } from 'node:events';
import type { CliContext } from './context.js';

/** Writes to stdout and waits where the reader is slower. */
export const writeResult = async (context: CliContext, body: string | Uint8Array): Promise<void> => {
  if (body.length > 0 && !context.out.write(body)) await once(context.out, 'drain');
};
