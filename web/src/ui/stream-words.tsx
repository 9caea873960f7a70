import type { StreamStatus } from '../../../src/contracts/stream.js';
import { duration } from '../values/format.js';
import { plural, t } from '../i18n/i18n.js';

export const streamState = (stream: StreamStatus): string => t(`stream.${stream.state}`);

/** What an operator should know of a camera that delivers: too few frames, a picture that stands still, is badly lit or lies on its side. */
export const streamHints = (stream: StreamStatus, now: number): readonly string[] => {
  const { state, shortfall, stillSinceTs, lightFault, suggestedRotate } = stream;
  if (state !== 'online') return [];
  return [
    ...(shortfall === null ? [] : [t(`shortfall.${shortfall}`)]),
    ...(stillSinceTs === null ? [] : [t('hint.still', { d: duration(now - stillSinceTs) })]),
    ...(lightFault === null ? [] : [t(`hint.${lightFault}`)]),
    ...(suggestedRotate === null ? [] : [t('hint.rotate', { n: suggestedRotate })]),
  ];
};

/** Which faces before it are left out of every figure now, and why. */
export const leftOutOf = ({ state, stillFaces, longStays }: StreamStatus): readonly string[] =>
  state !== 'online'
    ? []
    : [
        ...(stillFaces === 0 ? [] : [plural('left-out.still', stillFaces)]),
        ...(longStays === 0 ? [] : [plural('left-out.stays', longStays)]),
      ];

/** Why it delivers nothing, in words; empty when there is nothing to say. */
export const streamReason = ({ reason }: StreamStatus): string => (reason === null ? '' : t(`reason.${reason}`));

/** All that there is to say of a camera beside its state. */
export const streamNotes = (stream: StreamStatus, now: number): string =>
  stream.reason === null ? streamHints(stream, now).join('; ') : streamReason(stream);

/** Since when there has been nothing to see: the last picture, or the beginning where there was none, epoch ms. */
const emptySince = ({ lastFrameTs, sinceTs }: StreamStatus): number => Math.min(lastFrameTs ?? sinceTs, sinceTs);

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
      <span class="since">{t('live.since', { d: duration(now - emptySince(stream)) })}</span>
    )}
  </span>
);
