import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { StreamStatus } from '../../../src/contracts/stream.js';
import type { Query } from '../data/api.js';
import type { LiveFeed } from '../data/live-feed.js';
import { t } from '../i18n/i18n.js';
import type { PictureMode } from '../data/pictures.js';
import { FaceCanvas } from './face-canvas.js';
import { LivePicture } from './live-picture.js';
import { streamReason, streamState } from '../ui/stream-words.js';

/** Browsers open at most six connections to one host; a moving picture holds one for good, so only this many move. */
const MOVING_PICTURES = 3;

let movingCount = 0;

/** Grants a slot for a moving picture while the view is on screen. */
const useMovingSlot = (wanted: boolean): boolean => {
  const [granted, setGranted] = useState(false);
  useEffect(() => {
    if (!wanted || movingCount >= MOVING_PICTURES) return;
    movingCount += 1;
    setGranted(true);
    return () => {
      movingCount -= 1;
      setGranted(false);
    };
  }, [wanted]);
  return granted;
};

/** Whether the element is on screen in a visible tab. */
const useOnScreen = (element: { readonly current: Element | null }): boolean => {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (element.current === null) return;
    let crossing = false;
    const update = (): void => setSeen(crossing && !document.hidden);
    const observer = new IntersectionObserver((entries) => {
      crossing = entries.at(-1)?.isIntersecting ?? false;
      update();
    });
    observer.observe(element.current);
    document.addEventListener('visibilitychange', update);
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', update);
    };
  }, []);
  return seen;
};

/** A rectangle cut out of the view, fractions 0–1. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const WHOLE: Crop = { x: 0, y: 0, width: 1, height: 1 };

const percentOf = (share: number): string => `${String(share * 100)}%`;

interface Props {
  readonly feed: LiveFeed;
  readonly stream: StreamStatus;
  readonly mode: PictureMode;
  /** Boxes over the view; false where the role may not see single faces. */
  readonly faces: boolean;
  readonly crop?: Crop;
  readonly children?: ComponentChildren;
}

/** One camera's view: the picture or only drawn faces, boxes over it, and in words why it is dark. */
export const StreamView = ({ feed, stream, mode, faces, crop = WHOLE, children }: Props) => {
  const host = useRef<HTMLDivElement>(null);
  const seen = useOnScreen(host);
  const online = stream.state === 'online';
  const wanted = seen && mode !== 'drawn' && online && feed.hasFrame(stream);
  const moving = useMovingSlot(wanted);
  const shownTs = useSignal<number | null>(null);
  const emptyViewKnown = useSignal(true);
  const query: Query = { maxWidth: 1280, blurred: mode !== 'clear' };
  const alt = t('view.alt', { name: stream.name });
  const ratio = `${String((stream.width ?? 16) * crop.width)} / ${String((stream.height ?? 9) * crop.height)}`;
  const layer = {
    left: percentOf(-crop.x / crop.width),
    top: percentOf(-crop.y / crop.height),
    width: percentOf(1 / crop.width),
    height: percentOf(1 / crop.height),
  };
  return (
    <div ref={host} class="view" style={{ aspectRatio: ratio }} data-view={stream.id}>
      <div class="layer" style={layer}>
        {wanted && (
          <LivePicture
            streamId={stream.id}
            query={query}
            alt={alt}
            moving={moving}
            shownTs={shownTs}
            emptyViewKnown={emptyViewKnown}
          />
        )}
        {faces && <FaceCanvas feed={feed} streamId={stream.id} shownTs={mode === 'drawn' ? null : shownTs} />}
      </div>
      {online && mode === 'drawn' && <span class="corner">{t(faces ? 'live.drawn' : 'live.viewer')}</span>}
      {wanted && !emptyViewKnown.value && <span class="corner">{t('live.empty-view')}</span>}
      {!online && (
        <div class="veil">
          <strong>{streamState(stream)}</strong>
          <span>{streamReason(stream)}</span>
        </div>
      )}
      {children}
    </div>
  );
};
