/** Longest that work holds the event loop before it lets others have a turn, ms. */
const LONGEST_MS = 5;

/** Work in steps: it may be put aside at each of them. */
export type Steps<Result> = Generator<void, Result, void>;

/** Takes all steps at once. */
export const atOnce = <Result>(steps: Steps<Result>): Result => {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
};

/**
 * Takes the steps, and lets everything else that waits have its turn whenever they have held the event loop for some
 * milliseconds; throws the reason of a signal that aborts.
 */
export const inTurns = async <Result>(steps: Steps<Result>, signal?: AbortSignal): Promise<Result> => {
  let since = performance.now();
  let step = steps.next();
  while (step.done !== true) {
    if (performance.now() - since >= LONGEST_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      since = performance.now();
    }
    signal?.throwIfAborted();
    step = steps.next();
  }
  return step.value;
};
