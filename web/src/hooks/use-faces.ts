import { useEffect, useState } from 'preact/hooks';
import type { LiveFace } from '../../../src/contracts/events.js';
import type { LiveFeed } from '../data/live-feed.js';

/** The faces in view, renewed at most four times a second: enough for reading, gentle on old machines. */
export const useFaces = (feed: LiveFeed, streamId: string, everyMs = 250): readonly LiveFace[] => {
  const [faces, setFaces] = useState<readonly LiveFace[]>(() => feed.latestFaces.get(streamId)?.faces ?? []);
  useEffect(() => {
    let timer = 0;
    let staleTimer = 0;
    const show = (): void => {
      timer = 0;
      setFaces(feed.latestFaces.get(streamId)?.faces ?? []);
    };
    const off = feed.onFaces(streamId, () => {
      clearTimeout(staleTimer);
      staleTimer = window.setTimeout(() => {
        setFaces([]);
      }, 2500);
      if (timer === 0) timer = window.setTimeout(show, everyMs);
    });
    show();
    return () => {
      off();
      clearTimeout(timer);
      clearTimeout(staleTimer);
    };
  }, [feed, streamId, everyMs]);
  return faces;
};
