import { useState } from 'preact/hooks';
import type { Role } from '../../../../src/contracts/role.js';
import type { StreamStatus } from '../../../../src/contracts/stream.js';
import { idFrom } from '../../data/id-from.js';
import {
  addStream,
  patchStream,
  probeStream,
  probeUrl,
  removeStream,
  ROTATIONS,
  type CameraDraft,
  loadStreams,
  snapshotUrl,
} from '../../data/streams.js';
import type { LiveFeed } from '../../data/live-feed.js';
import { t } from '../../i18n/i18n.js';
import { Form, RoleOptions } from '../../parts/form.js';
import { Failure } from '../../parts/loaded-view.js';
import { useAction } from '../../parts/use-action.js';
import { useNow } from '../../parts/use-now.js';
import { StateChip, streamNotes } from '../../parts/stream-words.js';
import { go, link } from '../../router.js';
import { CertificateField } from './certificate-field.js';
import { ProbePanel, type ProbeState } from './probe-panel.js';
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

/** Source, role and zones of one camera; tested before it is saved, in force once it is. */
export const CameraEditor = ({ feed, initial, isNew, status }: Props) => {
  const [draft, setDraft] = useState(initial);
  const [idTyped, setIdTyped] = useState(false);
  const [probe, setProbe] = useState<ProbeState>({ kind: 'none' });
  const [saved, setSaved] = useState(false);
  const action = useAction();

  const set = (fields: Partial<CameraDraft>): void => {
    setSaved(false);
    setDraft((before) => ({ ...before, ...fields }));
  };
  const urlChanged = draft.url !== initial.url;
  const needsProbe = isNew || urlChanged;
  const tested = probe.kind === 'done' && probe.answer.ok;
  const taken = feed.streams.value.map((stream) => stream.id);

  const test = async (): Promise<void> => {
    const asked: ProbeState = { kind: 'busy' };
    // An answer about an address that has been edited meanwhile says nothing about the new one.
    const settle = (answered: ProbeState): void => setProbe((now) => (now === asked ? answered : now));
    setProbe(asked);
    try {
      settle({
        kind: 'done',
        answer: needsProbe ? await probeUrl(draft) : await probeStream(draft.id),
      });
    } catch (error) {
      settle({ kind: 'failed', error });
    }
  };
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

  const answer = probe.kind === 'done' && probe.answer.ok ? probe.answer : null;
  const width = answer?.width ?? status?.width ?? 16;
  const height = answer?.height ?? status?.height ?? 9;
  const picture =
    answer !== null && answer.jpegBase64 !== null
      ? `data:image/jpeg;base64,${answer.jpegBase64}`
      : status?.state === 'online' && feed.hasFrame(status)
        ? snapshotUrl(status.id, 1280)
        : null;

  return (
    <>
      <div class="page-head">
        <h1>{isNew ? t('camera.new') : initial.name}</h1>
        {status !== null && <StateLine stream={status} />}
        <div class="space" />
        <a class="button" href={link('cameras')}>
          {t('camera.back')}
        </a>
      </div>
      <div class="editor">
        <Form class="card stack" label={t('camera.settings')} onSubmit={() => action.run(save, stored)}>
          <label class="field">
            <span>{t('camera.url')}</span>
            <input
              class="input mono"
              name="url"
              required
              autocomplete="off"
              spellcheck={false}
              value={draft.url}
              onInput={(event) => {
                set({ url: event.currentTarget.value });
                setProbe({ kind: 'none' });
              }}
            />
            <span>{t(!isNew && initial.url.includes('***') ? 'camera.url.kept' : 'camera.url.hint')}</span>
          </label>
          <div class="grid-2">
            <label class="field">
              <span>{t('camera.name')}</span>
              <input
                class="input"
                name="name"
                required
                value={draft.name}
                onInput={(event) => {
                  const name = event.currentTarget.value;
                  set(isNew && !idTyped ? { name, id: idFrom(name, taken, 'camera') } : { name });
                }}
              />
            </label>
            <label class="field">
              <span>{t('camera.id')}</span>
              <input
                class="input mono"
                name="id"
                required
                pattern="[A-Za-z0-9][A-Za-z0-9_\-]{0,62}"
                disabled={!isNew}
                title={t('camera.id.hint')}
                value={draft.id}
                onInput={(event) => {
                  setIdTyped(true);
                  set({ id: event.currentTarget.value });
                }}
              />
            </label>
            <label class="field">
              <span>{t('camera.role')}</span>
              <select
                class="input"
                name="role"
                value={draft.role}
                onChange={(event) => set({ role: event.currentTarget.value as Role })}
              >
                <RoleOptions />
              </select>
            </label>
            <label class="field">
              <span>{t('camera.fps')}</span>
              <input
                class="input"
                name="fps"
                type="number"
                min={0.1}
                max={60}
                step={0.1}
                required
                title={t('camera.fps.hint')}
                value={draft.fps}
                onInput={(event) => {
                  if (Number.isFinite(event.currentTarget.valueAsNumber))
                    set({ fps: event.currentTarget.valueAsNumber });
                }}
              />
            </label>
            <label class="field">
              <span>{t('camera.transport')}</span>
              <select
                class="input"
                value={draft.transport}
                onChange={(event) => set({ transport: event.currentTarget.value === 'udp' ? 'udp' : 'tcp' })}
              >
                <option value="tcp">TCP</option>
                <option value="udp">UDP</option>
              </select>
            </label>
            <label class="field">
              <span>{t('camera.rotate')}</span>
              <select
                class="input"
                value={draft.rotate}
                onChange={(event) => {
                  const chosen = Number(event.currentTarget.value);
                  set({ rotate: ROTATIONS.find((degrees) => degrees === chosen) ?? 0 });
                }}
              >
                {ROTATIONS.map((degrees) => (
                  <option key={degrees} value={degrees}>
                    {t('camera.degrees', { n: degrees })}
                  </option>
                ))}
              </select>
            </label>
            <div class="row">
              <label class="check">
                <input
                  type="checkbox"
                  checked={draft.enabled}
                  onChange={(event) => set({ enabled: event.currentTarget.checked })}
                />
                {t('camera.enabled')}
              </label>
              <label class="check">
                <input
                  type="checkbox"
                  checked={draft.loop}
                  onChange={(event) => set({ loop: event.currentTarget.checked })}
                />
                {t('camera.loop')}
              </label>
            </div>
          </div>
          <CertificateField url={draft.url} value={draft.certificate} onInput={(certificate) => set({ certificate })} />
          <ProbePanel
            probe={probe}
            onTrust={(certificate) => {
              set({ certificate });
              if (needsProbe) setProbe({ kind: 'none' });
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
              disabled={draft.url === '' || probe.kind === 'busy'}
              onClick={() => void test()}
            >
              {t('camera.probe')}
            </button>
            <button type="submit" class="button primary" disabled={action.busy || (needsProbe && !tested)}>
              {t('action.save')}
            </button>
            {needsProbe && (probe.kind === 'failed' || (probe.kind === 'done' && !probe.answer.ok)) && (
              <button type="submit" class="button">
                {t('camera.save.anyway')}
              </button>
            )}
            <div class="space" />
            {!isNew && (
              <button
                type="button"
                class="button danger"
                onClick={() => {
                  if (confirm(t('camera.delete.sure', { name: draft.name }))) action.run(remove, () => go('cameras'));
                }}
              >
                {t('camera.delete')}
              </button>
            )}
          </div>
          {needsProbe && !tested && <p class="small muted">{t('camera.probe.first')}</p>}
        </Form>
        <ZoneEditor zones={draft.zones} picture={picture} ratio={width / height} onChange={(zones) => set({ zones })} />
      </div>
    </>
  );
};
