import { useCallback, useState } from 'preact/hooks';

/** One thing that a person asks for by a button: whether it is under way, and why it failed. */
export interface Action {
  readonly busy: boolean;
  /** null while nothing has gone wrong. */
  readonly failure: unknown;
  /** Runs it, and `done` once it has worked. */
  readonly run: <Result>(work: () => Promise<Result>, done?: (result: Result) => void) => void;
}

export const useAction = (): Action => {
  const [state, setState] = useState<{ busy: boolean; failure: unknown }>({ busy: false, failure: null });
  const run: Action['run'] = useCallback((work, done) => {
    setState({ busy: true, failure: null });
    work()
      .then((result) => {
        setState({ busy: false, failure: null });
        done?.(result);
      })
      .catch((error: unknown) => setState({ busy: false, failure: error }));
  }, []);
  return { ...state, run };
};
