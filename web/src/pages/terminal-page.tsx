import { COUNTER_ROLE } from '../../../src/contracts/role.js';
import type { LiveFeed } from '../data/live-feed.js';
import { may } from '../data/session.js';
import { t } from '../i18n/i18n.js';
import { StateChip } from '../ui/stream-words.js';
import { link } from '../router.js';

/** Chooses the camera for the kiosk page. */
export const TerminalPage = ({ feed }: { readonly feed: LiveFeed }) => {
  const withFaces = feed.streams.value.filter(({ role }) => role !== COUNTER_ROLE);
  return (
    <>
      <div class="page-head">
        <h1>{t('terminal.title')}</h1>
      </div>
      <section class="card stack" aria-label={t('terminal.title')}>
        <p>{t('terminal.about')}</p>
        {!may('faces') && <p class="notice">{t('terminal.viewer')}</p>}
        <h2>{t('terminal.choose')}</h2>
        <ul class="grid-auto">
          {withFaces.map((stream) => (
            <li key={stream.id} class="card terminal-choice">
              <div>
                <strong>{stream.name}</strong>
                <p class="small muted">{t(`role.${stream.role}`)}</p>
              </div>
              <StateChip stream={stream} />
              <a
                class="button primary"
                href={link('terminal', stream.id)}
                aria-label={`${t('terminal.open')}: ${stream.name}`}
              >
                {t('terminal.open')}
              </a>
            </li>
          ))}
        </ul>
        {feed.ready.value && withFaces.length === 0 && <p class="empty">{t('live.nocameras')}</p>}
      </section>
    </>
  );
};
