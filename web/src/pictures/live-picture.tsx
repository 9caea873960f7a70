import type { Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Query } from '../data/api.js';
import { readMovingPicture, readStillPicture, type TimedPicture } from '../data/picture-stream.js';

const SNAPSHOT_EVERY_MS = 1500;
/** Before a moving picture that broke off is asked for again. */
const RETRY_MS = 2000;

interface Props {
  readonly streamId: string;
  readonly query: Query;
  readonly alt: string;
  readonly moving: boolean;
  /** Capture time of the frame on show, set once it is on show. */
  readonly shownTs: Signal<number | null>;
  /** Set to whether silhouettes can be told from the empty view in the picture on show. */
  readonly emptyViewKnown: Signal<boolean>;
}

/** A camera's picture, moving or renewed now and then; says which frame is on show, so that boxes can belong to it. */
export const LivePicture = ({ streamId, query, alt, moving, shownTs, emptyViewKnown }: Props) => {
  const ref = useRef<HTMLImageElement>(null);
  const { maxWidth, blurred } = query;

  useEffect(() => {
    const abort = new AbortController();
    let timer = 0;
    let address: string | null = null;
    const show = ({ ts, jpeg, emptyViewKnown: known }: TimedPicture): void => {
      const image = ref.current;
      if (image === null || abort.signal.aborted) return;
      const before = address;
      address = URL.createObjectURL(jpeg);
      image.onload = () => {
        if (before !== null) URL.revokeObjectURL(before);
        image.dataset['ts'] = String(ts);
        shownTs.value = ts;
        emptyViewKnown.value = known;
      };
      image.src = address;
    };
    const read = async (): Promise<void> => {
      const options = { maxWidth, blurred };
      try {
        await (moving ? readMovingPicture : readStillPicture)(streamId, options, abort.signal, show);
      } catch {
        // The view goes away, or the service does, which the page says by itself.
      }
      if (!abort.signal.aborted) timer = window.setTimeout(() => void read(), moving ? RETRY_MS : SNAPSHOT_EVERY_MS);
    };
    void read();
    return () => {
      abort.abort();
      clearTimeout(timer);
      shownTs.value = null;
      emptyViewKnown.value = true;
      if (address !== null) URL.revokeObjectURL(address);
    };
  }, [streamId, maxWidth, blurred, moving, shownTs, emptyViewKnown]);

  return <img ref={ref} alt={alt} />;
};
