import type { ComponentChildren } from 'preact';
import type { MetricsEvent } from '../../../../src/contracts/events.js';
import type { Span } from '../../../../src/contracts/window.js';
import { periodText } from '../../values/format.js';
import { siteTimeZone } from '../../data/site.js';
import { t } from '../../i18n/i18n.js';
import type { LiveWindow } from './big-numbers.js';

interface Props {
  readonly metrics: MetricsEvent | null;
  readonly ids: readonly string[];
  readonly window: LiveWindow;
}

const Note = ({ children }: { readonly children: ComponentChildren }) => (
  <p class="muted small" role="note" data-covered>
    {children}
  </p>
);

/**
 * For those who may not see faces live figures are of whole intervals and lag behind: says from when to when they are.
 * For the others, after a start, that earlier figures are still being read. Nothing for complete sliding windows.
 */
export const CoveredNote = ({ metrics, ids, window }: Props) => {
  const spans = ids.flatMap((id): (Span | null)[] => {
    const covered = metrics?.streams[id]?.[window].covered;
    return covered === undefined ? [] : [covered];
  });
  const isCatchingUp = (window === 'today' || window === '15m') && ids.some((id) => metrics?.catchingUp?.includes(id));
  if (isCatchingUp) return <Note>{t('live.catchingup')}</Note>;
  if (spans.length === 0) return null;
  const known = spans.filter((span) => span !== null);
  const fromTs = Math.min(...known.map((span) => span.fromTs));
  const toTs = Math.max(...known.map((span) => span.toTs));
  return (
    <Note>
      {known.length === 0
        ? t('live.covered.none')
        : t('live.covered', { period: periodText(fromTs, toTs, siteTimeZone()) })}
    </Note>
  );
};
