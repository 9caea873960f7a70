import { isUnsetTime } from '../../../runtime/clock.js';
import { PROVING_DAYS, type ClockDoubt } from '../../../store/clock-doubt.js';
import type { Finding } from './finding.js';

const whenOf = (ts: number): string => `${new Date(ts).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Whether the machine's clock can be right, by itself and by the stored rows (null: nothing is known of them). */
export const checkClock = (nowTs: number, doubt: ClockDoubt | null): Finding => {
  const now = whenOf(nowTs);
  const warning = (detail: string, cause: string): Finding => ({ name: 'clock', outcome: 'warning', detail, cause });
  if (isUnsetTime(nowTs)) return warning(`${now}: it has not been set`, 'CLOCK_UNSET');
  if (doubt?.kind === 'behind')
    return warning(
      `${now} is before the newest stored row (${whenOf(doubt.rowTs)}): set the clock right`,
      'CLOCK_BEHIND',
    );
  if (doubt?.kind === 'ahead')
    return warning(
      `${now} is weeks after the rows before it (up to ${whenOf(doubt.rowTs)}). If it is right, rows expire again ` +
        `once something was recorded on ${PROVING_DAYS} days; if not, set it right`,
      'CLOCK_AHEAD',
    );
  return { name: 'clock', outcome: 'ok', detail: now, cause: null };
};
