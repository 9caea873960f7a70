import type { Figure, Unit } from '../../../src/contracts/figure.js';
import { duration, number, percent, range, signed, withPercent } from '../values/format.js';
import { t } from '../i18n/i18n.js';

/** A value in the notation of its unit. */
export const inUnit = (value: number | null, unit: Unit): string => {
  if (value === null) return '—';
  switch (unit) {
    case 'share':
      return percent(value * 100);
    case 'percent':
      return percent(value);
    case 'points':
      return number(value, 1);
    case 'index':
      return signed(value, 2);
    case 'years':
      return t('unit.years', { n: number(value, 1) });
    case 'ms':
      return value < 60_000 ? t('unit.seconds', { n: number(value / 1000, 1) }) : duration(value);
    case 'count':
      return number(value);
    case 'rate':
      return number(value, 2);
  }
};

/** The number of a figure without its unit, so that an interval names the unit once. */
const bare = (value: number, unit: Unit): string | null => {
  switch (unit) {
    case 'share':
      return number(value * 100);
    case 'percent':
      return number(value);
    case 'years':
      return number(value, 1);
    case 'ms':
      return value < 60_000 ? number(value / 1000, 1) : null;
    default:
      return null;
  }
};

/** The 95 % interval of a figure in the notation of its unit; empty where there is none. */
export const intervalInUnit = ({ low, high }: Figure, unit: Unit): string => {
  if (low === null || high === null) return '';
  const start = bare(low, unit);
  const end = bare(high, unit);
  if (start === null || end === null) return range(inUnit(low, unit), inUnit(high, unit));
  const span = range(start, end);
  if (unit === 'share' || unit === 'percent') return withPercent(span);
  return unit === 'years' ? t('unit.years', { n: span }) : t('unit.seconds', { n: span });
};

interface Props {
  readonly figure: Figure;
  readonly decimals: number;
  /** Shows the 95 % interval under the value. */
  readonly interval: boolean;
}

/** A value, and under it the interval that it may as well be anywhere in. */
export const FigureText = ({ figure, decimals, interval }: Props) => (
  <>
    {number(figure.value, decimals)}
    {interval && figure.low !== null && figure.high !== null && (
      <span class="ci">
        {range(number(figure.low, decimals), '')}
        <wbr />
        {number(figure.high, decimals)}
      </span>
    )}
  </>
);
