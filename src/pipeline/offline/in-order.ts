/**
 * Runs `work` on up to `concurrency` items at once and yields the results in the order of the items; a slow consumer
 * holds the work back.
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  concurrency: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<{ readonly item: Item; readonly result: Result }> {
  const running: { item: Item; result: Promise<Result> }[] = [];
  const settle = async (): Promise<{ item: Item; result: Result } | null> => {
    const first = running.shift();
    return first === undefined ? null : { item: first.item, result: await first.result };
  };
  try {
    for await (const item of items) {
      const result = work(item);
      // A failure is thrown when its turn comes; until then nobody waits on it.
      result.catch(() => undefined);
      running.push({ item, result });
      if (running.length < concurrency) continue;
      const done = await settle();
      if (done !== null) yield done;
    }
    for (let done = await settle(); done !== null; done = await settle()) yield done;
  } finally {
    await Promise.allSettled(running.map(({ result }) => result));
  }
}
