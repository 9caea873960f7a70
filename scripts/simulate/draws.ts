/** Uniform numbers in [0, 1). */
export type Random = () => number;

export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Log-normal around its median. */
export const skewed = (random: Random, median: number, sigma: number): number =>
  median * Math.exp(sigma * normal(random));

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** `count` items of the list, each as likely as any other, with repetition. */
export const draw = <Item>(random: Random, items: readonly Item[], count: number): Item[] =>
  Array.from({ length: count }, () => pick(random, items));

/** One item of a list that is not empty. */
export const pick = <Item>(random: Random, items: readonly Item[]): Item => {
  const item = items[Math.min(items.length - 1, Math.floor(random() * items.length))];
  if (item === undefined) throw new Error('Nothing to draw from.');
  return item;
};

/** A list of what a function gives `count` times. */
export const times = <Item>(count: number, make: () => Item): Item[] => Array.from({ length: count }, make);
