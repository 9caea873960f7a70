/** How many items of a job have been taken by the threads that share it; in shared memory. */
export type Taken = Int32Array;

/** A job, or one thread's share of it: all threads hold the whole job, and each takes the next item that nobody has. */
export type Shared<Job> = Job & { readonly taken?: Taken | undefined };

export const nothingTaken = (): Taken => new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/** Whether nothing of a job of `count` items is left to take. */
export const allTaken = ({ taken }: Shared<object>, count: number): boolean =>
  taken !== undefined && Atomics.load(taken, 0) >= count;

/** Places of a job's `count` items, one after the other; of a shared job those that no other thread has taken. */
export function* placesOf({ taken }: Shared<object>, count: number): Generator<number> {
  let next = 0;
  const take = (): number => (taken === undefined ? next++ : Atomics.add(taken, 0, 1));
  for (let place = take(); place < count; place = take()) yield place;
}

/** Up to `size` of the items at a time, fetched when they are wanted. */
export function* parts<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let part: Item[] = [];
  for (const item of items) {
    part.push(item);
    if (part.length < size) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}
