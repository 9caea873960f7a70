import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { StreamStatus } from '../../../src/contracts/stream.js';
import { apiUrl } from '../data/api.js';
import type { LiveFeed } from '../data/live-feed.js';
import { t } from '../i18n/i18n.js';
import { FaceCanvas } from './face-canvas.js';
import { streamReason, streamState } from './stream-words.js';

/** Browsers open at most six connections to one host; a moving picture holds one for good, so only this many move. */
const MOVING_PICTURES = 3;
const SNAPSHOT_EVERY_MS = 1500;

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

const StillPicture = ({ streamId, alt }: { readonly streamId: string; readonly alt: string }) => {
  const [turn, setTurn] = useState(0);
  const timer = useRef(0);
  const next = (): void => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setTurn((before) => before + 1), SNAPSHOT_EVERY_MS);
  };
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  return <img src={apiUrl(`/streams/${streamId}/snapshot.jpg`, { turn })} alt={alt} onLoad={next} onError={next} />;
};

interface Props {
  readonly feed: LiveFeed;
  readonly stream: StreamStatus;
  readonly picture: boolean;
  /** Boxes over the view; false where the role may not see single faces. */
  readonly faces: boolean;
  readonly children?: ComponentChildren;
}

/** One camera's view: the picture or only drawn faces, boxes over it, and in words why it is dark. */
export const StreamView = ({ feed, stream, picture, faces, children }: Props) => {
  const host = useRef<HTMLDivElement>(null);
  const seen = useOnScreen(host);
  const online = stream.state === 'online';
  const wanted = seen && picture && online;
  const moving = useMovingSlot(wanted);
  const alt = t('view.alt', { name: stream.name });
  const ratio = stream.width !== null && stream.height !== null ? `${stream.width} / ${stream.height}` : '16 / 9';
  return (
    <div ref={host} class="view" style={{ aspectRatio: ratio }} data-view={stream.id}>
      {wanted &&
        (moving ? (
          <img src={apiUrl(`/streams/${stream.id}/live.mjpg`)} alt={alt} />
        ) : (
          <StillPicture streamId={stream.id} alt={alt} />
        ))}
      {faces && <FaceCanvas feed={feed} streamId={stream.id} drawn={!picture} />}
      {online && !picture && <span class="corner">{t(faces ? 'live.drawn' : 'live.viewer')}</span>}
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
