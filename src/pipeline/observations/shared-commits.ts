import { gathered } from '../../runtime/gathered.js';
import type { ObservationReader } from '../../store/ports/observation-reader.js';
import type { RowSink } from '../../store/ports/row-sink.js';
import type { IntakeParts } from './intake.js';

/** Requests that come within this share a look and a commit, ms: a commit each would cost a core at fifty a second. */
const TOGETHER_MS = 15;

/** A store for an intake whose callers come many at once. */
export const sharingCommits = (
  store: Pick<ObservationReader, 'revisions'> & RowSink,
): Pick<IntakeParts, 'store' | 'sink'> => {
  const look = gathered<readonly string[], Awaited<ReturnType<ObservationReader['revisions']>>>(
    (ids) => store.revisions([...new Set(ids.flat())]),
    TOGETHER_MS,
  );
  const commit = gathered((_: readonly null[]) => store.flush(), TOGETHER_MS);
  return {
    store: {
      revisions: async (ids) => {
        const own = new Set(ids);
        return (await look(ids)).filter(({ id }) => own.has(id));
      },
    },
    sink: { append: (batch) => store.append(batch), flush: () => commit(null) },
  };
};
