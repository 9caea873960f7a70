import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves after `ms`, or at once (without throwing) when the signal aborts. */
export const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
};
