/**
 * Does for many callers at once what each asks for: the first one waits `waitMs` for others, and all of them get what the
 * work gives, or its error.
 */
export const gathered = <One, All>(
  work: (ones: readonly One[]) => Promise<All>,
  waitMs: number,
): ((one: One) => Promise<All>) => {
  let waiting: One[] = [];
  let next: Promise<All> | null = null;
  return (one) => {
    waiting.push(one);
    next ??= new Promise((resolve) => setTimeout(resolve, waitMs)).then(() => {
      const ones = waiting;
      waiting = [];
      next = null;
      return work(ones);
    });
    return next;
  };
};
