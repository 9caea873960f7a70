import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { loadRegister, removeEntry, type Entry, type Register } from '../../data/shop/registers.js';
import { may } from '../../data/session.js';
import { useAction } from '../../hooks/use-action.js';
import { useData } from '../../hooks/use-data.js';
import { t } from '../../i18n/i18n.js';
import { DeleteButton } from '../../ui/form.js';
import { LoadedView, Refusal } from '../../ui/loaded-view.js';
import { EntryForm, type PlaceFields } from './entry-form.js';

interface Props {
  readonly register: Register;
  /** What a line says besides its name. */
  readonly facts?: (entry: Entry) => string;
  readonly more?: (fields: PlaceFields, change: (fields: PlaceFields) => void) => ComponentChildren;
  /** Something was added, changed or removed. */
  readonly onChange?: () => void;
}

interface LineProps extends Props {
  readonly entry: Entry;
  readonly taken: readonly string[];
  readonly onDone: () => void;
}

const Line = ({ register, facts, more, entry, taken, onDone }: LineProps) => {
  const [isEdited, setIsEdited] = useState(false);
  const action = useAction();
  const close = (): void => setIsEdited(false);
  const saved = (): void => {
    close();
    onDone();
  };
  if (isEdited)
    return (
      <li class="entry" data-entry={entry.id}>
        <EntryForm
          {...{ register, entry, taken }}
          {...(more === undefined ? {} : { more })}
          onDone={saved}
          onCancel={close}
        />
      </li>
    );
  const said = facts?.(entry) ?? '';
  return (
    <li class="entry" data-entry={entry.id}>
      <span class="entry-name">
        {entry.name} <span class="mono muted small">{entry.id}</span>
        {said !== '' && <span class="ci">{said}</span>}
        <Refusal of={action} />
      </span>
      {may('administer') && (
        <span class="entry-actions">
          <button
            type="button"
            class="button"
            aria-label={t('shop.edit.of', { name: entry.name })}
            onClick={() => setIsEdited(true)}
          >
            {t('shop.edit')}
          </button>
          <DeleteButton
            name={entry.name}
            sure={t(`shop.${register}.sure`, { name: entry.name })}
            onDelete={() => action.run(() => removeEntry(register, entry.id), onDone)}
          />
        </span>
      )}
    </li>
  );
};

/** One register of the site: its lines, and a form for the next one. */
export const RegisterCard = ({ register, facts, more, onChange }: Props) => {
  const list = useData((signal) => loadRegister(register, signal), [register]);
  const done = (): void => {
    list.reload();
    onChange?.();
  };
  const title = `${register}-title`;
  const given = { register, ...(facts === undefined ? {} : { facts }), ...(more === undefined ? {} : { more }) };
  return (
    <section class="card" aria-labelledby={title} data-register={register}>
      <div class="card-head">
        <h2 id={title}>{t(`shop.${register}.title`)}</h2>
        <span class="small muted">{t(`shop.${register}.hint`)}</span>
      </div>
      <LoadedView of={list}>
        {(entries) => {
          const taken = entries.map(({ id }) => id);
          return (
            <>
              {entries.length === 0 ? (
                <p class="muted">{t(`shop.${register}.none`)}</p>
              ) : (
                <ul class="entries">
                  {entries.map((entry) => (
                    <Line key={entry.id} {...given} entry={entry} taken={taken} onDone={done} />
                  ))}
                </ul>
              )}
              {may('administer') && <EntryForm {...given} entry={null} taken={taken} onDone={done} />}
            </>
          );
        }}
      </LoadedView>
    </section>
  );
};
