import type { ComponentChildren } from 'preact';
import type { LiveFeed } from './data/live-feed.js';
import { clockTime } from './values/format.js';
import { chooseLanguage, logout, may, sessionState, type Session } from './data/session.js';
import { siteInfo } from './data/site.js';
import { language, t } from './i18n/i18n.js';
import { Icon } from './ui/icon.js';
import { useNow } from './hooks/use-now.js';
import { AlarmStrip } from './pages/live/alarms.js';
import { link, route } from './router.js';
import { theme, toggleTheme } from './theme.js';

const SECTIONS = ['live', 'contact', 'reports', 'check', 'cameras', 'shop', 'terminal', 'system'] as const;
export type Section = (typeof SECTIONS)[number];

const Clock = () => <time class="bar-clock">{clockTime(useNow())}</time>;

export const Preferences = () => (
  <>
    <button
      type="button"
      class="button quiet"
      lang={language.value === 'ru' ? 'en' : 'ru'}
      onClick={() => chooseLanguage(language.value === 'ru' ? 'en' : 'ru')}
    >
      {language.value === 'ru' ? 'EN' : 'RU'}
      <span class="visually-hidden"> {t('language.switch')}</span>
    </button>
    <button
      type="button"
      class="button quiet icon-only"
      aria-label={t(theme.value === 'dark' ? 'theme.light' : 'theme.dark')}
      onClick={toggleTheme}
    >
      <Icon name={theme.value === 'dark' ? 'sun' : 'moon'} />
    </button>
  </>
);

const User = ({ session }: { readonly session: Session }) =>
  session.open ? null : (
    <>
      <span class="bar-user small">
        {session.name} <span class="muted">{t(`account.${session.role}`)}</span>
      </span>
      <button type="button" class="button quiet icon-only" aria-label={t('logout')} onClick={() => void logout()}>
        <Icon name="exit" />
      </button>
    </>
  );

const LinkChip = ({ feed }: { readonly feed: LiveFeed }) => {
  const state = feed.link.value;
  const tone = state === 'online' ? 'good' : state === 'connecting' ? 'warn' : 'bad';
  return (
    <span class={`chip ${tone}`} role="status" data-link={state}>
      {t(`link.${state}`)}
    </span>
  );
};

const Nav = ({ section }: { readonly section: string }) => (
  <nav class="nav" aria-label={t('nav.label')}>
    <ul>
      {SECTIONS.filter((name) => name !== 'check' || may('count')).map((name) => (
        <li key={name}>
          <a href={link(name)} aria-current={section === name ? 'page' : undefined}>
            <Icon name={name} />
            {t(`nav.${name}`)}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

/** The frame around every page but the terminal: bar, sections, banners, alarms. */
export const Shell = ({ feed, children }: { readonly feed: LiveFeed; readonly children: ComponentChildren }) => {
  const state = sessionState.value;
  const session = state.kind === 'known' ? state.session : null;
  const site = siteInfo.value?.site.name ?? t('app.name');
  return (
    <div class="shell">
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        {t('app.skip')}
      </a>
      <header class="bar">
        <a class="brand" href={link('live')} aria-label={t('app.name')}>
          <img src="./favicon.svg" alt="" />
          <span>{t('app.name')}</span>
        </a>
        {site !== t('app.name') && (
          <span class="bar-site" title={site}>
            {site}
          </span>
        )}
        <div class="space" />
        <LinkChip feed={feed} />
        <Clock />
        <Preferences />
        {session !== null && <User session={session} />}
      </header>
      <Nav section={route.value.parts[0] ?? 'live'} />
      <main class="main" id="main" tabIndex={-1}>
        {session?.open === true && (
          <div class="notice warn" data-banner="open">
            <strong>{t('open.title')}</strong>
            <span>{t('open.detail')}</span>
            <a href={link('system', 'access')}>{t('open.action')}</a>
          </div>
        )}
        {feed.link.value === 'offline' && (
          <div class="notice bad" role="status">
            <strong>{t('link.offline')}.</strong>
            <span>{t('link.offline.detail')}</span>
          </div>
        )}
        <AlarmStrip feed={feed} />
        {children}
      </main>
    </div>
  );
};
