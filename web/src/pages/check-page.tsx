import { useState } from 'preact/hooks';
import { CHECK_MINUTES } from '../../../src/contracts/service/spot-check-lists.js';
import { COUNTER_ROLE } from '../../../src/contracts/role.js';
import type { StreamStatus } from '../../../src/contracts/stream.js';
import type { LiveFeed } from '../data/live-feed.js';
import { may } from '../data/session.js';
import { loadSpotChecks } from '../data/spot-checks.js';
import { useData } from '../hooks/use-data.js';
import { language, plural, t } from '../i18n/i18n.js';
import { errorText } from '../ui/error-text.js';
import { Field } from '../ui/field.js';
import { Form } from '../ui/form.js';
import { LoadedView } from '../ui/loaded-view.js';
import { MissingRole } from '../ui/missing-role.js';
import { CheckList } from './check/check-list.js';
import { TapPad } from './check/tap-pad.js';
import { useChecks, type Checks } from './check/use-checks.js';

/** The camera that was counted before last, on the phone that lies at its counter. */
const CAMERA_KEY = 'emoscope.check.camera';

const LENGTHS = [1, 3, 5, 10, 15].filter((minutes) => minutes <= CHECK_MINUTES.most);

interface StartProps {
  readonly streams: readonly StreamStatus[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
  readonly start: Checks['start'];
}

const Start = ({ streams, chosen, onChoose, start }: StartProps) => {
  const [minutes, setMinutes] = useState<number>(CHECK_MINUTES.usual);
  return (
    <section class="card stack" aria-label={t('check.title')}>
      <p>{t('check.about')}</p>
      <Form class="check-start" label={t('check.start')} onSubmit={() => start(chosen, minutes)}>
        <Field label={t('check.camera')}>
          <select class="input" value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
            {streams.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </Field>
        <Field label={t('check.length')}>
          <select
            class="input"
            value={String(minutes)}
            onChange={(event) => setMinutes(Number(event.currentTarget.value))}
          >
            {LENGTHS.map((length) => (
              <option key={length} value={String(length)}>
                {t('unit.minutes', { n: length })}
              </option>
            ))}
          </select>
        </Field>
        <button type="submit" class="button primary check-large">
          {t('check.start')}
        </button>
      </Form>
    </section>
  );
};

const Unsent = ({ checks }: { readonly checks: Checks }) => {
  if (checks.unsent === 0) return null;
  if (checks.refusal === null)
    return (
      <p class="notice warn" role="status" data-check="unsent">
        {plural('check.unsent', checks.unsent)}
      </p>
    );
  return (
    <div class="notice bad" role="alert" data-check="refused">
      <strong>{t('check.refused')}</strong>
      <span>{errorText(checks.refusal)}</span>
      <button type="button" class="button" onClick={checks.discard}>
        {t('check.discard')}
      </button>
    </div>
  );
};

const Check = ({ feed }: { readonly feed: LiveFeed }) => {
  const checks = useChecks();
  const streams = feed.streams.value.filter(({ role }) => role !== 'seller' && role !== COUNTER_ROLE);
  const [wanted, setWanted] = useState(() => localStorage.getItem(CAMERA_KEY));
  const chosen = streams.find(({ id }) => id === wanted) ?? streams[0];
  const streamId = checks.counting?.streamId ?? chosen?.id ?? null;
  const choose = (id: string): void => {
    localStorage.setItem(CAMERA_KEY, id);
    setWanted(id);
  };
  const list = useData(
    (signal) => (streamId === null ? Promise.resolve(null) : loadSpotChecks(streamId, signal)),
    [streamId, checks.sent],
  );
  return (
    <>
      <div class="page-head">
        <h1>{t('check.title')}</h1>
      </div>
      <Unsent checks={checks} />
      {checks.counting !== null ? (
        <TapPad
          checks={checks}
          camera={streams.find(({ id }) => id === checks.counting?.streamId)?.name ?? checks.counting.streamId}
        />
      ) : streamId !== null ? (
        <Start streams={streams} chosen={streamId} onChoose={choose} start={checks.start} />
      ) : (
        feed.ready.value && <p class="card empty">{t('check.nocamera')}</p>
      )}
      {checks.counting === null && streamId !== null && (
        <section class="card stack" aria-labelledby="check-list">
          <h2 id="check-list">{t('check.list')}</h2>
          <LoadedView of={list}>
            {(value) =>
              value === null ? null : (
                <>
                  {value.note !== null && <p data-check="note">{value.note[language.value]}</p>}
                  <CheckList checks={value.items} onRemoved={list.reload} />
                </>
              )
            }
          </LoadedView>
        </section>
      )}
    </>
  );
};

/** Somebody counts the visitors before a camera for five minutes, and reports tell how far the camera was off. */
export const CheckPage = ({ feed }: { readonly feed: LiveFeed }) =>
  may('count') ? <Check feed={feed} /> : <MissingRole needs="count" title={t('check.title')} />;
