import type { ProbeAnswer } from '../../../../src/contracts/service/probe-answer.js';
import { useState } from 'preact/hooks';
import { COUNTER_ROLE } from '../../../../src/contracts/role.js';
import type { StreamStatus } from '../../../../src/contracts/stream.js';
import {
  addStream,
  FIRST_LINE,
  loadStreams,
  patchStream,
  removeStream,
  snapshotUrl,
  type CameraDraft,
} from '../../data/streams.js';
import type { LiveFeed } from '../../data/live-feed.js';
import { t } from '../../i18n/i18n.js';
import { DeleteButton, Form } from '../../ui/form.js';
import { Failure } from '../../ui/loaded-view.js';
import { useAction } from '../../hooks/use-action.js';
import { useNow } from '../../hooks/use-now.js';
import { useProbe } from '../../hooks/use-probe.js';
import { StateChip, streamNotes } from '../../ui/stream-words.js';
import { go, link } from '../../router.js';
import { CameraFields } from './camera-fields.js';
import { CertificateField } from './certificate-field.js';
import { LineEditor } from './line-editor.js';
import { ProbePanel } from './probe-panel.js';
import { ZoneEditor } from './zone-editor.js';

interface Props {
  readonly feed: LiveFeed;
  readonly initial: CameraDraft;
  readonly isNew: boolean;
  readonly status: StreamStatus | null;
}

const refreshStreams = async (feed: LiveFeed): Promise<void> => {
  feed.setStreams(await loadStreams());
};

const StateLine = ({ stream }: { readonly stream: StreamStatus }) => {
  const now = useNow();
  return (
    <>
      <StateChip stream={stream} now={now} />
      <span class="small muted">{streamNotes(stream, now)}</span>
    </>
  );
};

const Head = ({ title, status }: { readonly title: string; readonly status: StreamStatus | null }) => (
  <div class="page-head">
    <h1>{title}</h1>
    {status !== null && <StateLine stream={status} />}
    <div class="space" />
    <a class="button" href={link('cameras')}>
      {t('camera.back')}
    </a>
  </div>
);

/** Address of the picture that zones and lines are drawn on: of the test, or the newest of the camera; null without any. */
const pictureOf = (works: ProbeAnswer | null, status: StreamStatus | null, feed: LiveFeed): string | null => {
  if (works !== null && works.jpegBase64 !== null) return `data:image/jpeg;base64,${works.jpegBase64}`;
  return status?.state === 'online' && feed.hasFrame(status) ? snapshotUrl(status.id, 1280) : null;
};

/** Source, role and zones, or a counter's line, of one camera; tested before it is saved, in force once it is. */
export const CameraEditor = ({ feed, initial, isNew, status }: Props) => {
  const [draft, setDraft] = useState(initial);
  const probe = useProbe();
  const [saved, setSaved] = useState(false);
  const action = useAction();

  const set = (fields: Partial<CameraDraft>): void => {
    setSaved(false);
    setDraft((before) => ({ ...before, ...fields }));
  };
  const urlChanged = draft.url !== initial.url;
  const needsProbe = isNew || urlChanged;
  const tested = probe.works !== null;

  const save = async (): Promise<void> => {
    await (isNew ? addStream(draft) : patchStream(draft, urlChanged));
    await refreshStreams(feed);
  };
  const stored = (): void => {
    setSaved(true);
    if (isNew) go('cameras', draft.id);
  };
  const remove = async (): Promise<void> => {
    await removeStream(draft.id);
    await refreshStreams(feed);
  };

  const width = probe.works?.width ?? status?.width ?? 16;
  const height = probe.works?.height ?? status?.height ?? 9;

  return (
    <>
      <Head title={isNew ? t('camera.new') : initial.name} status={status} />
      <div class="editor">
        <Form class="card stack" label={t('camera.settings')} onSubmit={() => action.run(save, stored)}>
          <CameraFields
            draft={draft}
            isNew={isNew}
            kept={initial.url.includes('***')}
            taken={feed.streams.value.map((stream) => stream.id)}
            onChange={(fields) => {
              set(fields);
              if (fields.url !== undefined) probe.forget();
            }}
          />
          <CertificateField url={draft.url} value={draft.certificate} onInput={(certificate) => set({ certificate })} />
          <ProbePanel
            probe={probe.state}
            onTrust={(certificate) => {
              set({ certificate });
              if (needsProbe) probe.forget();
            }}
          />
          {action.failure !== null && <Failure error={action.failure} title={t('camera.problem')} />}
          {saved && (
            <div class="notice good" role="status" data-saved>
              {t('camera.saved')}
            </div>
          )}
          <div class="row">
            <button
              type="button"
              class="button"
              disabled={draft.url === '' || probe.state.kind === 'busy'}
              onClick={() => probe.test(draft, !needsProbe)}
            >
              {t('camera.probe')}
            </button>
            <button type="submit" class="button primary" disabled={action.busy || (needsProbe && !tested)}>
              {t('action.save')}
            </button>
            {needsProbe && probe.isRefused && (
              <button type="submit" class="button">
                {t('camera.save.anyway')}
              </button>
            )}
            <div class="space" />
            {!isNew && (
              <DeleteButton
                name={draft.name}
                words={t('camera.delete')}
                sure={t('camera.delete.sure', { name: draft.name })}
                onDelete={() => action.run(remove, () => go('cameras'))}
              />
            )}
          </div>
          {needsProbe && !tested && <p class="small muted">{t('camera.probe.first')}</p>}
        </Form>
        {draft.role === COUNTER_ROLE ? (
          <LineEditor
            line={draft.line ?? FIRST_LINE}
            picture={pictureOf(probe.works, status, feed)}
            ratio={width / height}
            onChange={(line) => set({ line })}
          />
        ) : (
          <ZoneEditor
            zones={draft.zones}
            picture={pictureOf(probe.works, status, feed)}
            ratio={width / height}
            onChange={(zones) => set({ zones })}
          />
        )}
      </div>
    </>
  );
};
