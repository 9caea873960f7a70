import type { StreamStatus } from '../../../../src/contracts/stream.js';
import type { LiveFeed } from '../../data/live-feed.js';
import { number } from '../../values/format.js';
import { t } from '../../i18n/i18n.js';

/** Who came in and went out of a counter's door today, and how many that leaves inside. */
export const DoorFigures = ({ feed, stream }: { readonly feed: LiveFeed; readonly stream: StreamStatus }) => {
  const door = feed.doors.value.get(stream.id);
  return (
    <>
      <div class="tile-figures" data-door={stream.id}>
        <span>
          {t('door.in')} <strong data-door-in>{number(door?.in)}</strong>
        </span>
        <span>
          {t('door.out')} <strong data-door-out>{number(door?.out)}</strong>
        </span>
        <span title={t('door.inside.hint')}>
          {t('door.inside')} <strong data-door-inside>{door === undefined ? '—' : `≈ ${number(door.inside)}`}</strong>
        </span>
        <span>
          {t('tile.fps')}{' '}
          <strong>{t('unit.fps', { n: `${number(stream.fps, 1)} / ${number(stream.targetFps)}` })}</strong>
        </span>
      </div>
      <p class="small muted">{t('door.note')}</p>
    </>
  );
};
