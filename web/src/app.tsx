import { useEffect, useState } from 'preact/hooks';
import { LiveFeed } from './data/live-feed.js';
import { loadSession, may, sessionLost, sessionState } from './data/session.js';
import { loadSite, siteInfo } from './data/site.js';
import { t } from './i18n/i18n.js';
import { CheckPage } from './pages/check-page.js';
import { CamerasPage } from './pages/cameras-page.js';
import { ContactPage } from './pages/contact-page.js';
import { LivePage } from './pages/live-page.js';
import { offerAlarmLevel } from './pages/live/alarms.js';
import { ReportsPage } from './pages/reports-page.js';
import { ShopPage } from './pages/shop-page.js';
import { SystemPage } from './pages/system-page.js';
import { KioskPage } from './pages/terminal/kiosk-page.js';
import { TerminalPage } from './pages/terminal-page.js';
import { LoginPage } from './pages/login-page.js';
import { link, route } from './router.js';
import { Preferences, Shell } from './shell.js';

const NotFound = () => (
  <div class="card empty">
    <h1>{t('state.notfound')}</h1>
    <a class="button primary" href={link('live')}>
      {t('state.notfound.back')}
    </a>
  </div>
);

const Page = ({ feed }: { readonly feed: LiveFeed }) => {
  const [section = 'live'] = route.value.parts;
  switch (section) {
    case 'live':
      return <LivePage feed={feed} />;
    case 'contact':
      return <ContactPage feed={feed} />;
    case 'cameras':
      return <CamerasPage feed={feed} />;
    case 'shop':
      return <ShopPage feed={feed} />;
    case 'reports':
      return <ReportsPage feed={feed} />;
    case 'check':
      return <CheckPage feed={feed} />;
    case 'terminal':
      return <TerminalPage feed={feed} />;
    case 'system':
      return <SystemPage feed={feed} />;
    default:
      return <NotFound />;
  }
};

const Signed = () => {
  const [feed] = useState(
    () =>
      new LiveFeed({
        topics: [
          'metrics',
          'status',
          ...(may('contacts') ? ['contacts' as const] : []),
          ...(may('faces') ? ['faces' as const] : []),
        ],
        maxFacesPerSecond: 10,
      }),
  );
  // Pages begin with the site's own day and threshold, so none is shown before these are known or cannot be had.
  const [settled, setSettled] = useState(siteInfo.value !== null);
  useEffect(() => {
    feed.start();
    loadSite()
      .then(() => offerAlarmLevel(siteInfo.value?.smileAlarm ?? null))
      .catch(() => undefined)
      .finally(() => setSettled(true));
    return () => {
      feed.stop();
    };
  }, [feed]);
  if (route.value.parts[0] === 'terminal' && route.value.parts[1] !== undefined)
    return settled ? <KioskPage feed={feed} streamId={route.value.parts[1]} /> : null;
  return <Shell feed={feed}>{settled ? <Page feed={feed} /> : <p role="status">{t('state.loading')}</p>}</Shell>;
};

/** Asks who is looking, then shows the sign-in or the pages. */
export const App = () => {
  const lost = sessionLost.value;
  useEffect(() => {
    void loadSession();
  }, [lost]);
  const state = sessionState.value;
  if (state.kind === 'known') return <Signed key={`${state.session.name} ${state.session.role}`} />;
  return (
    <main class="gate">
      <div class="gate-preferences">
        <Preferences />
      </div>
      {state.kind === 'anonymous' ? (
        <LoginPage />
      ) : state.kind === 'unreachable' ? (
        <div class="card stack">
          <p role="alert">{t('login.unreachable')}</p>
          <button type="button" class="button" onClick={() => void loadSession()}>
            {t('state.retry')}
          </button>
        </div>
      ) : (
        <p role="status">{t('state.loading')}</p>
      )}
    </main>
  );
};
