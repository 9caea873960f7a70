import type { LiveFace } from '../../../../src/contracts/events.js';
import { COUNTER_ROLE } from '../../../../src/contracts/role.js';
import type { StreamStatus } from '../../../../src/contracts/stream.js';
import { dominant } from '../../values/emotions.js';
import { number } from '../../values/format.js';
import type { LiveFeed } from '../../data/live-feed.js';
import { may } from '../../data/session.js';
import { plural, t } from '../../i18n/i18n.js';
import { ExpressionBars, ExpressionStrip } from '../../charts/expression-bars.js';
import { Icon } from '../../ui/icon.js';
import { isDark, StateChip, leftOutOf, streamHints } from '../../ui/stream-words.js';
import { StreamView } from '../../pictures/stream-view.js';
import { useFaces } from '../../hooks/use-faces.js';
import { DoorFigures } from './door-figures.js';
import { pictureMode } from '../../data/pictures.js';

const FACES_LISTED = 4;

const aboutFace = (face: LiveFace): string =>
  [
    face.gender === null ? '' : t(face.gender >= 0.5 ? 'gender.male' : 'gender.female'),
    face.age === null ? '' : number(face.age),
    face.talking === true ? t('face.talking') : '',
  ]
    .filter((part) => part !== '')
    .join(' ');

const FaceLine = ({ face }: { readonly face: LiveFace }) => {
  const { emotion, percent } = dominant(face.emotions);
  return (
    <li class="face-line">
      <span>
        <strong>
          {t(`emotion.${emotion}`)} {number(percent)}
        </strong>{' '}
        <span class="muted">{aboutFace(face)}</span>
      </span>
      <ExpressionStrip scores={face.emotions} />
    </li>
  );
};

const FaceList = ({ feed, stream, all }: { feed: LiveFeed; stream: StreamStatus; all: boolean }) => {
  const faces = useFaces(feed, stream.id);
  const largest = [...faces].sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height);
  const first = largest[0];
  return (
    <div class="face-list">
      <span class="muted small" data-face-count={faces.length}>
        {faces.length === 0 ? t('live.nofaces') : plural('live.faces', faces.length)}
      </span>
      <ul class="face-list">
        {largest.slice(0, all ? 12 : FACES_LISTED).map((face) => (
          <FaceLine key={face.trackId} face={face} />
        ))}
      </ul>
      {all && first !== undefined && <ExpressionBars scores={first.emotions} />}
    </div>
  );
};

const Figures = ({ feed, stream }: { feed: LiveFeed; stream: StreamStatus }) => {
  const metrics = feed.metrics.value?.streams[stream.id]?.['1m'];
  return (
    <div class="tile-figures">
      <span>
        {t('live.smile')} <strong>{number(metrics?.smileIndex, 2)}</strong>
      </span>
      <span>
        {t('smile.persons.short')} <strong>{number(metrics?.smilingPersons, 2)}</strong>
      </span>
      <span>
        {t('live.mood')} <strong>{number(metrics?.mood)}</strong>
      </span>
      <span>
        {t('tile.fps')}{' '}
        <strong>{t('unit.fps', { n: `${number(stream.fps, 1)} / ${number(stream.targetFps)}` })}</strong>
      </span>
      <span>
        {t('tile.latency')}{' '}
        <strong>{stream.latencyP95Ms === null ? '—' : t('unit.ms', { n: number(stream.latencyP95Ms) })}</strong>
      </span>
    </div>
  );
};

interface Props {
  readonly feed: LiveFeed;
  readonly stream: StreamStatus;
  readonly now: number;
  readonly zoomed: boolean;
  readonly onZoom: () => void;
}

/** One camera: state in words, its view, who is in it and what their faces show. */
export const CameraTile = ({ feed, stream, now, zoomed, onZoom }: Props) => {
  const isCounter = stream.role === COUNTER_ROLE;
  const faces = may('faces') && !isCounter;
  return (
    <article class={`card tile${isDark(stream) ? ' dark' : ''}`} aria-label={stream.name} data-tile={stream.id}>
      <header class="tile-head">
        <div class="tile-name">
          <h3 title={stream.name}>{stream.name}</h3>
          <span class="muted small">{t(`role.${stream.role}`)}</span>
        </div>
        <StateChip stream={stream} now={now} />
        <button
          type="button"
          class="button quiet icon-only"
          aria-label={t(zoomed ? 'live.unzoom' : 'live.zoom')}
          onClick={onZoom}
        >
          <Icon name="expand" />
        </button>
      </header>
      <StreamView feed={feed} stream={stream} mode={pictureMode()} faces={faces} />
      <div class="tile-foot">
        {isCounter ? <DoorFigures feed={feed} stream={stream} /> : <Figures feed={feed} stream={stream} />}
        {streamHints(stream, now).map((hint) => (
          <p key={hint} class="notice warn small" data-hint>
            {hint}
          </p>
        ))}
        {leftOutOf(stream).map((line) => (
          <p key={line} class="small muted" data-left-out>
            {line}
          </p>
        ))}
        {faces && !isDark(stream) && <FaceList feed={feed} stream={stream} all={zoomed} />}
      </div>
    </article>
  );
};
