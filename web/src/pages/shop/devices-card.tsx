import { useState } from 'preact/hooks';
import type { Device } from '../../../../src/contracts/service/device.js';
import { FEEDBACK_SCALES } from '../../../../src/contracts/service/device-lists.js';
import { addDevice, kioskAddress, loadDevices, type NewDevice, removeDevice } from '../../data/shop/devices.js';
import { loadRegister, type Entry } from '../../data/shop/registers.js';
import { useAction } from '../../hooks/use-action.js';
import { useData } from '../../hooks/use-data.js';
import { t } from '../../i18n/i18n.js';
import { Field } from '../../ui/field.js';
import { DeleteButton, Form } from '../../ui/form.js';
import { LoadedView, Refusal } from '../../ui/loaded-view.js';
import { dateTime, minuteTime } from '../../values/format.js';

/** The PIN in large figures, where it is typed in, and until when. */
const PinNotice = ({ made: { name, pin, pinUntilTs } }: { readonly made: NewDevice }) => (
  <div class="notice good device-pin" role="status">
    <span>{t('devices.pin.how', { name, address: kioskAddress() })}</span>
    <strong class="mono" data-pin>
      {pin}
    </strong>
    <span class="small">{t('devices.pin.until', { time: minuteTime(pinUntilTs) })}</span>
  </div>
);

const AddDevice = ({ places, onDone }: { readonly places: readonly Entry[]; readonly onDone: () => void }) => {
  const [name, setName] = useState('');
  const [placeId, setPlaceId] = useState(places[0]?.id ?? '');
  const [scale, setScale] = useState<(typeof FEEDBACK_SCALES)[number]>(5);
  const [message, setMessage] = useState(false);
  const [made, setMade] = useState<NewDevice | null>(null);
  const action = useAction();
  const added = (device: NewDevice): void => {
    setMade(device);
    setName('');
    onDone();
  };
  return (
    <Form
      class="entry-form"
      label={t('devices.add')}
      onSubmit={() => action.run(() => addDevice({ name, placeId, settings: { scale, message } }), added)}
    >
      <Field label={t('shop.name')}>
        <input
          class="input"
          name="device-name"
          required
          maxLength={100}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </Field>
      <Field label={t('devices.place')}>
        <select
          class="input"
          name="device-place"
          required
          value={placeId}
          onChange={(event) => setPlaceId(event.currentTarget.value)}
        >
          {places.map(({ id, name: called }) => (
            <option key={id} value={id}>
              {called}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t('devices.scale')}>
        <select
          class="input"
          value={scale}
          onChange={({ currentTarget: { value } }) =>
            setScale(FEEDBACK_SCALES.find((faces) => String(faces) === value) ?? 5)
          }
        >
          {FEEDBACK_SCALES.map((faces) => (
            <option key={faces} value={faces}>
              {faces}
            </option>
          ))}
        </select>
      </Field>
      <label class="check">
        <input type="checkbox" checked={message} onChange={(event) => setMessage(event.currentTarget.checked)} />
        <span>{t('devices.message')}</span>
      </label>
      <div class="entry-actions">
        <button type="submit" class="button primary" disabled={action.busy || name.trim() === ''}>
          {t('devices.add')}
        </button>
      </div>
      {made !== null && <PinNotice made={made} />}
      <Refusal of={action} />
    </Form>
  );
};

interface LineProps {
  readonly device: Device;
  readonly placeName: string;
  readonly onDone: () => void;
}

const DeviceLine = ({ device, placeName, onDone }: LineProps) => {
  const { id, name, state, lastSeenTs } = device;
  const action = useAction();
  const seen = lastSeenTs === null ? '' : t('devices.seen', { time: dateTime(lastSeenTs) });
  return (
    <li class="entry" data-device={id}>
      <span class="entry-name">
        {name}{' '}
        <span class={`chip ${state === 'paired' ? 'good' : 'warn'}`} data-device-state={state}>
          {t(`devices.state.${state}`)}
        </span>
        <span class="ci">{[placeName, seen].filter((part) => part !== '').join(' · ')}</span>
        <Refusal of={action} />
      </span>
      <span class="entry-actions">
        <DeleteButton
          name={name}
          words={state === 'paired' ? t('devices.revoke.of', { name }) : t('devices.forget.of', { name })}
          {...(state === 'paired' ? { sure: t('devices.revoke.sure', { name }) } : {})}
          onDelete={() => action.run(() => removeDevice(id), onDone)}
        />
      </span>
    </li>
  );
};

/** Tablets that ask customers: which there are, when each was last seen, a PIN for the next one. `changes` counts those of the places. */
export const DevicesCard = ({ changes }: { readonly changes: number }) => {
  const devices = useData(loadDevices, []);
  const places = useData((signal) => loadRegister('places', signal), [changes]).value ?? [];
  return (
    <section class="card" aria-labelledby="devices-title" data-register="devices">
      <div class="card-head">
        <h2 id="devices-title">{t('devices.title')}</h2>
        <span class="small muted">{t('devices.hint')}</span>
      </div>
      <LoadedView of={devices}>
        {(list) => (
          <>
            {list.length === 0 ? (
              <p class="muted">{t('devices.none')}</p>
            ) : (
              <ul class="entries">
                {list.map((device) => (
                  <DeviceLine
                    key={device.id}
                    device={device}
                    placeName={places.find(({ id }) => id === device.placeId)?.name ?? device.placeId}
                    onDone={devices.reload}
                  />
                ))}
              </ul>
            )}
            {places.length === 0 ? (
              <p class="muted">{t('devices.place.first')}</p>
            ) : (
              <AddDevice key={places.map(({ id }) => id).join()} places={places} onDone={devices.reload} />
            )}
          </>
        )}
      </LoadedView>
    </section>
  );
};
