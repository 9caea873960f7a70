import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '../../data/api-error.js';
import { sendSpotCheck } from '../../data/spot-checks.js';
import { begun, counted, readKept, writeKept, type Counting, type KeptHere, type Tap } from './counting.js';

/** Without an answer it is tried again after this long, and at once when the browser is back on line. */
const AGAIN_MS = 5000;

export interface Checks {
  readonly counting: Counting | null;
  /** Checks that are over and not sent yet. */
  readonly unsent: number;
  /** Why the oldest of them was refused; null while none was, also without a network. */
  readonly refusal: unknown;
  /** How often one has been sent: lists are old then. */
  readonly sent: number;
  readonly start: (streamId: string, minutes: number) => void;
  readonly tap: (tap: Pick<Tap, 'sex' | 'smiled'>) => void;
  readonly undo: () => void;
  readonly finish: () => void;
  readonly abandon: () => void;
  /** Gives up the oldest unsent one, which the service refuses. */
  readonly discard: () => void;
}

const isTransient = (error: unknown): boolean =>
  !(error instanceof ApiError) || [0, 401, 408, 429].includes(error.status) || error.status >= 500;

/** The check that is going on and those that wait to be sent; all of it survives a reload. */
export const useChecks = (): Checks => {
  const [kept, setKept] = useState<KeptHere>(readKept);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [sent, setSent] = useState(0);
  const sending = useRef(false);

  const change = useCallback((next: (before: KeptHere) => KeptHere): void => {
    setKept((before) => {
      const after = next(before);
      writeKept(after);
      return after;
    });
  }, []);
  const recount = useCallback(
    (next: (counting: Counting) => Counting): void =>
      change((before) => (before.counting === null ? before : { ...before, counting: next(before.counting) })),
    [change],
  );
  const over = useCallback(
    (endTs: number): void =>
      change((before) =>
        before.counting === null
          ? before
          : { counting: null, unsent: [...before.unsent, counted(before.counting, endTs)] },
      ),
    [change],
  );

  // The time is up, also if the page was closed meanwhile.
  const { counting } = kept;
  const untilTs = counting === null ? null : counting.fromTs + counting.lengthMs;
  useEffect(() => {
    if (untilTs === null) return;
    const timer = setTimeout(() => over(untilTs), Math.max(0, untilTs - Date.now()));
    return () => clearTimeout(timer);
  }, [untilTs, over]);

  const [oldest] = kept.unsent;
  useEffect(() => {
    if (oldest === undefined || refusal !== null) return;
    const send = (): void => {
      if (sending.current) return;
      sending.current = true;
      sendSpotCheck(oldest)
        .then(() => {
          change((before) => ({ ...before, unsent: before.unsent.filter(({ id }) => id !== oldest.id) }));
          setSent((before) => before + 1);
        })
        .catch((error: unknown) => {
          if (!isTransient(error)) setRefusal(error);
        })
        .finally(() => {
          sending.current = false;
        });
    };
    send();
    const timer = setInterval(send, AGAIN_MS);
    addEventListener('online', send);
    return () => {
      clearInterval(timer);
      removeEventListener('online', send);
    };
  }, [oldest?.id, refusal, change]);

  return {
    counting,
    unsent: kept.unsent.length,
    refusal,
    sent,
    start: (streamId, minutes) => change((before) => ({ ...before, counting: begun(streamId, minutes) })),
    tap: (tap) => recount((before) => ({ ...before, taps: [...before.taps, { ...tap, ts: Date.now() }] })),
    undo: () => recount((before) => ({ ...before, taps: before.taps.slice(0, -1) })),
    finish: () => over(Date.now()),
    abandon: () => change((before) => ({ ...before, counting: null })),
    discard: () => {
      setRefusal(null);
      change((before) => ({ ...before, unsent: before.unsent.slice(1) }));
    },
  };
};
