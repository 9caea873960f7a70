import { useState } from 'preact/hooks';
import { addDays, dateOf, PRESETS, presetPeriod, type Preset, type ReportPeriod } from '../values/period.js';
import { siteTimeZone } from '../data/site.js';
import { t } from '../i18n/i18n.js';
import { Field } from './field.js';

interface Props {
  readonly label?: string;
  readonly initial: Preset;
  readonly onChange: (period: ReportPeriod) => void;
}

/** The period of a preset, ready to start with. */
export const initialPeriod = (preset: Preset): ReportPeriod =>
  presetPeriod(preset, { first: '', last: '' }, Date.now(), siteTimeZone());

/** A usual period, or one's own from day to day. */
export const PeriodSelect = ({ label, initial, onChange }: Props) => {
  const timeZone = siteTimeZone();
  const today = dateOf(Date.now(), timeZone);
  const [preset, setPreset] = useState<Preset>(initial);
  const [custom, setCustom] = useState({ first: addDays(today, -6), last: today });
  const choose = (name: Preset, dates: { readonly first: string; readonly last: string }): void => {
    setPreset(name);
    setCustom(dates);
    if (name !== 'custom' || (dates.first !== '' && dates.last !== '' && dates.first <= dates.last))
      onChange(presetPeriod(name, dates, Date.now(), timeZone));
  };
  return (
    <div class="row">
      <Field label={label ?? t('period.label')}>
        <select class="input" value={preset} onChange={(event) => choose(event.currentTarget.value as Preset, custom)}>
          {PRESETS.map((name) => (
            <option key={name} value={name}>
              {t(`period.${name}`)}
            </option>
          ))}
        </select>
      </Field>
      {preset === 'custom' && (
        <>
          <Field label={t('period.from')}>
            <input
              class="input"
              type="date"
              required
              max={custom.last}
              value={custom.first}
              onChange={(event) => choose('custom', { ...custom, first: event.currentTarget.value })}
            />
          </Field>
          <Field label={t('period.to')}>
            <input
              class="input"
              type="date"
              required
              min={custom.first}
              value={custom.last}
              onChange={(event) => choose('custom', { ...custom, last: event.currentTarget.value })}
            />
          </Field>
        </>
      )}
    </div>
  );
};
