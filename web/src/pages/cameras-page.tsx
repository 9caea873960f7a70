import type { StreamRole } from '../../../src/contracts/role.js';
import type { StreamStatus } from '../../../src/contracts/stream.js';
import { EMPTY_DRAFT, loadStream, ROTATIONS, type CameraDraft, type StreamDetails } from '../data/streams.js';
import { codecName, number } from '../values/format.js';
import type { LiveFeed } from '../data/live-feed.js';
import { may } from '../data/session.js';
import { t } from '../i18n/i18n.js';
import { Icon } from '../ui/icon.js';
import { LoadedView } from '../ui/loaded-view.js';
import { StateChip, streamNotes } from '../ui/stream-words.js';
import { useData } from '../hooks/use-data.js';
import { useNow } from '../hooks/use-now.js';
import { link, route } from '../router.js';
import { MissingRole } from '../ui/missing-role.js';
import { CameraEditor } from './cameras/camera-editor.js';
import { ContactPoints } from './cameras/contact-points.js';

const CameraLine = ({ stream, now }: { readonly stream: StreamStatus; readonly now: number }) => (
  <tr data-camera={stream.id}>
    <th scope="row">
      {may('administer') ? <a href={link('cameras', stream.id)}>{stream.name}</a> : stream.name}
      <span class="ci mono">{stream.id}</span>
    </th>
    <td>{t(`role.${stream.role}`)}</td>
    <td>
      <StateChip stream={stream} now={now} />
      <span class="ci">{streamNotes(stream, now)}</span>
    </td>
    <td class="mono">{stream.url === 'file' ? t('cameras.source.file') : stream.url}</td>
    <td class="nowrap">
      {stream.width === null ? '—' : `${String(stream.width)}×${String(stream.height)}`}
      <span class="ci">{codecName(stream.codec)}</span>
    </td>
    <td class="num">{t('unit.fps', { n: `${number(stream.fps, 1)} / ${number(stream.targetFps)}` })}</td>
    <td class="num">{stream.latencyP95Ms === null ? '—' : t('unit.ms', { n: number(stream.latencyP95Ms) })}</td>
    <td class="num">{number(stream.reconnects)}</td>
  </tr>
);

const CameraTable = ({ streams }: { readonly streams: readonly StreamStatus[] }) => {
  const now = useNow();
  return (
    <div class="card table-scroll" tabIndex={0} role="region" aria-label={t('cameras.title')}>
      <table class="table">
        <thead>
          <tr>
            {(['name', 'role', 'state', 'source', 'picture'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`cameras.${name}`)}
              </th>
            ))}
            {(['rate', 'latency', 'reconnects'] as const).map((name) => (
              <th key={name} scope="col" class="num">
                {t(`cameras.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {streams.map((stream) => (
            <CameraLine key={stream.id} stream={stream} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const draftOf = ({ config, status }: StreamDetails): CameraDraft => ({
  id: config.id,
  name: typeof config['name'] === 'string' ? config['name'] : status.name,
  url: config.url,
  role: (config['role'] as StreamRole | undefined) ?? status.role,
  fps: typeof config['fps'] === 'number' ? config['fps'] : status.targetFps,
  transport: config['transport'] === 'udp' ? 'udp' : 'tcp',
  certificate: typeof config['certificate'] === 'string' ? config['certificate'] : 'verify',
  rotate: ROTATIONS.find((degrees) => degrees === config['rotate']) ?? 0,
  enabled: config['enabled'] !== false,
  loop: config['loop'] === true,
  zones: config.zones,
  line: config.line,
});

const EditExisting = ({ feed, id }: { readonly feed: LiveFeed; readonly id: string }) => {
  const details = useData((signal) => loadStream(id, signal), [id]);
  return (
    <LoadedView of={details}>
      {(value) => (
        <CameraEditor
          feed={feed}
          initial={draftOf(value)}
          isNew={false}
          status={feed.streams.value.find((stream) => stream.id === id) ?? value.status}
        />
      )}
    </LoadedView>
  );
};

/** Every camera with its state; adding, testing, drawing zones and linking contact points. */
export const CamerasPage = ({ feed }: { readonly feed: LiveFeed }) => {
  const id = route.value.parts[1];
  const streams = feed.streams.value;
  if (id !== undefined && may('administer'))
    return id === 'new' ? (
      <CameraEditor key="new" feed={feed} initial={EMPTY_DRAFT} isNew status={null} />
    ) : (
      <EditExisting key={id} feed={feed} id={id} />
    );
  return (
    <>
      <div class="page-head">
        <h1>{t('cameras.title')}</h1>
        <div class="space" />
        {may('administer') ? (
          <a class="button primary" href={link('cameras', 'new')}>
            <Icon name="plus" />
            {t('cameras.add')}
          </a>
        ) : (
          <span class="muted small">{t('cameras.readonly')}</span>
        )}
      </div>
      {id !== undefined && <MissingRole needs="administer" />}
      {streams.length === 0 ? <div class="card empty">{t('cameras.empty')}</div> : <CameraTable streams={streams} />}
      <ContactPoints streams={streams} />
    </>
  );
};
