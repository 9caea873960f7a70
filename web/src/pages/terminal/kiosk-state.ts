import { useEffect, useRef, useState } from 'preact/hooks';
import type { FacesEvent, LiveFace } from '../../../../src/contracts/events.js';
import type { LiveFeed } from '../../data/live-feed.js';
import { may } from '../../data/session.js';
import type { SmileCounter } from '../../data/smile-counter.js';

/** Happiness that earns a thank-you, percent, and how long it must last. */
export const SMILE_LEVEL = 40;
const SMILE_HOLD_MS = 500;
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

/** Follows the nearest visitor's smile; a smile that holds is counted once per visitor and thanked for. */
const useFaceSmile = (feed: LiveFeed, streamId: string, counter: SmileCounter): KioskState => {
  const [state, setState] = useState(CALM);
  const since = useRef(new Map<string, number>());
  useEffect(() => {
    let thanksUntil = 0;
    let goneTimer = 0;
    const take = (event: FacesEvent): void => {
      const now = performance.now();
      for (const face of event.faces) {
        if (face.emotions.happiness < SMILE_LEVEL) since.current.delete(face.trackId);
        else {
          const start = since.current.get(face.trackId) ?? now;
          since.current.set(face.trackId, start);
          if (now - start >= SMILE_HOLD_MS) {
            counter.count(face.trackId, Date.now());
            thanksUntil = now + THANKS_MS;
          }
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
  }, [feed, streamId, counter]);
  return state;
};

/** What the terminal shows now; without the right to single faces it answers to the ten-second mean. */
export const useKioskState = (feed: LiveFeed, streamId: string, counter: SmileCounter): KioskState => {
  const byFace = useFaceSmile(feed, streamId, counter);
  if (may('faces')) return byFace;
  const window = feed.metrics.value?.streams[streamId]?.['10s'];
  if (window?.emotions == null) return CALM;
  const { happiness } = window.emotions;
  return { mood: happiness >= SMILE_LEVEL ? 'thanks' : 'hello', happiness };
};
