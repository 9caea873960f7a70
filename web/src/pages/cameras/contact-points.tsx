import { useState } from 'preact/hooks';
import type { StreamStatus } from '../../../../src/contracts/stream.js';
import { addPoint, loadPoints, removePoint, type NamedPoint } from '../../data/contact-points.js';
import { idFrom } from '../../values/id-from.js';
import { loadViews, type ViewOption } from '../../data/streams.js';
import { may } from '../../data/session.js';
import { t } from '../../i18n/i18n.js';
import { DeleteButton, Form } from '../../ui/form.js';
import { LoadedView, Refusal } from '../../ui/loaded-view.js';
import { useAction } from '../../hooks/use-action.js';
import { useData } from '../../hooks/use-data.js';
import { link } from '../../router.js';
import { Field } from '../../ui/field.js';

interface ViewSelectProps {
  readonly label: string;
  readonly name: string;
  readonly views: readonly ViewOption[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const ViewSelect = ({ label, name, views, value, onChange }: ViewSelectProps) => (
  <Field label={label}>
    <select class="input" name={name} required value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      <option value="">{t('points.choose')}</option>
      {views.map((view) => (
        <option key={view.value} value={view.value}>
          {view.label}
        </option>
      ))}
    </select>
  </Field>
);

const LinkForm = ({
  views,
  taken,
  onDone,
}: {
  views: readonly ViewOption[];
  taken: readonly string[];
  onDone: () => void;
}) => {
  const [name, setName] = useState('');
  const [seller, setSeller] = useState('');
  const [customer, setCustomer] = useState('');
  const action = useAction();
  const submit = (): Promise<unknown> => addPoint({ id: idFrom(name, taken, 'point'), name, seller, customer });
  const done = (): void => {
    setName('');
    setSeller('');
    setCustomer('');
    onDone();
  };
  return (
    <Form class="point-form" label={t('points.add')} onSubmit={() => action.run(submit, done)}>
      <Field label={t('points.name')}>
        <input
          class="input"
          name="point-name"
          required
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </Field>
      <ViewSelect label={t('points.seller')} name="seller" views={views} value={seller} onChange={setSeller} />
      <ViewSelect label={t('points.customer')} name="customer" views={views} value={customer} onChange={setCustomer} />
      <button type="submit" class="button primary" disabled={seller === '' || customer === '' || seller === customer}>
        {t('points.add')}
      </button>
      <Refusal of={action} />
    </Form>
  );
};

const PointLine = ({
  point,
  views,
  onDone,
}: {
  point: NamedPoint;
  views: readonly ViewOption[];
  onDone: () => void;
}) => {
  const action = useAction();
  const nameOf = (view: string): string => views.find((option) => option.value === view)?.label ?? view;
  const name = point.name ?? point.id;
  return (
    <tr data-point={point.id}>
      <th scope="row">
        <a href={link('contact', point.id)}>{name}</a>
        <Refusal of={action} />
      </th>
      <td>{nameOf(point.seller)}</td>
      <td>{nameOf(point.customer)}</td>
      <td class="num">
        {may('administer') && (
          <DeleteButton
            name={name}
            sure={t('points.delete.sure', { name })}
            onDelete={() => action.run(() => removePoint(point.id), onDone)}
          />
        )}
      </td>
    </tr>
  );
};

/** The linked pairs of views, and a form that links two more. */
export const ContactPoints = ({ streams }: { readonly streams: readonly StreamStatus[] }) => {
  const key = streams.map((stream) => stream.id).join();
  const points = useData(loadPoints, []);
  const views = useData((signal) => loadViews(streams, signal), [key]);
  return (
    <section class="card" aria-labelledby="points-title">
      <div class="card-head">
        <h2 id="points-title">{t('points.title')}</h2>
        <span class="small muted">{t('points.hint')}</span>
      </div>
      <LoadedView of={points}>
        {(list) => (
          <>
            {list.length === 0 ? (
              <p class="muted">{t('points.none')}</p>
            ) : (
              <div class="table-scroll">
                <table class="table">
                  <thead>
                    <tr>
                      <th scope="col">{t('points.name')}</th>
                      <th scope="col">{t('points.seller')}</th>
                      <th scope="col">{t('points.customer')}</th>
                      <th scope="col">
                        <span class="visually-hidden">{t('action.delete')}</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {list.map((point) => (
                      <PointLine key={point.id} point={point} views={views.value ?? []} onDone={points.reload} />
                    ))}
                  </tbody>
                </table>
              </div>
            )}
            {may('administer') && (
              <LinkForm views={views.value ?? []} taken={list.map((point) => point.id)} onDone={points.reload} />
            )}
          </>
        )}
      </LoadedView>
    </section>
  );
};
