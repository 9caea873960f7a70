import type { LiveFeed } from '../data/live-feed.js';
import { may } from '../data/session.js';
import { siteTimeZone } from '../data/site.js';
import { t } from '../i18n/i18n.js';
import { MissingRole } from '../ui/missing-role.js';
import { link, route } from '../router.js';
import { CompareView } from './reports/compare-view.js';
import { Me1View } from './reports/me1-view.js';
import { QuestionsView } from './reports/questions-view.js';
import { VisitorsView } from './reports/visitors-view.js';

const TABS = ['me1', 'questions', 'visitors', 'compare'] as const;
type Tab = (typeof TABS)[number];

const View = ({ feed, tab }: { readonly feed: LiveFeed; readonly tab: Tab }) => {
  switch (tab) {
    case 'me1':
      return <Me1View feed={feed} />;
    case 'questions':
      return <QuestionsView />;
    case 'visitors':
      return <VisitorsView feed={feed} />;
    case 'compare':
      return <CompareView feed={feed} />;
  }
};

/** Figures of past periods: МЭ-1, the five questions, visitors with cross-tabs, two periods compared. */
export const ReportsPage = ({ feed }: { readonly feed: LiveFeed }) => {
  const tab = TABS.find((name) => name === route.value.parts[1]) ?? 'me1';
  if (!may('analyse')) return <MissingRole needs="analyse" title={t('reports.title')} />;
  return (
    <>
      <div class="page-head">
        <h1>{t('reports.title')}</h1>
        <nav class="tabs" aria-label={t('reports.tabs')}>
          {TABS.map((name) => (
            <a key={name} href={link('reports', name)} aria-current={tab === name ? 'page' : undefined}>
              {t(`reports.tab.${name}`)}
            </a>
          ))}
        </nav>
        <div class="space" />
        <span class="small muted">{t('period.zone', { zone: siteTimeZone() ?? '—' })}</span>
      </div>
      <View feed={feed} tab={tab} />
    </>
  );
};
