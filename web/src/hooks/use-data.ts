import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { isAbort } from '../data/api-error.js';

/** What became of a request; the last good value stays while a newer one is loaded. */
export interface Loaded<Value> {
  readonly value: Value | null;
  readonly error: unknown;
  readonly busy: boolean;
  readonly reload: () => void;
}

/** Loads on mount and whenever `deps` change; an overtaken request is aborted. */
export const useData = <Value>(
  load: (signal: AbortSignal) => Promise<Value>,
  deps: readonly unknown[],
  refreshMs?: number,
): Loaded<Value> => {
  const [state, setState] = useState<{ value: Value | null; error: unknown; busy: boolean }>({
    value: null,
    error: null,
    busy: true,
  });
  const [turn, setTurn] = useState(0);
  const loader = useRef(load);
  loader.current = load;

  useEffect(() => {
    const controller = new AbortController();
    setState((before) => ({ ...before, busy: true }));
    loader
      .current(controller.signal)
      .then((value) => setState({ value, error: null, busy: false }))
      .catch((error: unknown) => {
        if (!isAbort(error)) setState((before) => ({ value: before.value, error, busy: false }));
      });
    return () => {
      controller.abort();
    };
  }, [...deps, turn]);

  useEffect(() => {
    if (refreshMs === undefined) return;
    const timer = setInterval(() => setTurn((before) => before + 1), refreshMs);
    return () => {
      clearInterval(timer);
    };
  }, [refreshMs]);

  return { ...state, reload: useCallback(() => setTurn((before) => before + 1), []) };
};
