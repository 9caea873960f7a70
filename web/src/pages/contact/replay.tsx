import { useEffect, useRef, useState } from 'preact/hooks';
import type { ToldContact } from '../../../../src/contracts/contact.js';
import { loadContact } from '../../data/contacts.js';
import { dateTime, duration, number, signed, withPercent } from '../../values/format.js';
import { language, t } from '../../i18n/i18n.js';
import { LoadedView } from '../../ui/loaded-view.js';
import { useData } from '../../hooks/use-data.js';
import { link } from '../../router.js';
import { ContactCurves } from './contact-curves.js';
import { VerdictChip } from './verdict-card.js';

const STEP_MS = 100;

const usePlayback = (lengthMs: number) => {
  const [atMs, setAtMs] = useState(lengthMs);
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => {
      setAtMs((before) => Math.min(lengthMs, before + STEP_MS));
    }, STEP_MS);
    return () => {
      clearInterval(timer);
    };
  }, [playing, lengthMs]);
  useEffect(() => {
    if (playing && atMs >= lengthMs) setPlaying(false);
  }, [playing, atMs, lengthMs]);
  const toggle = (): void => {
    if (!playing && atMs >= lengthMs) setAtMs(0);
    setPlaying(!playing);
  };
  return { atMs, setAtMs, playing, toggle };
};

const Facts = ({ contact }: { readonly contact: ToldContact }) => (
  <dl class="facts">
    <dt>{t('contacts.verdict')}</dt>
    <dd>
      <VerdictChip verdict={contact.verdict} />
    </dd>
    <dt>{t('replay.reason')}</dt>
    <dd>{contact.reason[language.value]}</dd>
    <dt>{t('contacts.length')}</dt>
    <dd>{duration(contact.endTs - contact.startTs)}</dd>
    <dt>{t('replay.baseline')}</dt>
    <dd>{number(contact.baselineHappiness)}</dd>
    <dt>{t('contacts.rise')}</dt>
    <dd>{signed(contact.riseOverBaseline)}</dd>
    <dt>{t('contacts.latency')}</dt>
    <dd>{contact.latencyMs === null ? '—' : t('unit.seconds', { n: number(contact.latencyMs / 1000, 1) })}</dd>
    {contact.answerByChance !== null && (
      <>
        <dt>{t('replay.chance')}</dt>
        <dd>{withPercent(number(contact.answerByChance * 100))}</dd>
      </>
    )}
    {contact.crossLag !== null && (
      <>
        <dt>{t('replay.lag')}</dt>
        <dd>
          {t('replay.lag.value', {
            r: number(contact.crossLag.r, 2),
            lag: number(contact.crossLag.lagMs / 1000, 1),
            p: number(contact.crossLag.pValue, 2),
          })}
        </dd>
      </>
    )}
  </dl>
);

const Player = ({ contact }: { readonly contact: ToldContact }) => {
  const lengthMs = contact.endTs - contact.startTs;
  const { atMs, setAtMs, playing, toggle } = usePlayback(lengthMs);
  const until = contact.startTs + atMs;
  return (
    <div class="replay">
      <div>
        <ContactCurves
          curve={contact.curve.filter((point) => point.ts <= until)}
          bursts={contact.bursts}
          smiles={contact.smiles ?? []}
          span={[contact.startTs, contact.endTs]}
        />
        <div class="row player">
          <button type="button" class="button" onClick={toggle}>
            {t(playing ? 'replay.pause' : 'replay.play')}
          </button>
          <input
            type="range"
            min={0}
            max={lengthMs}
            step={STEP_MS}
            value={atMs}
            aria-label={t('replay.position')}
            aria-valuetext={t('unit.seconds', { n: number(atMs / 1000, 1) })}
            onInput={(event) => setAtMs(Number(event.currentTarget.value))}
          />
          <span class="nowrap small">
            {number(atMs / 1000, 1)} / {t('unit.seconds', { n: number(lengthMs / 1000, 1) })}
          </span>
        </div>
      </div>
      <Facts contact={contact} />
    </div>
  );
};

/** One past contact, as curves that can be played; never as video. */
export const Replay = ({ contactId, pointId }: { readonly contactId: string; readonly pointId: string }) => {
  const contact = useData((signal) => loadContact(contactId, signal), [contactId]);
  const host = useRef<HTMLElement>(null);
  // It opens far above the line of the list that was chosen.
  useEffect(() => {
    host.current?.focus({ preventScroll: true });
    host.current?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <section ref={host} class="card replayed" tabIndex={-1} aria-labelledby="replay-title" data-replay={contactId}>
      <div class="card-head">
        <h2 id="replay-title">
          {t('replay.title', { time: contact.value === null ? '…' : dateTime(contact.value.startTs) })}
        </h2>
        <div class="space" />
        <a class="button" href={link('contact', pointId)}>
          {t('action.close')}
        </a>
      </div>
      <LoadedView of={contact}>{(value) => <Player key={value.id} contact={value} />}</LoadedView>
    </section>
  );
};
