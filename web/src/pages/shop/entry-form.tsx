import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Place } from '../../../../src/contracts/place.js';
import { addEntry, putEntry, type Entry, type Register } from '../../data/shop/registers.js';
import { useAction } from '../../hooks/use-action.js';
import { t } from '../../i18n/i18n.js';
import { Field } from '../../ui/field.js';
import { Form } from '../../ui/form.js';
import { Refusal } from '../../ui/loaded-view.js';
import { idFrom } from '../../values/id-from.js';

/** What only places have, by choice. */
export type PlaceFields = Pick<Place, 'views' | 'contact' | 'served'>;

interface Props {
  readonly register: Register;
  /** null: a new one is added. */
  readonly entry: Entry | null;
  readonly taken: readonly string[];
  /** Controls of what only places have. */
  readonly more?: (fields: PlaceFields, change: (fields: PlaceFields) => void) => ComponentChildren;
  readonly onDone: () => void;
  readonly onCancel?: () => void;
}

const fieldsOf = (entry: Entry | null): PlaceFields => {
  const { views, contact, served } = entry ?? ({} as Partial<Entry>);
  return {
    ...(views === undefined ? {} : { views }),
    ...(contact === undefined ? {} : { contact }),
    ...(served === undefined ? {} : { served }),
  };
};

/** Adds a line to a register, or changes one; the id is made from the name, once. */
export const EntryForm = ({ register, entry, taken, more, onDone, onCancel }: Props) => {
  const [name, setName] = useState(entry?.name ?? '');
  const [fields, setFields] = useState(fieldsOf(entry));
  const action = useAction();
  const label = entry === null ? t(`shop.${register}.add`) : t('shop.edit.of', { name: entry.name });
  const send = (): Promise<unknown> =>
    entry === null
      ? addEntry(register, { id: idFrom(name, taken, register), name, ...fields })
      : putEntry(register, { id: entry.id, name, ...fields });
  const done = (): void => {
    setName('');
    setFields({});
    onDone();
  };
  return (
    <Form class="entry-form" label={label} onSubmit={() => action.run(send, done)}>
      <Field label={t('shop.name')}>
        <input
          class="input"
          name={`${register}-name`}
          required
          maxLength={200}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </Field>
      {more?.(fields, setFields)}
      <div class="entry-actions">
        <button type="submit" class="button primary" disabled={action.busy || name.trim() === ''}>
          {entry === null ? label : t('shop.save')}
        </button>
        {onCancel !== undefined && (
          <button type="button" class="button" onClick={onCancel}>
            {t('shop.cancel')}
          </button>
        )}
      </div>
      <Refusal of={action} />
    </Form>
  );
};
