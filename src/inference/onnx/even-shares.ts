import type { FaceRequest } from '../engine-port.js';

/** Part of a list that one thread takes, with the places its items had. */
export interface Share<Item> {
  readonly items: readonly Item[];
  readonly places: readonly number[];
}

/** What a face costs beside its expression, in expressions: its mesh, and its age and gender, seen twice. */
const MESH_COST = 0.8;
const ATTRIBUTES_COST = 1.4;

/** What describing a face costs, in expressions read by the head. */
export const faceCost = ({ shape, attributes }: FaceRequest): number =>
  1 + (shape ? 0 : MESH_COST) + (attributes ? ATTRIBUTES_COST : 0);

/**
 * Splits a list into at most `count` shares that cost about the same: the dearest items first, each to the share that has
 * least to do. No share is empty; an empty list has none.
 */
export const evenShares = <Item>(
  list: readonly Item[],
  count: number,
  costOf: (item: Item) => number,
): readonly Share<Item>[] => {
  const dearestFirst = list.map((item, place) => ({ item, place, cost: costOf(item) })).sort((a, b) => b.cost - a.cost);
  const shares = Array.from({ length: Math.min(count, list.length) }, () => ({
    items: [] as Item[],
    places: [] as number[],
    cost: 0,
  }));
  for (const { item, place, cost } of dearestFirst) {
    const share = shares.reduce((least, other) => (other.cost < least.cost ? other : least));
    share.items.push(item);
    share.places.push(place);
    share.cost += cost;
  }
  return shares;
};

/** The answers to each share's items, in the order of the list that was split. */
export const inOrder = <Answer>(
  shares: readonly Share<unknown>[],
  answers: readonly (readonly Answer[])[],
): Answer[] => {
  const list: Answer[] = [];
  shares.forEach(({ places }, i) => {
    places.forEach((place, n) => {
      const answer = answers[i]?.[n];
      if (answer !== undefined) list[place] = answer;
    });
  });
  return list;
};
