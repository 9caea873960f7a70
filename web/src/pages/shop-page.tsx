import { useState } from 'preact/hooks';
import { loadPoints } from '../data/contact-points.js';
import type { LiveFeed } from '../data/live-feed.js';
import type { Entry } from '../data/shop/registers.js';
import { may } from '../data/session.js';
import { loadViews } from '../data/streams.js';
import { useData } from '../hooks/use-data.js';
import { t } from '../i18n/i18n.js';
import { DevicesCard } from './shop/devices-card.js';
import { PlaceFields } from './shop/place-fields.js';
import { RegisterCard } from './shop/register-card.js';

/** What the site is made of besides its cameras: places, factors that customers judge, employees. */
export const ShopPage = ({ feed }: { readonly feed: LiveFeed }) => {
  const streams = feed.streams.value;
  const key = streams.map(({ id }) => id).join();
  const views = useData((signal) => loadViews(streams, signal), [key]).value ?? [];
  const [changes, setChanges] = useState(0);
  const points = useData(loadPoints, []).value ?? [];
  const facts = ({ views: own = [], contact, served }: Entry): string =>
    [
      ...own.map((view) => views.find(({ value }) => value === view)?.label ?? view),
      ...(contact === undefined ? [] : [points.find(({ id }) => id === contact)?.name ?? contact]),
      ...(served === undefined ? [] : [t(`shop.served.${served}`)]),
    ].join(' · ');
  return (
    <>
      <div class="page-head">
        <h1>{t('shop.title')}</h1>
        <div class="space" />
        {!may('administer') && <span class="muted small">{t('shop.readonly')}</span>}
      </div>
      <div class="stack">
        <RegisterCard
          register="places"
          onChange={() => setChanges((count) => count + 1)}
          facts={facts}
          more={(fields, change) => <PlaceFields fields={fields} views={views} points={points} onChange={change} />}
        />
        <RegisterCard register="factors" />
        {may('count') && <RegisterCard register="employees" />}
        {may('administer') && <DevicesCard changes={changes} />}
      </div>
    </>
  );
};
