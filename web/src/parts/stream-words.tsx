import type { StreamStatus } from '../../../src/contracts/stream.js';
import { duration } from '../data/format.js';
import { t } from '../i18n/i18n.js';

export const streamState = (stream: StreamStatus): string => t(`stream.${stream.state}`);

/** Why fewer frames than asked for are analysed, in words; empty while the rate is kept. */
export const streamShortfall = ({ state, shortfall }: StreamStatus): string =>
  shortfall === null || state !== 'online' ? '' : t(`shortfall.${shortfall}`);

/** Why, in words; empty when there is nothing to say. */
export const streamReason = (stream: StreamStatus): string =>
  stream.reason !== null ? t(`reason.${stream.reason}`) : streamShortfall(stream);

/** Neither delivering nor on its way for the first time, and not switched off by an operator. */
export const isDark = (stream: StreamStatus): boolean =>
  stream.state === 'offline' || stream.state === 'stalled' || stream.state === 'reconnecting';

const TONE = {
  online: 'good',
  connecting: 'warn',
  stalled: 'bad',
  reconnecting: 'bad',
  offline: 'bad',
  stopped: '',
} as const;

/** State with its colour, shape and words. */
export const StateChip = ({ stream, now }: { readonly stream: StreamStatus; readonly now?: number }) => (
  <span class={`chip ${TONE[stream.state]}`} data-state={stream.state}>
    {streamState(stream)}
    {now !== undefined && stream.state !== 'online' && (
      <span class="since">{t('live.since', { d: duration(now - stream.sinceTs) })}</span>
    )}
  </span>
);
