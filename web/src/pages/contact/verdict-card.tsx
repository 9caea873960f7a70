import type { Verdict } from '../../../../src/contracts/contact.js';
import { clockTime, duration, number } from '../../values/format.js';
import type { LiveContact } from '../../data/live-feed.js';
import { language, t } from '../../i18n/i18n.js';
import { CURVES } from './contact-curves.js';

const TONE = { happy: 'good', unhappy: 'bad', indifferent: '', already: '' } as const;

export const VerdictChip = ({ verdict }: { readonly verdict: Verdict | null }) => (
  <span class={`chip ${verdict === null ? '' : TONE[verdict]}`} data-verdict={verdict ?? 'none'}>
    {t(`verdict.line.${verdict ?? 'none'}`)}
  </span>
);

const NowLine = ({ contact }: { readonly contact: LiveContact }) => {
  const last = contact.curve.at(-1);
  return (
    <dl class="now-line">
      {CURVES.map((name) => (
        <div key={name}>
          <dt class="small muted">{t(`curve.${name}`)}</dt>
          <dd style={{ color: `var(--${name})` }}>{number(last?.[name])}</dd>
        </div>
      ))}
    </dl>
  );
};

/** Waiting, a contact going on, or how the last one ended and why. */
export const VerdictCard = ({ contact, now }: { readonly contact: LiveContact | null; readonly now: number }) => {
  if (contact === null)
    return (
      <section class="card verdict calm" aria-live="polite">
        <strong class="big">{t('contact.waiting')}</strong>
        <span class="muted">{t('contact.waiting.detail')}</span>
      </section>
    );
  const { end } = contact;
  if (end === null)
    return (
      <section class="card verdict" data-contact="running">
        <strong class="big">{t('contact.running', { d: duration(now - contact.startTs) })}</strong>
        <NowLine contact={contact} />
      </section>
    );
  const { verdict } = end.contact;
  return (
    <section class={`card verdict ${verdict ?? 'calm'}`} aria-live="polite" data-contact="ended">
      <strong class="big">{t(verdict === null ? 'verdict.none' : `verdict.${verdict}`)}</strong>
      <span>{end.reason[language.value]}</span>
      <span class="small muted">{t('contact.ended', { time: clockTime(end.contact.endTs) })}</span>
    </section>
  );
};
