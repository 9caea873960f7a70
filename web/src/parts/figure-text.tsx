import type { Figure, Unit } from '../../../src/contracts/figure.js';
import { duration, number, signed } from '../data/format.js';
import { t } from '../i18n/i18n.js';

/** A value in the notation of its unit. */
export const inUnit = (value: number | null, unit: Unit): string => {
  if (value === null) return '—';
  switch (unit) {
    case 'share':
      return `${number(value * 100)} %`;
    case 'percent':
      return `${number(value)} %`;
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
        {number(figure.low, decimals)}…{number(figure.high, decimals)}
      </span>
    )}
  </>
);
