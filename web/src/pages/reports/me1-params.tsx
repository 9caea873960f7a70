import type { SmileReading } from '../../../../src/contracts/me1.js';
import type { Role } from '../../../../src/contracts/role.js';
import type { StreamStatus } from '../../../../src/contracts/stream.js';
import type { Query } from '../../data/api.js';
import type { ReportPeriod } from '../../values/period.js';
import { t } from '../../i18n/i18n.js';
import { Form, RoleOptions } from '../../ui/form.js';
import { PeriodSelect } from '../../ui/period-select.js';
import { StreamPicker } from '../../ui/stream-picker.js';
import { Field } from '../../ui/field.js';

const READINGS = ['face', 'person', 'frame', 'level'] as const satisfies readonly SmileReading[];
const BUCKETS = ['10s', '1m', '5m', '15m', '1h', '6h', '1d'] as const;

/** Everything МЭ-1 can be asked. */
export interface Me1Choice {
  readonly period: ReportPeriod;
  readonly streams: readonly string[];
  readonly threshold: number;
  readonly smileIndex: SmileReading;
  readonly role: Role | '';
  readonly zone: string;
  readonly minFacePx: number | null;
  readonly bucket: (typeof BUCKETS)[number] | '';
}

export const me1Query = (choice: Me1Choice): Query => {
  const { period, ...rest } = choice;
  return { ...period, ...rest };
};

interface Props {
  readonly streams: readonly StreamStatus[];
  readonly choice: Me1Choice;
  readonly onChange: (fields: Partial<Me1Choice>) => void;
  readonly onBuild: () => void;
}

/** The parameters of МЭ-1, applied with the button. */
export const Me1Params = ({ streams, choice, onChange, onBuild }: Props) => (
  <Form class="card params even" label={t('me1.title')} onSubmit={onBuild}>
    <PeriodSelect initial="today" onChange={(period) => onChange({ period })} />
    <StreamPicker streams={streams} value={choice.streams} onChange={(ids) => onChange({ streams: ids })} />
    <Field label={t('params.role')}>
      <select
        class="input"
        value={choice.role}
        onChange={(event) => onChange({ role: event.currentTarget.value as Role | '' })}
      >
        <option value="">{t('params.role.all')}</option>
        <RoleOptions />
      </select>
    </Field>
    <label class="field short">
      <span>{t('params.threshold')}</span>
      <input
        class="input"
        name="threshold"
        type="number"
        min={0}
        max={100}
        step={1}
        required
        value={choice.threshold}
        onInput={(event) => {
          if (Number.isFinite(event.currentTarget.valueAsNumber))
            onChange({ threshold: event.currentTarget.valueAsNumber });
        }}
      />
    </label>
    <Field label={t('params.smileIndex')}>
      <select
        class="input"
        value={choice.smileIndex}
        onChange={(event) => onChange({ smileIndex: event.currentTarget.value as SmileReading })}
      >
        {READINGS.map((reading) => (
          <option key={reading} value={reading}>
            {t(`params.smileIndex.${reading}`)}
          </option>
        ))}
      </select>
    </Field>
    <label class="field short">
      <span>{t('params.minFace')}</span>
      <input
        class="input"
        type="number"
        min={0}
        max={4000}
        value={choice.minFacePx ?? ''}
        onInput={(event) => {
          const value = event.currentTarget.valueAsNumber;
          onChange({ minFacePx: Number.isFinite(value) ? value : null });
        }}
      />
    </label>
    <label class="field short">
      <span>{t('params.zone')}</span>
      <input class="input" value={choice.zone} onInput={(event) => onChange({ zone: event.currentTarget.value })} />
    </label>
    <label class="field short">
      <span>{t('params.bucket')}</span>
      <select
        class="input"
        value={choice.bucket}
        onChange={(event) => onChange({ bucket: event.currentTarget.value as Me1Choice['bucket'] })}
      >
        <option value="">{t('params.bucket.auto')}</option>
        {BUCKETS.map((bucket) => (
          <option key={bucket} value={bucket}>
            {bucket}
          </option>
        ))}
      </select>
    </label>
    <button type="submit" class="button primary">
      {t('params.build')}
    </button>
  </Form>
);
