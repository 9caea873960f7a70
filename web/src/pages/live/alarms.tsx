import { signal } from '@preact/signals';
import type { LiveFeed } from '../../data/live-feed.js';
import { number } from '../../values/format.js';
import { isUnderLevel } from '../../values/noise.js';
import { pool, streamsOf } from '../../values/windows.js';
import { plural, t } from '../../i18n/i18n.js';
import { isDark, streamReason, streamState } from '../../ui/stream-words.js';
import { link } from '../../router.js';

const STORAGE_KEY = 'emoscope.smile-alarm';

const storedLevel = (): number | null => {
  const value = Number.parseFloat(localStorage.getItem(STORAGE_KEY) ?? '');
  return Number.isFinite(value) && value > 0 ? value : null;
};

/** Smile-Index below which this screen raises the alarm; null: off. */
export const alarmLevel = signal<number | null>(storedLevel());

export const setAlarmLevel = (level: number | null): void => {
  alarmLevel.value = level;
  if (level === null) localStorage.setItem(STORAGE_KEY, 'off');
  else localStorage.setItem(STORAGE_KEY, String(level));
};

/** The service's own level holds until someone sets another one on this screen. */
export const offerAlarmLevel = (level: number | null): void => {
  if (localStorage.getItem(STORAGE_KEY) === null) alarmLevel.value = level;
};

interface Alarm {
  readonly id: string;
  readonly text: string;
}

/** What needs somebody's attention now, in words; the figure first, since cameras may be many. */
const alarmsOf = (feed: LiveFeed): readonly Alarm[] => {
  const cameras: readonly Alarm[] = feed.streams.value.filter(isDark).map((stream) => {
    const reason = streamReason(stream);
    return {
      id: stream.id,
      text: t('alarm.camera', {
        name: stream.name,
        state: streamState(stream).toLowerCase(),
        reason: reason === '' ? '' : ` — ${reason}`,
      }),
    };
  });
  const metrics = feed.metrics.value;
  const level = alarmLevel.value;
  if (metrics !== null && level !== null) {
    const window = pool(metrics, streamsOf('visitors', feed.streams.value), '15m');
    const values = {
      value: number(window.smileIndex, 2),
      persons: number(window.smilingPersons, 2),
      level: number(level, 2),
    };
    if (isUnderLevel(window, level)) return [{ id: 'smile-index', text: t('alarm.smile', values) }, ...cameras];
  }
  return cameras;
};

/** Named before the rest is only counted, so that the alarms of a large site leave room for the page. */
const ALARMS_NAMED = 3;

/** One strip over every page; says nothing when all is well. */
export const AlarmStrip = ({ feed }: { readonly feed: LiveFeed }) => {
  const alarms = alarmsOf(feed);
  const named = alarms.length > ALARMS_NAMED + 1 ? alarms.slice(0, ALARMS_NAMED) : alarms;
  const rest = alarms.length - named.length;
  return (
    <div aria-live="assertive" class="alarms">
      {alarms.length > 0 && (
        <div class="notice bad">
          <strong>{t('alarm.title')}</strong>
          <ul>
            {named.map((alarm) => (
              <li key={alarm.id} data-alarm={alarm.id}>
                {alarm.text}
              </li>
            ))}
            {rest > 0 && (
              <li>
                <a href={link('cameras')}>{plural('alarm.more', rest)}</a>
              </li>
            )}
          </ul>
        </div>
      )}
    </div>
  );
};
