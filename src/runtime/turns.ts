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

/** Takes the steps, and between them lets everything else that waits have its turn; throws the reason of a signal that aborts. */
export const inTurns = async <Result>(steps: Steps<Result>, signal?: AbortSignal): Promise<Result> => {
  const giveWay = givingWay();
  let step = steps.next();
  while (step.done !== true) {
    await giveWay();
    signal?.throwIfAborted();
    step = steps.next();
  }
  return step.value;
};

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
