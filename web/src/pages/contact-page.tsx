import { useState } from 'preact/hooks';
import { loadPoints, type NamedPoint } from '../data/contact-points.js';
import { loadFigures } from '../data/contacts.js';
import type { LiveFeed } from '../data/live-feed.js';
import { may } from '../data/session.js';
import { siteInfo, siteTimeZone } from '../data/site.js';
import { SHIFTS, shiftPeriod, type Shift } from '../values/shift.js';
import { t } from '../i18n/i18n.js';
import { Icon } from '../ui/icon.js';
import { LoadedView } from '../ui/loaded-view.js';
import { PictureSwitch } from '../pictures/picture-switch.js';
import { useData } from '../hooks/use-data.js';
import { useLate } from '../hooks/use-late.js';
import { MissingRole } from '../ui/missing-role.js';
import { useNow } from '../hooks/use-now.js';
import { go, link, route } from '../router.js';
import { ContactCurves } from './contact/contact-curves.js';
import { ContactList } from './contact/contact-list.js';
import { PointFigures } from './contact/point-figures.js';
import { PointViews } from './contact/point-views.js';
import { Replay } from './contact/replay.js';
import { VerdictCard } from './contact/verdict-card.js';

const SHORTEST_SPAN_MS = 20_000;
const REFRESH_MS = 15_000;
/** The store commits at least every second: an ended contact can be read back after this. */
const COMMITTED_AFTER_MS = 1500;

const NoPoints = () => (
  <div class="card empty">
    <h1>{t('contact.none')}</h1>
    <span>{t('contact.none.detail')}</span>
    {may('administer') && (
      <a class="button primary" href={link('cameras')}>
        <Icon name="plus" />
        {t('contact.none.add')}
      </a>
    )}
  </div>
);

const Live = ({ feed, pointId }: { readonly feed: LiveFeed; readonly pointId: string }) => {
  const now = useNow();
  const contact = feed.contacts.value.get(pointId) ?? null;
  if (!may('contacts')) return <MissingRole needs="contacts" />;
  const sellerHidden = siteInfo.value !== null && siteInfo.value.privacy.sellerAnalytics !== 'on';
  const start = contact?.startTs ?? now;
  const end = contact?.curve.at(-1)?.ts ?? start;
  return (
    <div class="live-row">
      <section class="card" aria-labelledby="curves-title">
        <div class="card-head">
          <h2 id="curves-title">{t('contact.live')}</h2>
          {sellerHidden && <span class="small muted">{t('contact.seller.hidden')}</span>}
        </div>
        <ContactCurves
          curve={contact?.curve ?? []}
          bursts={contact?.bursts ?? []}
          smiles={contact?.end?.contact.smiles ?? []}
          span={[start, Math.max(end, start + SHORTEST_SPAN_MS)]}
        />
      </section>
      <VerdictCard contact={contact} now={now} />
    </div>
  );
};

const Point = ({ feed, point, shift }: { feed: LiveFeed; point: NamedPoint; shift: Shift }) => {
  const contactId = route.value.parts[2];
  const period = shiftPeriod(shift, Date.now(), siteTimeZone());
  const ended = String(feed.happyIndex.value.get(point.id)?.seq ?? feed.contacts.value.get(point.id)?.end?.seq ?? 0);
  const turn = useLate(ended, COMMITTED_AFTER_MS);
  const figures = useData((signal) => loadFigures(period, signal), [period.from, period.to, turn], REFRESH_MS);
  return (
    <>
      <PointFigures figures={figures.value?.find((entry) => entry.pointId === point.id) ?? null} />
      {contactId !== undefined && <Replay key={contactId} contactId={contactId} pointId={point.id} />}
      <PointViews feed={feed} point={point} />
      <Live feed={feed} pointId={point.id} />
      {may('contacts') && <ContactList pointId={point.id} period={period} long={shift === '7d'} turn={turn} />}
    </>
  );
};

/** A contact point: both views, the live curves, the verdict, the shift's figures and its contacts. */
export const ContactPage = ({ feed }: { readonly feed: LiveFeed }) => {
  const [shift, setShift] = useState<Shift>('today');
  const points = useData(loadPoints, []);
  return (
    <LoadedView of={points}>
      {(list) => {
        const point = list.find((candidate) => candidate.id === route.value.parts[1]) ?? list[0];
        if (point === undefined) return <NoPoints />;
        return (
          <>
            <div class="page-head">
              <h1>{t('contact.title')}</h1>
              <label class="row">
                <span class="visually-hidden">{t('contact.point')}</span>
                <select class="input" value={point.id} onChange={(event) => go('contact', event.currentTarget.value)}>
                  {list.map((candidate) => (
                    <option key={candidate.id} value={candidate.id}>
                      {candidate.name ?? candidate.id}
                    </option>
                  ))}
                </select>
              </label>
              <div class="space" />
              <PictureSwitch />
              <div class="tabs" role="group" aria-label={t('contact.shift')}>
                {SHIFTS.map((name) => (
                  <button key={name} type="button" aria-pressed={shift === name} onClick={() => setShift(name)}>
                    {t(`contact.shift.${name}`)}
                  </button>
                ))}
              </div>
            </div>
            <Point key={point.id} feed={feed} point={point} shift={shift} />
          </>
        );
      }}
    </LoadedView>
  );
};
