import { useEffect, useState } from 'preact/hooks';
import type { Page } from '../data/api.js';
import { useAction, type Action } from './use-action.js';
import { useData, type Loaded } from './use-data.js';

export interface Pages<Item> {
  readonly first: Loaded<Page<Item>>;
  /** Everything loaded so far. */
  readonly items: readonly Item[];
  /** Loads the next page; null where there is none. */
  readonly loadMore: (() => void) | null;
  readonly more: Action;
}

/** A list that comes page by page, and starts over whenever `deps` change. */
export const usePages = <Item>(
  load: (cursor: string | null, signal?: AbortSignal) => Promise<Page<Item>>,
  deps: readonly unknown[],
): Pages<Item> => {
  const first = useData((signal) => load(null, signal), deps);
  const [rest, setRest] = useState<readonly Page<Item>[]>([]);
  const more = useAction();
  useEffect(() => setRest([]), [first.value]);
  const cursor = (rest.at(-1) ?? first.value)?.nextCursor ?? null;
  return {
    first,
    items: [...(first.value?.items ?? []), ...rest.flatMap((page) => page.items)],
    loadMore:
      cursor === null
        ? null
        : () =>
            more.run(
              () => load(cursor),
              (page) => setRest((before) => [...before, page]),
            ),
    more,
  };
};
