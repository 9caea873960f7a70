import { useEffect, useState } from 'preact/hooks';
import { HELD_SMILE } from '../../../../src/contracts/window.js';
import { number } from '../../values/format.js';
import type { LiveFeed } from '../../data/live-feed.js';
import { plural, t } from '../../i18n/i18n.js';
import { isDark } from '../../ui/stream-words.js';
import { link } from '../../router.js';
import { KioskFace } from './kiosk-face.js';
import { useKioskState, type KioskState } from './kiosk-state.js';

/** Keeps the screen on where the browser can. */
const useWakeLock = (): void => {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let gone = false;
    const ask = (): void => {
      if (!('wakeLock' in navigator) || document.hidden) return;
      navigator.wakeLock
        .request('screen')
        .then((granted) => {
          if (gone) void granted.release();
          else lock = granted;
        })
        .catch(() => undefined);
    };
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      gone = true;
      document.removeEventListener('visibilitychange', ask);
      void lock?.release();
    };
  }, []);
};

const Meter = ({ happiness }: { readonly happiness: number }) => (
  <div
    class="kiosk-meter"
    role="meter"
    aria-label={t('kiosk.meter')}
    aria-valuemin={0}
    aria-valuemax={100}
    aria-valuenow={Math.round(happiness)}
    aria-valuetext={t('kiosk.meter.value', { n: number(happiness) })}
  >
    <div class="kiosk-fill" style={{ transform: `scaleX(${String(Math.min(1, happiness / 100))})` }} />
    <div class="kiosk-level" style={{ left: `${String(HELD_SMILE.level)}%` }} />
  </div>
);

const titleOf = ({ mood, happiness }: KioskState): string =>
  mood === 'hello' && happiness >= HELD_SMILE.level / 2 ? t('kiosk.almost') : t(`kiosk.${mood}`);

/** The screen at the exit or the counter: a meter, a thank-you, the day's smiles; calm when nobody is there. */
export const KioskPage = ({ feed, streamId }: { readonly feed: LiveFeed; readonly streamId: string }) => {
  const state = useKioskState(feed, streamId);
  const smiles = feed.metrics.value?.smiles[streamId] ?? 0;
  const [full, setFull] = useState(document.fullscreenElement !== null);
  useWakeLock();
  useEffect(() => {
    const update = (): void => setFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', update);
    return () => {
      document.removeEventListener('fullscreenchange', update);
    };
  }, []);
  const stream = feed.streams.value.find((candidate) => candidate.id === streamId);
  const resting = feed.link.value === 'offline' || (stream !== undefined && isDark(stream));
  return (
    <main class={`kiosk ${state.mood}`} data-kiosk={state.mood}>
      <div class="kiosk-tools">
        {!full && (
          <button
            type="button"
            class="button"
            onClick={() => void document.documentElement.requestFullscreen().catch(() => undefined)}
          >
            {t('kiosk.fullscreen')}
          </button>
        )}
        <a class="button" href={link('terminal')}>
          {t('kiosk.exit')}
        </a>
      </div>
      <KioskFace happiness={state.happiness} awake={state.mood !== 'calm'} />
      <div class="kiosk-words" aria-live="polite">
        <h1>{resting ? t('kiosk.pause') : titleOf(state)}</h1>
        <p>{t(`kiosk.${resting ? 'calm' : state.mood}.detail`)}</p>
      </div>
      <Meter happiness={state.happiness} />
      <p class="kiosk-count" data-smiles={smiles}>
        {plural('kiosk.count', smiles)}
      </p>
      <p class="kiosk-privacy">{t('kiosk.privacy')}</p>
    </main>
  );
};
