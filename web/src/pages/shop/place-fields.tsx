import { SERVED_BY } from '../../../../src/contracts/service/served-by.js';
import type { NamedPoint } from '../../data/contact-points.js';
import type { ViewOption } from '../../data/streams.js';
import { t } from '../../i18n/i18n.js';
import { Field } from '../../ui/field.js';
import type { PlaceFields as Fields } from './entry-form.js';

interface Props {
  readonly fields: Fields;
  readonly views: readonly ViewOption[];
  readonly points: readonly NamedPoint[];
  readonly onChange: (fields: Fields) => void;
}

/** The fields without those that are not chosen. */
const chosen = ({ views = [], contact, served }: Fields): Fields => ({
  ...(views.length === 0 ? {} : { views }),
  ...(contact === undefined ? {} : { contact }),
  ...(served === undefined ? {} : { served }),
});

/** Which cameras see a place, where its contacts are, and what counts as served there. */
export const PlaceFields = ({ fields, views, points, onChange }: Props) => {
  const own = fields.views ?? [];
  const toggle = (view: string): void =>
    onChange(chosen({ ...fields, views: own.includes(view) ? own.filter((one) => one !== view) : [...own, view] }));
  return (
    <>
      <fieldset class="entry-views">
        <legend>{t('shop.views')}</legend>
        {views.length === 0 && <span class="muted small">{t('shop.views.none')}</span>}
        {views.map(({ value, label }) => (
          <label key={value} class="check">
            <input type="checkbox" checked={own.includes(value)} onChange={() => toggle(value)} />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      {points.length > 0 && (
        <Field label={t('shop.contact')}>
          <select
            class="input"
            value={fields.contact ?? ''}
            onChange={({ currentTarget: { value } }) =>
              onChange(chosen({ ...fields, contact: value === '' ? undefined : value }))
            }
          >
            <option value="">{t('shop.contact.unset')}</option>
            {points.map(({ id, name }) => (
              <option key={id} value={id}>
                {name ?? id}
              </option>
            ))}
          </select>
        </Field>
      )}
      <Field label={t('shop.served')}>
        <select
          class="input"
          name="served"
          value={fields.served ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onChange(chosen({ ...fields, served: SERVED_BY.find((one) => one === value) }))
          }
        >
          <option value="">{t('shop.served.unset')}</option>
          {SERVED_BY.map((one) => (
            <option key={one} value={one}>
              {t(`shop.served.${one}`)}
            </option>
          ))}
        </select>
      </Field>
    </>
  );
};
