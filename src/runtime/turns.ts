/** Longest that work holds the event loop before it lets others have a turn, ms. */
const LONGEST_MS = 5;

/**
 * Lets everything else that waits have its turn whenever this work has held the event loop for some milliseconds; to be
 * awaited between its small steps.
 */
export const givingWay = (): (() => Promise<void> | void) => {
  let since = performance.now();
  return () => {
    if (performance.now() - since < LONGEST_MS) return;
    return new Promise((resolve) =>
      setImmediate(() => {
        since = performance.now();
        resolve();
      }),
    );
  };
};
