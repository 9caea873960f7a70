import { useEffect, useRef, useState } from 'preact/hooks';
import type { FacesEvent, LiveFace } from '../../../../src/contracts/events.js';
import { HELD_SMILE } from '../../../../src/contracts/window.js';
import type { LiveFeed } from '../../data/live-feed.js';
import { may } from '../../data/session.js';

const THANKS_MS = 4000;
const GONE_MS = 2500;

export interface KioskState {
  /** Nobody; somebody; or somebody who has just smiled. */
  readonly mood: 'calm' | 'hello' | 'thanks';
  /** Happiness of the nearest visitor, percent. */
  readonly happiness: number;
}

const CALM: KioskState = { mood: 'calm', happiness: 0 };

const nearest = (faces: readonly LiveFace[]): LiveFace | null =>
  faces.reduce<LiveFace | null>(
    (best, face) =>
      best === null || face.box.width * face.box.height > best.box.width * best.box.height ? face : best,
    null,
  );

/** Follows the nearest visitor's smile; one that holds is thanked for. The service counts them. */
const useFaceSmile = (feed: LiveFeed, streamId: string): KioskState => {
  const [state, setState] = useState(CALM);
  const since = useRef(new Map<string, number>());
  useEffect(() => {
    let thanksUntil = 0;
    let goneTimer = 0;
    const take = (event: FacesEvent): void => {
      const now = performance.now();
      for (const face of event.faces) {
        if (face.emotions.happiness < HELD_SMILE.level) since.current.delete(face.trackId);
        else {
          const start = since.current.get(face.trackId) ?? now;
          since.current.set(face.trackId, start);
          if (now - start >= HELD_SMILE.ms) thanksUntil = now + THANKS_MS;
        }
      }
      const face = nearest(event.faces);
      if (face === null) return;
      clearTimeout(goneTimer);
      goneTimer = window.setTimeout(() => {
        since.current.clear();
        setState(CALM);
      }, GONE_MS);
      setState({ mood: now < thanksUntil ? 'thanks' : 'hello', happiness: face.emotions.happiness });
    };
    const off = feed.onFaces(streamId, take);
    return () => {
      off();
      clearTimeout(goneTimer);
    };
  }, [feed, streamId]);
  return state;
};

/** What the terminal shows now; without the right to single faces it answers to the ten-second mean. */
export const useKioskState = (feed: LiveFeed, streamId: string): KioskState => {
  const byFace = useFaceSmile(feed, streamId);
  if (may('faces')) return byFace;
  const window = feed.metrics.value?.streams[streamId]?.['10s'];
  if (window?.emotions == null) return CALM;
  const { happiness } = window.emotions;
  return { mood: happiness >= HELD_SMILE.level ? 'thanks' : 'hello', happiness };
};
