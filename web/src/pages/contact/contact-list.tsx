import { useState } from 'preact/hooks';
import { loadContacts, type ContactLine } from '../../data/contacts.js';
import { VERDICTS, type Verdict } from '../../../../src/contracts/contact.js';
import { clockTime, dateTime, duration, number, signed } from '../../values/format.js';
import type { ReportPeriod } from '../../values/period.js';
import { plural, t } from '../../i18n/i18n.js';
import { LoadedView, MoreButton } from '../../ui/loaded-view.js';
import { usePages } from '../../hooks/use-pages.js';
import { link } from '../../router.js';
import { VerdictChip } from './verdict-card.js';

const bursts = (contact: ContactLine): string => {
  const positive = contact.bursts.filter((burst) => burst.kind === 'positive').length;
  return `+${String(positive)} / −${String(contact.bursts.length - positive)}`;
};

const Line = ({ contact, pointId, long }: { contact: ContactLine; pointId: string; long: boolean }) => (
  <tr>
    <th scope="row" class="nowrap">
      <a
        href={link('contact', pointId, contact.id)}
        aria-label={`${t('contacts.open')}: ${clockTime(contact.startTs)}`}
      >
        {long ? dateTime(contact.startTs) : clockTime(contact.startTs)}
      </a>
    </th>
    <td class="num">{duration(contact.endTs - contact.startTs)}</td>
    <td>
      <VerdictChip verdict={contact.verdict} />
    </td>
    <td class="num">{contact.sellerPresent ? number(contact.smiles?.length ?? null) : t('contacts.nosellers')}</td>
    <td class="num">
      {contact.latencyMs === null ? '—' : t('unit.seconds', { n: number(contact.latencyMs / 1000, 1) })}
    </td>
    <td class="num">{contact.riseOverBaseline === null ? '—' : signed(contact.riseOverBaseline)}</td>
    <td class="num">{bursts(contact)}</td>
  </tr>
);

interface Props {
  readonly pointId: string;
  readonly period: ReportPeriod;
  /** The period covers several days, so that a time alone says too little. */
  readonly long: boolean;
  /** Changes whenever a contact has ended, so that the list is read again. */
  readonly turn: string;
}

/** The contacts of a shift, newest first; each opens as curves. */
export const ContactList = ({ pointId, period, long, turn }: Props) => {
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const { first, items, loadMore, more } = usePages(
    (cursor, signal) => loadContacts(pointId, period, verdict, cursor, signal),
    [pointId, period.from, period.to, verdict, turn],
  );
  return (
    <section class="card" aria-labelledby="contacts-title">
      <div class="card-head">
        <h2 id="contacts-title">{t('contacts.list')}</h2>
        <span class="small muted">{t('replay.never')}</span>
        <div class="space" />
        <div class="tabs small" role="group" aria-label={t('contacts.filter')}>
          {[null, ...VERDICTS].map((name) => (
            <button key={name ?? 'all'} type="button" aria-pressed={verdict === name} onClick={() => setVerdict(name)}>
              {t(name === null ? 'contacts.verdict.all' : `verdict.short.${name}`)}
            </button>
          ))}
        </div>
      </div>
      <LoadedView of={first}>
        {() => {
          if (items.length === 0) return <div class="empty">{t('contacts.empty')}</div>;
          return (
            <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="contacts-title">
              <table class="table">
                <thead>
                  <tr>
                    <th scope="col">{t('contacts.start')}</th>
                    <th scope="col" class="num">
                      {t('contacts.length')}
                    </th>
                    <th scope="col">{t('contacts.verdict')}</th>
                    <th scope="col" class="num">
                      {t('contacts.smiles')}
                    </th>
                    <th scope="col" class="num">
                      {t('contacts.latency')}
                    </th>
                    <th scope="col" class="num">
                      {t('contacts.rise')}
                    </th>
                    <th scope="col" class="num">
                      {t('contacts.bursts')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((contact) => (
                    <Line key={contact.id} contact={contact} pointId={pointId} long={long} />
                  ))}
                </tbody>
              </table>
              <MoreButton loadMore={loadMore} more={more} />
              <p class="small muted">{plural('contacts.shown', items.length)}</p>
            </div>
          );
        }}
      </LoadedView>
    </section>
  );
};
