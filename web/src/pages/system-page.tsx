import type { LiveFeed } from '../data/live-feed.js';
import { may } from '../data/session.js';
import { siteInfo } from '../data/site.js';
import { t } from '../i18n/i18n.js';
import { MissingRole } from '../ui/missing-role.js';
import { link, route } from '../router.js';
import { AccessView } from './system/access-view.js';
import { AuditView } from './system/audit-view.js';
import { PrivacyView } from './system/privacy-view.js';
import { StatusView } from './system/status-view.js';

const TABS = ['status', 'access', 'audit', 'privacy'] as const;
const OPEN_TABS = ['status', 'privacy'] as const;

/** The service itself: how it does, who may use it, who did what, what it keeps. */
export const SystemPage = ({ feed }: { readonly feed: LiveFeed }) => {
  const tabs = may('administer') ? TABS : OPEN_TABS;
  const tab = TABS.find((name) => name === route.value.parts[1]) ?? 'status';
  const closed = !tabs.some((name) => name === tab);
  return (
    <>
      <div class="page-head">
        <h1>{t('system.title')}</h1>
        <nav class="tabs" aria-label={t('system.tabs')}>
          {tabs.map((name) => (
            <a key={name} href={link('system', name)} aria-current={tab === name ? 'page' : undefined}>
              {t(`system.tab.${name}`)}
            </a>
          ))}
        </nav>
        <div class="space" />
        <span class="small muted">
          {siteInfo.value === null ? '' : t('system.version', { v: siteInfo.value.version })}
        </span>
      </div>
      {tab === 'status' && <StatusView feed={feed} />}
      {closed && <MissingRole needs="administer" />}
      {tab === 'access' && !closed && <AccessView />}
      {tab === 'audit' && !closed && <AuditView />}
      {tab === 'privacy' && <PrivacyView />}
    </>
  );
};
