import { useState } from 'preact/hooks';
import type { Role } from '../../../../src/contracts/role.js';
import { idFrom } from '../../values/id-from.js';
import type { ZoneShape } from '../../data/streams.js';
import { t } from '../../i18n/i18n.js';
import { DeleteButton, RoleOptions } from '../../ui/form.js';
import { ZoneCanvas } from './zone-canvas.js';
import { Field } from '../../ui/field.js';

const RECTANGLE = [
  [0.3, 0.3],
  [0.7, 0.3],
  [0.7, 0.7],
  [0.3, 0.7],
] as const;

interface Props {
  readonly zones: readonly ZoneShape[];
  readonly picture: string | null;
  readonly ratio: number;
  readonly onChange: (zones: readonly ZoneShape[]) => void;
}

/** Zones of a camera: their outlines on a frame, their names and roles. */
export const ZoneEditor = ({ zones, picture, ratio, onChange }: Props) => {
  const [selected, setSelected] = useState<string | null>(null);
  const [drawing, setDrawing] = useState(false);
  const change = (id: string, fields: Partial<ZoneShape>): void =>
    onChange(zones.map((zone) => (zone.id === id ? { ...zone, ...fields } : zone)));
  const add = (polygon: ZoneShape['polygon']): void => {
    const id = idFrom(
      '',
      zones.map((zone) => zone.id),
      'zone',
    );
    onChange([...zones, { id, name: t('zones.new', { n: zones.length + 1 }), polygon }]);
    setSelected(id);
  };
  const setRole = (zone: ZoneShape, role: string): void => {
    const { role: _before, ...rest } = zone;
    onChange(
      zones.map((other) => (other.id === zone.id ? (role === '' ? rest : { ...rest, role: role as Role }) : other)),
    );
  };
  return (
    <section class="card" aria-labelledby="zones-title">
      <div class="card-head">
        <h2 id="zones-title">{t('zones.title')}</h2>
        <div class="space" />
        <button type="button" class="button" aria-pressed={drawing} onClick={() => setDrawing(!drawing)}>
          {t('zones.draw')}
        </button>
        <button type="button" class="button" disabled={drawing} onClick={() => add(RECTANGLE)}>
          {t('zones.rectangle')}
        </button>
      </div>
      <p class="small muted" role="status">
        {drawing ? t('zones.drawing') : zones.length === 0 ? t('zones.hint') : t('zones.help')}
      </p>
      <ZoneCanvas
        zones={zones}
        selected={selected}
        drawing={drawing}
        picture={picture}
        ratio={ratio}
        onSelect={setSelected}
        onChange={(id, polygon) => change(id, { polygon })}
        onDrawn={(polygon) => {
          setDrawing(false);
          if (polygon !== null) add(polygon);
        }}
      />
      {zones.length === 0 && <p class="small muted">{t('zones.none')}</p>}
      <ul class="zone-list">
        {zones.map((zone) => (
          <li key={zone.id} class="row" data-zone-line={zone.id}>
            <Field label={t('zones.name')}>
              <input
                class="input"
                value={zone.name ?? zone.id}
                onFocus={() => setSelected(zone.id)}
                onInput={(event) => change(zone.id, { name: event.currentTarget.value })}
              />
            </Field>
            <Field label={t('zones.role')}>
              <select
                class="input"
                value={zone.role ?? ''}
                onChange={(event) => setRole(zone, event.currentTarget.value)}
              >
                <option value="">{t('zones.role.inherit')}</option>
                <RoleOptions />
              </select>
            </Field>
            <DeleteButton
              name={zone.name ?? zone.id}
              onDelete={() => onChange(zones.filter((other) => other.id !== zone.id))}
            />
          </li>
        ))}
      </ul>
    </section>
  );
};
