import type { LiveFeed } from '../data/live-feed.js';
import { may } from '../data/session.js';
import { siteTimeZone } from '../data/site.js';
import { MissingRole } from '../ui/missing-role.js';
import { LoadedView } from '../ui/loaded-view.js';
import { useData } from '../hooks/use-data.js';
import { loadReportList } from '../data/reports.js';
import { language, t } from '../i18n/i18n.js';
import { link, route } from '../router.js';
import { GeneralView } from './reports/general-view.js';
import { CompareView } from './reports/compare-view.js';
import { Me1View } from './reports/me1-view.js';
import { QuestionsView } from './reports/questions-view.js';
import { VisitorsView } from './reports/visitors-view.js';

const TABS = ['me1', 'questions', 'visitors', 'compare'] as const;
type Tab = (typeof TABS)[number];

/** Reports that a page of the dashboard shows already. */
const SHOWN: readonly string[] = ['me1', 'questions', 'visitors', 'comparison', 'contacts'];

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

const Reports = ({ feed }: { readonly feed: LiveFeed }) => {
  const asked = route.value.parts[1] ?? 'me1';
  const tab = TABS.find((name) => name === asked);
  const list = useData(loadReportList, []);
  const others = (list.value ?? []).filter(({ kind }) => !SHOWN.includes(kind));
  const other = others.find(({ kind }) => kind === asked);
  // An address that names no report stands for the first one, once the list is known.
  const shown = tab ?? (other === undefined && list.value !== null ? 'me1' : undefined);
  return (
    <>
      <div class="page-head">
        <h1>{t('reports.title')}</h1>
        <nav class="tabs" aria-label={t('reports.tabs')}>
          {TABS.map((name) => (
            <a key={name} href={link('reports', name)} aria-current={shown === name ? 'page' : undefined}>
              {t(`reports.tab.${name}`)}
            </a>
          ))}
          {others.map(({ kind, title }) => (
            <a key={kind} href={link('reports', kind)} aria-current={other?.kind === kind ? 'page' : undefined}>
              {title[language.value]}
            </a>
          ))}
        </nav>
        <div class="space" />
        <span class="small muted">{t('period.zone', { zone: siteTimeZone() ?? '—' })}</span>
      </div>
      {shown !== undefined ? (
        <View feed={feed} tab={shown} />
      ) : other !== undefined ? (
        <GeneralView key={other.kind} feed={feed} report={other} />
      ) : (
        <LoadedView of={list}>{() => null}</LoadedView>
      )}
    </>
  );
};

/** Figures of past periods: МЭ-1, the five questions, visitors with cross-tabs, two periods compared, and every other report. */
export const ReportsPage = ({ feed }: { readonly feed: LiveFeed }) =>
  may('analyse') ? <Reports feed={feed} /> : <MissingRole needs="analyse" title={t('reports.title')} />;
