import { useState } from 'preact/hooks';
import { COUNTER_ROLE, type StreamRole } from '../../../../src/contracts/role.js';
import { idFrom } from '../../values/id-from.js';
import { FIRST_LINE, ROTATIONS, type CameraDraft } from '../../data/streams.js';
import { t } from '../../i18n/i18n.js';
import { Field } from '../../ui/field.js';
import { RoleOptions } from '../../ui/form.js';

interface Props {
  readonly draft: CameraDraft;
  readonly isNew: boolean;
  /** The address has a password that is kept and not shown. */
  readonly kept: boolean;
  /** Ids of other cameras. */
  readonly taken: readonly string[];
  readonly onChange: (fields: Partial<CameraDraft>) => void;
}

/** Where a camera is, what it is called and whom it sees. */
export const CameraFields = ({ draft, isNew, kept, taken, onChange: set }: Props) => (
  <>
    <AddressField draft={draft} isNew={isNew} kept={kept} onChange={set} />
    <div class="grid-2">
      <NameFields draft={draft} isNew={isNew} taken={taken} onChange={set} />
      <PictureFields draft={draft} onChange={set} />
    </div>
  </>
);

const AddressField = ({ draft, isNew, kept, onChange: set }: Omit<Props, 'taken'>) => (
  <Field label={t('camera.url')} hint={t(!isNew && kept ? 'camera.url.kept' : 'camera.url.hint')}>
    <input
      class="input mono"
      name="url"
      required
      autocomplete="off"
      spellcheck={false}
      value={draft.url}
      onInput={(event) => set({ url: event.currentTarget.value })}
    />
  </Field>
);

const NameFields = ({ draft, isNew, taken, onChange: set }: Omit<Props, 'kept'>) => {
  const [idTyped, setIdTyped] = useState(false);
  return (
    <>
      <Field label={t('camera.name')}>
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
      </Field>
      <Field label={t('camera.id')}>
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
      </Field>
    </>
  );
};

/** People pass a line in half a second, faces are looked at for longer: the usual rate goes with the role. */
const COUNTER_FPS = 10;

const withRole = (draft: CameraDraft, role: StreamRole): Partial<CameraDraft> => {
  const becomes = role === COUNTER_ROLE && draft.role !== COUNTER_ROLE;
  const fps = becomes && draft.fps < COUNTER_FPS ? COUNTER_FPS : draft.fps;
  return { role, fps, line: draft.line ?? (becomes ? FIRST_LINE : null) };
};

const PictureFields = ({ draft, onChange: set }: Pick<Props, 'draft' | 'onChange'>) => (
  <>
    <Field label={t('camera.role')}>
      <select
        class="input"
        name="role"
        value={draft.role}
        onChange={(event) => set(withRole(draft, event.currentTarget.value as StreamRole))}
      >
        <RoleOptions withCounter />
      </select>
    </Field>
    <Field label={t('camera.fps')}>
      <input
        class="input"
        name="fps"
        type="number"
        min={0.1}
        max={60}
        step={0.1}
        required
        title={t(draft.role === COUNTER_ROLE ? 'camera.fps.counter' : 'camera.fps.hint')}
        value={draft.fps}
        onInput={(event) => {
          if (Number.isFinite(event.currentTarget.valueAsNumber)) set({ fps: event.currentTarget.valueAsNumber });
        }}
      />
    </Field>
    <Field label={t('camera.transport')}>
      <select
        class="input"
        value={draft.transport}
        onChange={(event) => set({ transport: event.currentTarget.value === 'udp' ? 'udp' : 'tcp' })}
      >
        <option value="tcp">TCP</option>
        <option value="udp">UDP</option>
      </select>
    </Field>
    <Field label={t('camera.rotate')}>
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
    </Field>
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
        <input type="checkbox" checked={draft.loop} onChange={(event) => set({ loop: event.currentTarget.checked })} />
        {t('camera.loop')}
      </label>
    </div>
  </>
);
