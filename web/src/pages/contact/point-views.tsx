import type { LiveFeed } from '../../data/live-feed.js';
import type { NamedPoint } from '../../data/contact-points.js';
import { loadStream, type ZoneShape } from '../../data/streams.js';
import { pictureMode } from '../../data/pictures.js';
import { may } from '../../data/session.js';
import { t } from '../../i18n/i18n.js';
import { StreamView, type Crop } from '../../pictures/stream-view.js';
import { StateChip } from '../../ui/stream-words.js';
import { useData } from '../../hooks/use-data.js';

/** The rectangle around a zone, with a little air. */
const cropOf = (zone: ZoneShape): Crop => {
  const xs = zone.polygon.map(([x]) => x);
  const ys = zone.polygon.map(([, y]) => y);
  const left = Math.max(0, Math.min(...xs) - 0.02);
  const top = Math.max(0, Math.min(...ys) - 0.02);
  return {
    x: left,
    y: top,
    width: Math.min(1, Math.max(...xs) + 0.02) - left,
    height: Math.min(1, Math.max(...ys) + 0.02) - top,
  };
};

const PointView = ({ feed, view, label }: { feed: LiveFeed; view: string; label: string }) => {
  const [streamId = '', zoneId] = view.split('/');
  const stream = feed.streams.value.find((candidate) => candidate.id === streamId);
  const details = useData(
    (signal) => (zoneId === undefined ? Promise.resolve(null) : loadStream(streamId, signal)),
    [view],
  );
  const zone = details.value?.config.zones.find((candidate) => candidate.id === zoneId);
  return (
    <figure class="card tile" data-view-of={label}>
      <figcaption class="tile-head">
        <div class="tile-name">
          <h3>{label}</h3>
          <span class="muted small">{zone?.name ?? stream?.name ?? view}</span>
        </div>
        {stream !== undefined && <StateChip stream={stream} />}
      </figcaption>
      {stream === undefined ? (
        <div class="empty">{feed.ready.value ? t('contact.view.missing') : t('state.loading')}</div>
      ) : (
        <StreamView
          feed={feed}
          stream={stream}
          mode={pictureMode()}
          faces={may('faces')}
          {...(zone === undefined ? {} : { crop: cropOf(zone) })}
        />
      )}
    </figure>
  );
};

/** Seller and customer side by side: two cameras, or two zones cut out of one. */
export const PointViews = ({ feed, point }: { readonly feed: LiveFeed; readonly point: NamedPoint }) => (
  <div class="grid-2 point-views">
    <PointView feed={feed} view={point.seller} label={t('contact.seller')} />
    <PointView feed={feed} view={point.customer} label={t('contact.customer')} />
  </div>
);
