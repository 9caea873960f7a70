import { useState } from 'preact/hooks';
import { COUNTER_ROLE } from '../../../src/contracts/role.js';
import type { LiveFeed } from '../data/live-feed.js';
import { may } from '../data/session.js';
import { pool, streamsOf, type Group } from '../values/windows.js';
import { t } from '../i18n/i18n.js';
import { link } from '../router.js';
import { ExpressionBars } from '../charts/expression-bars.js';
import { Icon } from '../ui/icon.js';
import { useNow } from '../hooks/use-now.js';
import { CameraTile } from './live/camera-tile.js';
import { BigNumbers, LIVE_WINDOWS, type LiveWindow } from './live/big-numbers.js';
import { CoveredNote } from './live/covered-note.js';
import { PictureSwitch } from '../pictures/picture-switch.js';
import { SmileCurve } from './live/smile-curve.js';

const roles = ['customer', 'entrance', 'exit', 'display', 'seller'] as const;

const GroupSelect = ({ feed, value, onChange }: { feed: LiveFeed; value: Group; onChange: (group: Group) => void }) => {
  const streams = feed.streams.value;
  return (
    <label class="row">
      <span class="muted">{t('live.group')}</span>
      <select
        class="input group-select"
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget.value as Group);
        }}
      >
        <option value="visitors">{t('live.group.visitors')}</option>
        {roles
          .filter((role) => streams.some((stream) => stream.role === role))
          .map((role) => (
            <option key={role} value={role}>
              {t(`role.${role}`)}
            </option>
          ))}
        {streams
          .filter(({ role }) => role !== COUNTER_ROLE)
          .map((stream) => (
            <option key={stream.id} value={`stream:${stream.id}`}>
              {t('live.group.camera', { name: stream.name })}
            </option>
          ))}
      </select>
    </label>
  );
};

const NoCameras = () => (
  <div class="card empty">
    <h1>{t('live.nocameras')}</h1>
    <span>{t('live.nocameras.detail')}</span>
    {may('administer') && (
      <a class="button primary" href={link('cameras', 'new')}>
        <Icon name="plus" />
        {t('live.nocameras.add')}
      </a>
    )}
  </div>
);

/** What is going on right now: big numbers, their curve, and a tile per camera. */
export const LivePage = ({ feed }: { readonly feed: LiveFeed }) => {
  const [group, setGroup] = useState<Group>('visitors');
  const [window, setWindow] = useState<LiveWindow>('1m');
  const [zoomed, setZoomed] = useState<string | null>(null);
  const now = useNow();
  const streams = feed.streams.value;
  const metrics = feed.metrics.value;
  const ids = streamsOf(group, streams);
  if (feed.ready.value && streams.length === 0) return <NoCameras />;
  const shown = zoomed === null ? streams : streams.filter((stream) => stream.id === zoomed);
  return (
    <>
      <div class="page-head">
        <h1>{t('live.title')}</h1>
        <div class="space" />
        <GroupSelect feed={feed} value={group} onChange={setGroup} />
        <div class="tabs" role="group" aria-label={t('live.window')}>
          {LIVE_WINDOWS.map((name) => (
            <button key={name} type="button" aria-pressed={window === name} onClick={() => setWindow(name)}>
              {t(`window.${name}`)}
            </button>
          ))}
        </div>
      </div>
      <CoveredNote metrics={metrics} ids={ids} window={window} />
      <BigNumbers metrics={metrics} ids={ids} window={window} />
      {ids.length > 1 && <p class="small muted">{t('live.visitors.added')}</p>}
      <div class="live-row">
        <SmileCurve feed={feed} ids={ids} />
        <section class="card" aria-labelledby="expressions-title">
          <div class="card-head">
            <h2 id="expressions-title">{t('live.expressions')}</h2>
            <span class="muted small">{t(`window.${window}`)}</span>
          </div>
          <ExpressionBars scores={metrics === null ? null : pool(metrics, ids, window).emotions} />
        </section>
      </div>
      <section class="stack" aria-labelledby="cameras-title">
        <div class="page-head">
          <h2 id="cameras-title">{t('live.cameras')}</h2>
          <div class="space" />
          <PictureSwitch />
        </div>
        {!feed.ready.value && (
          <div class="empty" role="status">
            {t('state.loading')}
          </div>
        )}
        <div class={`tiles${zoomed === null ? '' : ' zoomed'}`}>
          {shown.map((stream) => (
            <CameraTile
              key={stream.id}
              feed={feed}
              stream={stream}
              now={now}
              zoomed={zoomed === stream.id}
              onZoom={() => setZoomed(zoomed === stream.id ? null : stream.id)}
            />
          ))}
        </div>
      </section>
    </>
  );
};
