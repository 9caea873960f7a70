import type { PrivacyReport } from '../../../../src/contracts/documents/privacy-report.js';
import { dateTime, number } from '../../values/format.js';
import { loadPrivacyReport, noticeUrl } from '../../data/privacy.js';
import { may } from '../../data/session.js';
import { siteInfo } from '../../data/site.js';
import { language, plural, t } from '../../i18n/i18n.js';
import { actionText, actorText } from '../../ui/audit-words.js';
import { LoadedView } from '../../ui/loaded-view.js';
import { useData } from '../../hooks/use-data.js';

const Notice = () => (
  <section class="card stack" aria-labelledby="notice-title">
    <h2 id="notice-title">{t('notice.title')}</h2>
    <p>{t('notice.about')}</p>
    <div class="row">
      {(['ru', 'en'] as const).flatMap((name) =>
        (['html', 'pdf'] as const).map((format) => (
          <a key={`${name} ${format}`} class="button" href={noticeUrl(name, format)} target="_blank" rel="noreferrer">
            {t('notice.print', { lang: t(`notice.${name}`), format: format.toUpperCase() })}
          </a>
        )),
      )}
    </div>
  </section>
);

const Profile = () => {
  const info = siteInfo.value;
  if (info === null) return null;
  const { privacy } = info;
  return (
    <section class="card" aria-labelledby="profile-title">
      <div class="card-head">
        <h2 id="profile-title">{t('privacy.rules')}</h2>
      </div>
      <dl class="facts">
        <dt>{t('privacy.profile')}</dt>
        <dd>{t(`jurisdiction.${privacy.jurisdiction}`)}</dd>
        <dt>{t('privacy.seller')}</dt>
        <dd>{t(`seller.${privacy.sellerAnalytics}`)}</dd>
        <dt>{t('privacy.k')}</dt>
        <dd>{plural('privacy.k.value', privacy.kAnonymity)}</dd>
        <dt>{t('privacy.minors')}</dt>
        <dd>{plural('age.years', privacy.minorsAge)}</dd>
      </dl>
    </section>
  );
};

const UNITS = { h: 'span.hours', d: 'span.days', y: 'span.years' } as const;

/** How long something is kept: «30d» in words; what has no end of its own, by where it lives. */
const retentionText = ({ kind, retention }: PrivacyReport['holdings'][number]): string => {
  if (retention === null) return t(kind === 'frame' ? 'privacy.process' : 'privacy.endless');
  const [, count = '', unit = ''] = /^(\d+)([hdy])$/.exec(retention) ?? [];
  return unit === 'h' || unit === 'd' || unit === 'y' ? plural(UNITS[unit], Number(count)) : retention;
};

const Holdings = ({ report }: { readonly report: PrivacyReport }) => (
  <>
    <section class="card" aria-labelledby="holdings-title">
      <div class="card-head">
        <h2 id="holdings-title">{t('privacy.title')}</h2>
      </div>
      <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="holdings-title">
        <table class="table wordy">
          <thead>
            <tr>
              <th scope="col">{t('privacy.kind')}</th>
              <th scope="col">{t('privacy.where')}</th>
              <th scope="col">{t('privacy.retention')}</th>
            </tr>
          </thead>
          <tbody>
            {report.holdings.map((holding) => (
              <tr key={holding.kind}>
                <th scope="row">{holding.description[language.value]}</th>
                <td>{holding.where[language.value]}</td>
                <td class="nowrap">{retentionText(holding)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
    <section class="card" aria-labelledby="accesses-title">
      <div class="card-head">
        <h2 id="accesses-title">{t('privacy.accesses')}</h2>
      </div>
      {report.accesses.length === 0 ? (
        <p class="muted">{t('table.empty')}</p>
      ) : (
        <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="accesses-title">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{t('audit.actor')}</th>
                <th scope="col">{t('audit.action')}</th>
                <th scope="col" class="num">
                  {t('privacy.count')}
                </th>
                <th scope="col">{t('privacy.last')}</th>
              </tr>
            </thead>
            <tbody>
              {report.accesses.map((access) => (
                <tr key={`${access.actor} ${access.action}`}>
                  <th scope="row">{actorText(access.actor)}</th>
                  <td>{actionText(access.action)}</td>
                  <td class="num">{number(access.count)}</td>
                  <td class="nowrap">{dateTime(access.lastTs)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  </>
);

const Report = () => {
  const report = useData(loadPrivacyReport, []);
  return <LoadedView of={report}>{(value) => <Holdings report={value} />}</LoadedView>;
};

/** The notice for the door, the legal profile, what is kept and who saw it. */
export const PrivacyView = () => (
  <>
    <div class="grid-auto">
      <Notice />
      <Profile />
    </div>
    {may('administer') && <Report />}
  </>
);
